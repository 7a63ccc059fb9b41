import type { SetDefinition, Standard } from '../../x12/standard/definition.ts';
import type { NarrowingProgram } from '../compile/compile-narrowing.ts';
import type { Total } from '../compile/computed.ts';
import type { CodeTable } from './codes.ts';
import type { TreeRule } from './map-file.ts';
import type { JsonSchema } from './schema.ts';

/** A map that was checked against the standard and the canonical type: what the compiler turns to closures. */
export type MapPlan = {
  readonly document: string;
  readonly set: SetDefinition;
  readonly standard: Standard;
  readonly root: LoopPlan;
  readonly narrowing: NarrowingProgram;
};

/** One canonical object under construction: the document itself, or one item of a list. */
export type ScopePlan = {
  /** `lines[]`, '' for the document. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Every bound field by its path; the slot is its place in the order of binding. */
  readonly fields: Map<string, FieldRef>;
};

/** Of several bindings of one field (`shared`) only the first in the standard is written; all are read. */
export type Claim = { written: boolean; shared: boolean };

export type FieldRef = {
  readonly slot: number;
  /** `address.city`. */
  readonly path: string;
  readonly keys: readonly string[];
  /** Where list items are made: absent for lists of text. */
  readonly items: ScopePlan | undefined;
};

export type LoopPlan = {
  readonly loop: number;
  readonly literals: readonly Literal[];
  /** The list of the scope above that each instance adds an item to. */
  readonly list: FieldRef | undefined;
  readonly claim: Claim;
  /** The items of `list` nest as HL01 and HL02 say. */
  readonly tree: boolean;
  /** Every instance is read here without making items: its first segment holds a list of text. */
  readonly many: boolean;
  /** The scope that the fields inside belong to: its own with `list`, else the one above. */
  readonly scope: ScopePlan;
  /** By node index, most literals first. */
  readonly segments: ReadonlyMap<number, readonly SegmentPlan[]>;
  /** By loop index, most literals first. */
  readonly loops: ReadonlyMap<number, readonly LoopPlan[]>;
};

export type SegmentPlan = {
  readonly node: number;
  readonly segment: string;
  readonly literals: readonly Literal[];
  /** `each:`; the items are objects of `scope`, or text where it holds `value` elements. */
  readonly list: FieldRef | undefined;
  readonly claim: Claim;
  readonly scope: ScopePlan;
  /** By element position, [0] unused. */
  readonly elements: readonly (ElementPlan | undefined)[];
};

export type Literal = { readonly position: number; readonly value: string };

export type ElementPlan =
  | { readonly kind: 'literal'; readonly value: string }
  /** `~ | default X`: written, and on reading only compared. */
  | { readonly kind: 'fixed'; readonly value: string }
  | { readonly kind: 'computed'; readonly total: Total }
  /** HL01, HL02 or HL04; `id` is the field that keeps an HL01 that is not the count. */
  | { readonly kind: 'tree'; readonly rule: TreeRule; readonly id: FieldRef | undefined }
  | FieldPlan
  | { readonly kind: 'composite'; readonly parts: readonly (ElementPlan | undefined)[] }
  /** First element of a run of qualifier and value; `from` the first of all, `to` the last. */
  | {
      readonly kind: 'pairs';
      readonly from: number;
      readonly to: number;
      readonly field: FieldRef;
      readonly claim: Claim;
    }
  /** One of a run of elements that are the items of a list of text. */
  | {
      readonly kind: 'run';
      readonly from: number;
      readonly to: number;
      readonly field: FieldRef;
      readonly claim: Claim;
      readonly conversion: Conversion;
    }
  | ItemsPlan
  /** `.`: the item of `each:` itself. */
  | { readonly kind: 'value'; readonly conversion: Conversion };

/** Items of a list in one segment: `parts` are the elements of a group, or the components of a repeat. */
export type ItemsPlan = {
  readonly kind: 'groups' | 'repeats';
  readonly from: number;
  readonly to: number;
  readonly field: FieldRef;
  readonly claim: Claim;
  readonly parts: readonly (ElementPlan | undefined)[];
};

export type FieldPlan = {
  readonly kind: 'field';
  readonly field: FieldRef;
  readonly conversion: Conversion;
  readonly claim: Claim;
  readonly default: string | undefined;
  /** Absent reads as the ordinal of the item in its list. */
  readonly ordinal: boolean;
};

/** How the text of an element becomes the value of a field and back. */
export type Conversion = {
  readonly trim: boolean;
  readonly upper: boolean;
  readonly pad: { readonly width: number; readonly fill: string } | undefined;
  readonly as:
    | { readonly kind: 'text' | 'decimal' | 'date' | 'date6' | 'time' | 'date-time' }
    | { readonly kind: 'implied'; readonly places: number }
    | {
        readonly kind: 'table';
        readonly table: CodeTable;
        /** The sibling field that holds the code: always, or only where the table does not tell it. */
        readonly code: FieldRef;
        readonly keep: 'always' | 'unknown';
      };
};

type InlineList = Extract<ElementPlan, { kind: 'pairs' | 'run' | 'groups' | 'repeats' }>;

/** A list that lies inside one segment. */
export function isInline(element: ElementPlan): element is InlineList {
  const { kind } = element;
  return kind === 'pairs' || kind === 'run' || kind === 'groups' || kind === 'repeats';
}

/** No field and no total: reading only compares it, and it is always written. */
export function isConstant({ list, elements }: SegmentPlan): boolean {
  return (
    list === undefined &&
    elements.every((one) => one === undefined || one.kind === 'literal' || one.kind === 'fixed')
  );
}

export function claimsOf(element: ElementPlan | undefined): readonly Claim[] {
  if (element?.kind === 'composite') return element.parts.flatMap(claimsOf);
  return element !== undefined && 'claim' in element ? [element.claim] : [];
}

/** It writes a value that may have been read elsewhere, and then stands where the file had no such segment. */
export function mayBeNew(plan: SegmentPlan | LoopPlan): boolean {
  if (plan.list !== undefined) return plan.claim.written && plan.claim.shared;
  if ('elements' in plan) {
    return plan.elements.flatMap(claimsOf).some(({ written, shared }) => written && shared);
  }
  return [...plan.segments.values(), ...plan.loops.values()].flat().some(mayBeNew);
}

/** Bindings that share a place: what is new in it goes last, where it changes the number of no other. */
export function inWritingOrder<T extends SegmentPlan | LoopPlan>(plans: readonly T[]): readonly T[] {
  return plans.toSorted((a, b) => Number(mayBeNew(a)) - Number(mayBeNew(b)));
}
