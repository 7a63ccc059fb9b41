import type { Place } from '../../lib/mistake.ts';

/** A word of a map. */
export type Word = { readonly place: Place; readonly text: string };

/** A map as its author wrote it, one file; nothing in it is checked against the standard yet. */
export type MapFile = {
  readonly file: string;
  readonly set: Word | undefined;
  readonly document: Word | undefined;
  /** The first version of the standard whose set the map fits: before it the set is only validated. */
  readonly since: Word | undefined;
  readonly extends: Word | undefined;
  readonly segments: readonly Entry[];
  readonly change: readonly Change[];
  readonly narrowing: Narrowing;
};

/** One binding of a segment, or of a loop when `segments` is there. */
export type Entry = {
  readonly place: Place;
  readonly segment: string;
  /** `CT` of `REF CT`: the value that element 1 must have. */
  readonly qualifier: string | undefined;
  /** `REF?`: left out in versions of the standard that have no such place. */
  readonly optional: boolean;
  readonly each: Word | undefined;
  /** `tree:`: the list whose items nest as HL01 and HL02 say. */
  readonly tree: Word | undefined;
  readonly elements: readonly Expression[] | undefined;
  readonly segments: readonly Entry[] | undefined;
};

/** What stands at one element position. */
export type Expression =
  | { readonly kind: 'skip'; readonly place: Place; readonly fixed: string | undefined }
  | { readonly kind: 'literal'; readonly place: Place; readonly value: string }
  | { readonly kind: 'computed'; readonly place: Place; readonly rule: ComputedRule; readonly path: string }
  | { readonly kind: 'tree'; readonly place: Place; readonly rule: TreeRule }
  | FieldExpression
  | { readonly kind: 'composite'; readonly place: Place; readonly parts: readonly Expression[] }
  | ItemsExpression;

export type FieldExpression = {
  readonly kind: 'field';
  readonly place: Place;
  /** `.` is the list item itself. */
  readonly path: string;
  /** `version?`: left out in versions of the standard that have no such element. */
  readonly optional: boolean;
  readonly conversions: readonly ConversionCall[];
};

/** Items of a list inside one segment: side by side (`each:`), or the repeats of one element (`repeats:`). */
export type ItemsExpression = {
  readonly kind: 'items';
  readonly place: Place;
  readonly as: 'groups' | 'repeats';
  readonly each: Word;
  /** Elements of one item; components of it for `repeats:`. */
  readonly parts: readonly Expression[];
  /** How many items at most; as far as the standard goes without it. */
  readonly times: number | undefined;
};

export type ComputedRule = 'count' | 'hash' | 'sum';

/** What HL01, HL02 and HL04 say of a tree. */
export type TreeRule = 'id' | 'parent' | 'children';

export type ConversionCall = {
  readonly place: Place;
  readonly name: string;
  readonly args: readonly string[];
};

/** Where in a map: loops from the top, then a segment, then perhaps one of its elements. */
export type Address = {
  readonly place: Place;
  readonly loops: readonly Step[];
  readonly step: Step;
  readonly element: number | undefined;
};

export type Step = { readonly segment: string; readonly qualifier: string | undefined };

/** One line under `change:` of an overlay. */
export type Change =
  | { readonly kind: 'bind'; readonly address: Address; readonly entry: Entry }
  | { readonly kind: 'drop'; readonly address: Address }
  | { readonly kind: 'element'; readonly address: Address; readonly expression: Expression }
  | { readonly kind: 'requalify'; readonly address: Address; readonly from: Address };

/** What a partner's guide allows less than the standard. */
export type Narrowing = {
  readonly require: readonly Address[];
  readonly forbid: readonly Address[];
  readonly codes: readonly { readonly address: Address; readonly codes: readonly string[] }[];
};

export function formatStep(step: Step): string {
  return step.qualifier === undefined ? step.segment : `${step.segment} ${step.qualifier}`;
}

export function formatAddress(address: Address): string {
  const path = [...address.loops, address.step].map(formatStep).join('/');
  return address.element === undefined ? path : `${path}-${String(address.element).padStart(2, '0')}`;
}
