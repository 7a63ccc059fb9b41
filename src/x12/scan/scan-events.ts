import type { EnvelopeOddity } from '../tolerate/tolerance.ts';
import type { IsaHeader } from './isa.ts';
import type { Segments } from './segments.ts';

/** What lies in the file, in its order. `offset` and `end` are byte offsets in the file. */
export type ScanEvent = IsaEvent | SegmentEvent | SetEvent | CutEvent | JunkEvent | OddityEvent;

export type IsaEvent = {
  readonly kind: 'isa';
  readonly header: IsaHeader;
  readonly offset: number;
  readonly end: number;
};

/** A segment outside any set: GS, GE, IEA, TA1 or one that should not be there. */
export type SegmentEvent = {
  readonly kind: 'segment';
  readonly segments: Segments;
  readonly end: number;
  /** False for the last bytes of a file that ends without a terminator. */
  readonly terminated: boolean;
};

export type SetEvent = {
  readonly kind: 'set';
  readonly segments: Segments;
  readonly end: number;
  /** Whether it ends with its SE. */
  readonly complete: boolean;
  /** Segments read, ST and SE included; more than `segments` holds when it was too long. */
  readonly received: number;
  readonly tooLong: boolean;
};

/** The interchange stops before its IEA. */
export type CutEvent = {
  readonly kind: 'cut';
  readonly reason: 'eof' | 'isa' | 'overlong';
  readonly end: number;
};

export type JunkEvent = {
  readonly kind: 'junk';
  readonly offset: number;
  readonly end: number;
  readonly sample: string;
  /** Whether the file ends after it. */
  readonly last: boolean;
};

/** The first of its kind in an interchange; ahead of the ISA, of what lies before it. */
export type OddityEvent = {
  readonly kind: 'oddity';
  readonly oddity: EnvelopeOddity;
  readonly offset: number;
  readonly end: number;
};
