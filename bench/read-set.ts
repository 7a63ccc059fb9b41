import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../src/pipeline/configuration/configuration.ts';
import { makeReadingProfile } from '../src/pipeline/process/profiles.ts';
import type { createInterchangeReader } from '../src/x12/interchange.ts';
import type { ReaderOptions, SetReading } from '../src/x12/reading.ts';

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
  readonly take: (set: SetReading) => void;
};

export const READERS: readonly SetReader[] = [
  { name: 'offsets and envelope checks', options: { validate: false }, take: () => {} },
  { name: 'validated against 004010', options: {}, take: refuseBad },
  { name: 'full reading: validated, canonical', options: {}, take: readCanonical },
];

/** A bench that reads wrongly must not give a figure. */
export function createTaker(
  how: SetReader,
): (readings: ReturnType<ReturnType<typeof createInterchangeReader>['push']>) => void {
  return (readings) => {
    for (const reading of readings) {
      if (reading.kind === 'set') how.take(reading);
      else if (reading.kind === 'junk' || reading.report.status !== 'A')
        throw new Error('the file was not read as sound');
    }
  };
}

function refuseBad(set: SetReading): void {
  if (set.report.status !== 'A') throw new Error(`refused: ${JSON.stringify(set.report).slice(0, 500)}`);
}

/** With the map as the gateway uses it; a document without its lines must not give a figure. */
function readCanonical(set: SetReading): void {
  refuseBad(set);
  const document = profile.readDocument(set);
  if (document?.kind !== 'purchase-order' || document.lines.length === 0)
    throw new Error('no order was read');
}
