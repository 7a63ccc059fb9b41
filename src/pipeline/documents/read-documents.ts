import { createInterchangeReader } from '../../x12/interchange.ts';
import type { ReaderOptions, Reading } from '../../x12/reading.ts';
import type { InterchangeReport, Problem } from '../../x12/report.ts';
import type { SegmentData } from '../../x12/segment-data.ts';
import { type CanonicalDocument, interpretSet, type ReadingProfile } from '../process/interpret.ts';

/** What reading a file brings, in the order of the file. */
export type ReadResult =
  | { readonly kind: 'document'; readonly document: CanonicalDocument }
  /** A sound set that no map reads: kept, not turned into anything. */
  | { readonly kind: 'unread'; readonly set: string; readonly control: string; readonly version: string }
  | {
      readonly kind: 'interchange';
      readonly report: InterchangeReport;
      readonly complete: boolean;
      /** TA1 segments that came inside, answers to interchanges of ours. */
      readonly ta1s: readonly SegmentData[];
    }
  | { readonly kind: 'junk'; readonly problem: Problem };

/**
 * Reads a file of any size in constant memory. It is gone through twice: first the envelopes alone, which is quick,
 * so that nothing is handed out of an interchange whose end then proves it refused.
 */
export function* readDocuments(
  open: () => Iterable<Uint8Array>,
  profile: ReadingProfile,
): Generator<ReadResult> {
  const refused = findRefusedEnvelopes(open(), profile);
  for (const reading of readAll(open(), profile)) {
    switch (reading.kind) {
      case 'junk':
        yield { kind: 'junk', problem: reading.problem };
        break;
      case 'interchange':
        yield { kind: 'interchange', report: reading.report, complete: reading.complete, ta1s: reading.ta1s };
        break;
      case 'set': {
        if (refused.has(reading.interchange.offset) || refused.has(reading.group.offset)) break;
        const { document, report } = interpretSet(reading, profile);
        if (document !== undefined) yield { kind: 'document', document };
        else if (report.status !== 'R') {
          yield { kind: 'unread', set: report.set, control: report.control, version: reading.group.version };
        }
        break;
      }
    }
  }
}

/** Byte offsets of the ISA and GS segments whose interchange or group is refused as a whole. */
function findRefusedEnvelopes(chunks: Iterable<Uint8Array>, options: ReaderOptions): Set<number> {
  const refused = new Set<number>();
  for (const reading of readAll(chunks, { ...options, validate: false })) {
    if (reading.kind !== 'interchange') continue;
    if (reading.report.status === 'R') refused.add(reading.report.header.offset);
    for (const group of reading.report.groups) {
      if (group.codes.length > 0) refused.add(group.header.offset);
    }
  }
  return refused;
}

function* readAll(chunks: Iterable<Uint8Array>, options: ReaderOptions): Generator<Reading> {
  const reader = createInterchangeReader(options);
  for (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}
