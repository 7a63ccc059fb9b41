import type { InterchangeAcknowledgement } from '../../domain/acknowledgement/interchange-acknowledgement.ts';
import { readTa1 } from '../../x12/acknowledge/ta1.ts';
import { createInterchangeReader } from '../../x12/interchange/interchange.ts';
import type { ReaderOptions, Reading } from '../../x12/interchange/reading.ts';
import type { InterchangeHeader, InterchangeReport, Problem } from '../../x12/interchange/report.ts';
import type { SegmentData } from '../../x12/scan/segment-data.ts';
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
  const { refused, ta1s } = lookThrough(open(), profile);
  for (const reading of readAll(open(), profile)) {
    yield* takeTa1s(reading, ta1s);
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

type Envelopes = {
  /** Byte offsets of the ISA and GS segments whose interchange or group is refused as a whole. */
  readonly refused: ReadonlySet<number>;
  /** TA1s of the other interchanges, by the offset of the ISA. */
  readonly ta1s: Map<number, readonly InterchangeAcknowledgement[]>;
};

function lookThrough(chunks: Iterable<Uint8Array>, options: ReaderOptions): Envelopes {
  const refused = new Set<number>();
  const ta1s = new Map<number, readonly InterchangeAcknowledgement[]>();
  for (const reading of readAll(chunks, { ...options, validate: false })) {
    if (reading.kind !== 'interchange') continue;
    const { header, status, groups } = reading.report;
    if (status === 'R') refused.add(header.offset);
    else if (reading.ta1s.length > 0)
      ta1s.set(
        header.offset,
        reading.ta1s.map((ta1) => describeTa1(ta1, header)),
      );
    for (const group of groups) if (group.codes.length > 0) refused.add(group.header.offset);
  }
  return { refused, ta1s };
}

/** They stand ahead of the groups, so that they are told with the first thing read of their interchange. */
function* takeTa1s(reading: Reading, ta1s: Envelopes['ta1s']): Generator<ReadResult> {
  if (reading.kind === 'junk') return;
  const { offset } = reading.kind === 'set' ? reading.interchange : reading.report.header;
  for (const document of ta1s.get(offset) ?? []) yield { kind: 'document', document };
  ta1s.delete(offset);
}

function describeTa1(ta1: SegmentData, header: InterchangeHeader): InterchangeAcknowledgement {
  const { version, sender, receiver, control } = header;
  const source = { format: 'x12', version, set: 'TA1', sender, receiver, interchange: control } as const;
  return { kind: 'interchange-acknowledgement', source, ...readTa1(ta1) };
}

function* readAll(chunks: Iterable<Uint8Array>, options: ReaderOptions): Generator<Reading> {
  const reader = createInterchangeReader(options);
  for (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}
