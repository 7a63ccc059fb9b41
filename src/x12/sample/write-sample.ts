import type { SegmentData } from '../scan/segment-data.ts';
import type { SetDefinition, Standard } from '../standard/definition.ts';
import { USUAL_SEPARATORS, writeInterchange } from '../write/write.ts';

/** An interchange that carries the given documents of one set, each between its ST and SE. */
export function writeSample(
  standard: Standard,
  set: SetDefinition,
  documents: readonly (readonly SegmentData[])[],
): Uint8Array {
  const { version } = standard;
  // Dates of the group have a century from 004010 on.
  const date = version >= '004010' ? '20240131' : '240131';
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'SENDER' },
      receiver: { qualifier: 'ZZ', id: 'RECEIVER' },
      date: '240131',
      time: '0930',
      version: version.slice(0, 5),
      control: '000000001',
      usage: 'P',
      separators: { ...USUAL_SEPARATORS, repetition: canRepeat(standard) ? 0x5e : undefined },
    },
    [
      {
        functionalId: set.group,
        sender: 'SENDER',
        receiver: 'RECEIVER',
        date,
        time: '0930',
        control: '1',
        version,
        sets: documents.map((segments, index) => ({
          set: set.set,
          control: String(index + 1).padStart(4, '0'),
          segments,
        })),
      },
    ],
  );
}

/** ISA11 names a repetition separator from 00402 on. */
export function canRepeat(standard: Standard): boolean {
  return standard.version >= '004020';
}
