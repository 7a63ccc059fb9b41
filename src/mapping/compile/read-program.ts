import type { SetDefinition, Standard } from '../../x12/standard/definition.ts';
import type { Literal, LoopPlan, SegmentPlan } from '../language/plan.ts';
import type { BuildObject } from './build-object.ts';
import type { ReadElement } from './compile-span.ts';
import type { ReadText } from './convert-read.ts';

/** A map as the reader runs it: tables by node and loop index, closures by element position. */
export type ReadProgram = {
  readonly set: SetDefinition;
  readonly standard: Standard;
  readonly root: LoopReader;
  /** By node: its loop; 1 where it opens that loop. */
  readonly loopOf: Int32Array;
  readonly opens: Uint8Array;
  /** By loop: 0 for the set. */
  readonly depthOf: Int32Array;
  readonly depth: number;
  /** Loops and nodes that several bindings share somewhere. */
  readonly sharedLoops: ReadonlySet<number>;
  readonly sharedNodes: ReadonlySet<number>;
  readonly tree: TreeReader | undefined;
  readonly sourceSlot: number;
  /** A reading has begun and not ended: after a bug, slots may hold what belongs to another document. */
  busy: boolean;
  /** Number of the next loop instance: none comes twice, so that `taken` marks of earlier documents mean nothing. */
  instances: number;
  readonly scratch: Scratch;
};

/** Arrays that every reading needs and none keeps. */
export type Scratch = {
  ranks: Int16Array;
  readonly counts: Int32Array;
  readonly within: Int32Array;
  readonly wanted: Uint8Array;
  readonly wantedLoops: Uint8Array;
};

export type LoopReader = {
  readonly plan: LoopPlan;
  /** Its turn among the bindings of this place when they are written. */
  readonly rank: number;
  readonly literals: readonly Literal[];
  readonly once: boolean;
  /** Its list is written by a binding earlier in the standard. */
  readonly readOnly: boolean;
  /** Slot of the list above, -1 when instances make no items. */
  readonly slot: number;
  /** Its bit among the bindings of the scope above: see `touched.ts`. */
  readonly bit: number;
  readonly tree: TreeReader | undefined;
  readonly build: BuildObject | undefined;
  readonly finish: readonly Finish[];
  /** The slots of the item at hand, used again for every item; absent when those above are shared. */
  readonly slots: unknown[] | undefined;
  readonly segments: readonly (readonly SegmentReader[] | undefined)[];
  readonly loops: readonly (readonly LoopReader[] | undefined)[];
  /** Number of the instance above in which it was last taken. */
  taken: number;
};

/** The HL loop whose items nest. */
export type TreeReader = {
  readonly loop: number;
  readonly path: string;
  readonly slot: number;
  readonly idSlot: number;
  /** Whether HL04 is bound. */
  readonly children: boolean;
};

export type SegmentReader = {
  readonly plan: SegmentPlan;
  readonly rank: number;
  readonly literals: readonly Literal[];
  readonly once: boolean;
  readonly bit: number;
  readonly slot: number;
  readonly build: BuildObject | undefined;
  readonly slots: unknown[] | undefined;
  readonly elements: readonly (ReadElement | undefined)[];
  readonly finish: readonly Finish[];
  /** Slot of the list of text that it adds to, -1 for none. */
  readonly textSlot: number;
  /** Several of its texts share a segment, and others may when it is written. */
  readonly packed: boolean;
  /** Whether what it reads is written by it: `never` where bindings earlier in the standard write all of it. */
  readonly keeps: 'always' | 'never' | 'some';
  /** It holds no field: its literals are all there is to find. */
  readonly constant: boolean;
  /** Fields bound elsewhere first: the binding stands back when one holds another value. */
  readonly yields: readonly { readonly position: number; readonly slot: number; readonly read: ReadText }[];
  taken: number;
};

/** What an absent element means: `| default X`, `| ordinal`. */
export type Finish = { readonly slot: number; readonly value: string | undefined };
