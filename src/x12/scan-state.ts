import type { Charset } from './charset.ts';
import type { Feed } from './feed.ts';
import type { Hunt } from './hunt.ts';
import type { ScanEvent } from './scan-events.ts';
import type { Separators } from './separators.ts';
import type { Unit } from './unit.ts';

export type ScanOptions = { readonly charset: Charset; readonly maxSetBytes: number };

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
  readonly ready: ScanEvent[];
};
