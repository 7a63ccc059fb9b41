import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../src/pipeline/configuration/configuration.ts';
import type { CanonicalDocument } from '../src/pipeline/process/interpret.ts';
import { makeReadingProfile } from '../src/pipeline/process/profiles.ts';
import type { createInterchangeReader } from '../src/x12/interchange/interchange.ts';
import type { ReaderOptions, SetReading } from '../src/x12/interchange/reading.ts';
import type { Corpus } from './corpus.ts';
import { INVOICES } from './corpus-810.ts';
import { ORDERS } from './corpus-850.ts';
import { SHIP_NOTICES } from './corpus-856.ts';

export const CORPORA: readonly Corpus[] = [ORDERS, SHIP_NOTICES, INVOICES];

export const CHUNK = 256 * 1024;

const root = fileURLToPath(new URL('..', import.meta.url));
export const configuration = loadConfiguration({
  mapsFolder: `${root}maps`,
  partnersFolder: `${root}partners`,
});
const profile = makeReadingProfile(configuration, undefined);

/** How far a bench reads, from the envelopes alone to the canonical document. */
export type SetReader = {
  readonly name: string;
  readonly options: Partial<ReaderOptions>;
  readonly take: (set: SetReading, corpus: Corpus) => void;
};

export const ENVELOPES: SetReader = {
  name: 'offsets and envelope checks',
  options: { validate: false },
  take: () => {},
};
export const VALIDATED: SetReader = { name: 'validated against 004010', options: {}, take: refuseBad };
export const FULL: SetReader = {
  name: 'full reading: validated, canonical',
  options: {},
  take: (set, corpus) => void readCanonical(set, corpus),
};

/** A bench that reads wrongly must not give a figure. */
export function createTaker(
  how: SetReader,
  corpus: Corpus,
): (readings: ReturnType<ReturnType<typeof createInterchangeReader>['push']>) => void {
  return (readings) => {
    for (const reading of readings) {
      if (reading.kind === 'set') how.take(reading, corpus);
      else if (reading.kind === 'junk' || reading.report.status !== 'A')
        throw new Error('the file was not read as sound');
    }
  };
}

function refuseBad(set: SetReading): void {
  if (set.report.status !== 'A') throw new Error(`refused: ${JSON.stringify(set.report).slice(0, 500)}`);
}

/** With the map as the gateway uses it. */
export function readCanonical(set: SetReading, corpus: Corpus): CanonicalDocument {
  refuseBad(set);
  const document = profile.readDocument(set);
  if (document?.kind !== corpus.kind) throw new Error(`no ${corpus.kind} was read`);
  return document;
}
