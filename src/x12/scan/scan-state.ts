import type { Charset } from './charset.ts';
import type { Feed } from './feed.ts';
import type { Gap } from './gap.ts';
import type { OddityEvent, ScanEvent } from './scan-events.ts';
import type { Separators } from './separators.ts';
import type { Unit } from './unit.ts';

export type ScanOptions = { readonly charset: Charset; readonly maxSetBytes: number };

/** The state of looking for the next ISA: the junk seen since the last interchange. */
export type Hunt = {
  start: number;
  end: number;
  sample: string;
  afterWord: boolean;
  /** How many bytes of a byte order mark lie right before. */
  mark: number;
};

/** Where the scanner stands. */
export type Scan = {
  readonly options: ScanOptions;
  readonly feed: Feed;
  readonly unit: Unit;
  readonly hunt: Hunt;
  /** `lost` is inside an interchange whose ISA could not be read. */
  mode: 'hunt' | 'read' | 'lost' | 'done';
  inSet: boolean;
  /** Between a terminator and the next segment id. */
  atStart: boolean;
  odd: 0 | 1;
  /** How far the pending segment was searched for a hidden ISA. */
  searched: number;
  separators: Separators;
  classes: Uint8Array;
  skips: Uint8Array;
  /** Ids of segments: what may begin behind a line end that stands for a terminator. */
  ids: ReadonlySet<string>;
  readonly gap: Gap;
  /** Whether ST, SE or the segment being ended is in lower case. */
  lowered: boolean;
  readonly ready: ScanEvent[];
  /** Found since the last event, which they go before. */
  oddities: OddityEvent[];
  readonly told: Set<string>;
};

export function noteOddity(scan: Scan, oddity: OddityEvent['oddity'], offset: number): void {
  if (scan.told.has(oddity)) return;
  scan.told.add(oddity);
  scan.oddities.push({ kind: 'oddity', oddity, offset, end: offset + 1 });
}
