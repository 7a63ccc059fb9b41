import type { Charset } from '../scan/charset.ts';
import type { ScanEvent } from '../scan/scan-events.ts';
import type { SegmentData } from '../scan/segment-data.ts';
import type { Segments } from '../scan/segments.ts';
import type { Separators } from '../scan/separators.ts';
import type { SetDefinition, Standard } from '../standard/definition.ts';
import type { Tolerance } from '../tolerate/tolerance.ts';
import type { ValidationPolicy } from '../validate/policy.ts';
import type {
  GroupHeader,
  InterchangeHeader,
  InterchangeReport,
  Problem,
  SegmentProblem,
  SetReport,
} from './report.ts';

/**
 * What the reader says, in the order of the file. A set is provisional until its interchange has ended: an
 * interchange that turns out refused or a group that turns out refused takes its sets with it.
 */
export type Reading = SetReading | InterchangeReading | JunkReading;

export type SetReading = {
  readonly kind: 'set';
  readonly interchange: InterchangeHeader;
  readonly group: GroupHeader;
  readonly separators: Separators;
  /** Absent when no held version knows this set. */
  readonly definition: SetDefinition | undefined;
  /** Whether `definition` is of the version that GS08 names; findings are only warnings when it is not. */
  readonly exact: boolean;
  /** For each segment the index of its SegmentNode, -1 where it fits nowhere. A view, like `segments`. */
  readonly nodes: Int32Array;
  /** Views that the next pull overwrites: `keepSegments` and `nodes.slice` copy. */
  readonly segments: Segments;
  readonly report: SetReport;
};

export type InterchangeReading = {
  readonly kind: 'interchange';
  readonly report: InterchangeReport;
  readonly separators: Separators;
  readonly offset: number;
  readonly length: number;
  /** Whether its IEA was read: never for a prefix of an interchange. */
  readonly complete: boolean;
  /** TA1 segments that came inside, answers to interchanges of ours. */
  readonly ta1s: readonly SegmentData[];
};

/** Bytes outside any interchange that are not mere blank space. */
export type JunkReading = {
  readonly kind: 'junk';
  readonly offset: number;
  readonly length: number;
  readonly problem: Problem;
};

export type ReaderOptions = {
  /** By version: `004010`. May depend on the sender, whose guide may narrow the standard. */
  readonly standards: Standards | ((interchange: InterchangeHeader) => Standards);
  /** What errors in a set lead to; strict by default. */
  readonly policy?: (set: string) => ValidationPolicy;
  /** What files that stray from the standard lead to; the defaults where it says nothing. */
  readonly tolerance?: Partial<Tolerance>;
  /**
   * Sets that are taken: those that a held version knows (default), any, or these. Another is refused (AK502 1); one
   * that no held version knows is taken on its envelope.
   */
  readonly sets?: 'held' | 'any' | ReadonlySet<string>;
  /** What a partner's own guide finds wrong with a set beyond the standard: always refuses the set. */
  readonly narrow?: (set: NarrowedSet) => readonly SegmentProblem[];
  /** Default true; false reads envelopes, counts and control numbers only. */
  readonly validate?: boolean;
  /** Default utf-8. */
  readonly charset?: Charset;
  /** Default 64 MB; a longer set is refused, its neighbours are not. */
  readonly maxSetBytes?: number;
  /** Is shown every piece of the file, envelopes and what belongs nowhere too, before it is judged. A view. */
  readonly observe?: (event: ScanEvent) => void;
};

/** A set that the standard has judged, as a partner's guide looks at it. */
export type NarrowedSet = {
  readonly set: string;
  readonly version: string;
  readonly definition: SetDefinition;
  readonly segments: Segments;
  readonly nodes: Int32Array;
};

export type Standards = ReadonlyMap<string, Standard>;

export type InterchangeReader = {
  /** Each iterable must be read to its end before the next call. The chunk may be reused afterwards. */
  readonly push: (chunk: Uint8Array) => Iterable<Reading>;
  readonly end: () => Iterable<Reading>;
};
