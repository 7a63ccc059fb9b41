import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { SetReading } from '../../src/x12/interchange/reading.ts';
import type { ElementData, SegmentData } from '../../src/x12/scan/segment-data.ts';
import type { Separators } from '../../src/x12/scan/separators.ts';
import type { SetEnvelope } from '../../src/x12/write/write.ts';
import { writeEnvelope } from '../sets/write-again.ts';
import { rowsOf } from '../x12/support.ts';
import { configuration } from './corpus.ts';

/** An interchange as it came and as our writer writes what our reader read of it. Latin-1 views. */
export type CopiedInterchange = {
  readonly sent: string;
  readonly written: string;
  /** Of each set, in the order of the file, whether it was taken: the others are not written. */
  readonly taken: readonly boolean[];
};

const profile = makeReadingProfile(configuration, undefined);

/**
 * Reads the segments of every set that is taken, whether its definition is held or not, and writes them under their
 * own envelope: no document is made of them.
 */
export function copyInterchanges(bytes: Uint8Array): CopiedInterchange[] {
  const copied: CopiedInterchange[] = [];
  let sets: (SetEnvelope & { readonly sent: Pick<SetReading, 'group'>; readonly offset: number })[] = [];
  for (const reading of readInterchanges(bytes, profile)) {
    if (reading.kind === 'set') {
      const { set, control, implementation, offset } = reading.report;
      sets.push({ set, control, implementation, offset, segments: listSegments(reading), sent: reading });
    }
    if (reading.kind !== 'interchange') continue;
    const { report, offset, length } = reading;
    const groups = report.groups.filter(({ codes }) => codes.length === 0);
    const sound = groups.flatMap((group) => group.sets.filter(({ status }) => status !== 'R'));
    const offsets = new Set(sound.map((one) => one.offset));
    const taken = sets.map((one) => offsets.has(one.offset));
    if (report.status !== 'R' && (taken.length === 0 || taken.includes(true))) {
      const kept = sets.filter((_, i) => taken[i]);
      const sent = toText(bytes.subarray(offset, offset + length));
      copied.push({ sent, written: toText(writeEnvelope(reading, kept, bytes, 'latin1')), taken });
    }
    sets = [];
  }
  return copied;
}

function listSegments({ segments, separators }: SetReading): SegmentData[] {
  const rows = rowsOf({ ...segments, charset: 'latin1' }).slice(1, -1);
  return rows.map(([id, ...values]) => [id!, ...values.map((value) => split(value, separators))]);
}

function split(value: string, { component, repetition }: Separators): ElementData {
  const parts = (text: string) => {
    const components = text.split(String.fromCharCode(component));
    return components.length === 1 ? text : components;
  };
  const repeats = repetition === undefined ? [value] : value.split(String.fromCharCode(repetition));
  return repeats.length === 1 ? parts(value) : { repeats: repeats.map(parts) };
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
