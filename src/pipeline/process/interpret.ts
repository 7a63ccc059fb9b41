import { hash } from 'node:crypto';
import type { CanonicalDocument } from '../../mapping/language/documents.ts';
import { readInterchanges } from '../../x12/interchange/interchange.ts';
import type {
  InterchangeReading,
  JunkReading,
  ReaderOptions,
  SetReading,
} from '../../x12/interchange/reading.ts';
import type { GroupHeader, SetReport } from '../../x12/interchange/report.ts';

export type { CanonicalDocument };

/** A file as we understand it: pure, the same for the same bytes and the same partner files. */
export type Interpreted = {
  readonly interchanges: readonly InterpretedInterchange[];
  readonly junk: readonly JunkReading[];
};

export type InterpretedInterchange = {
  readonly reading: InterchangeReading;
  /** SHA-256 of its bytes, ISA to the terminator of its IEA. */
  readonly sha256: string;
  readonly sets: readonly InterpretedSet[];
};

export type InterpretedSet = {
  readonly group: GroupHeader;
  readonly report: SetReport;
  /** False when GS08 names a version that we do not hold, so that the nearest one judged it. */
  readonly exact: boolean;
  /** Absent when the set is refused or no map reads it. */
  readonly document: CanonicalDocument | undefined;
};

/** How a partner's files are read: its standards, its tolerance, its maps. */
export type ReadingProfile = ReaderOptions & {
  /** Reads a sound set into its canonical document; undefined when no map reads it. */
  readonly readDocument: (reading: SetReading) => CanonicalDocument | undefined;
};

export function interpret(bytes: Uint8Array, profile: ReadingProfile): Interpreted {
  const parts = [...interpretParts(bytes, profile)];
  return {
    interchanges: parts.flatMap((part) => part.interchanges),
    junk: parts.flatMap((part) => part.junk),
  };
}

/**
 * The same, one interchange after the other: each with the junk before it; what follows the last comes alone. The
 * first part is without an interchange when the whole file is.
 */
export function* interpretParts(bytes: Uint8Array, profile: ReadingProfile): Generator<Interpreted> {
  let junk: JunkReading[] = [];
  let sets: InterpretedSet[] = [];
  for (const reading of readInterchanges(bytes, profile)) {
    switch (reading.kind) {
      case 'set':
        sets.push(interpretSet(reading, profile));
        break;
      case 'interchange':
        yield { interchanges: [{ reading, sha256: hashRange(bytes, reading), sets }], junk };
        sets = [];
        junk = [];
        break;
      case 'junk':
        junk.push(reading);
        break;
    }
  }
  if (junk.length > 0) yield { interchanges: [], junk };
}

export function interpretSet(reading: SetReading, profile: ReadingProfile): InterpretedSet {
  const { group, report, exact } = reading;
  const document = report.status === 'R' ? undefined : profile.readDocument(reading);
  return { group, report, exact, document };
}

function hashRange(bytes: Uint8Array, range: { offset: number; length: number }): string {
  return hash('sha256', bytes.subarray(range.offset, range.offset + range.length), 'hex');
}
