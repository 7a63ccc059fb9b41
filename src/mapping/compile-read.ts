import type { SetDefinition, Standard } from '../x12/definition.ts';
import { type BuildObject, compileBuild } from './build-object.ts';
import { compileElement, type ReadElement } from './compile-element.ts';
import { compileReadValue, type ReadText } from './convert-read.ts';
import type { ElementPlan, FieldPlan, Literal, LoopPlan, MapPlan, ScopePlan, SegmentPlan } from './plan.ts';

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
  readonly sourceSlot: number;
  readonly unmappedSlot: number;
};

export type LoopReader = {
  readonly plan: LoopPlan;
  readonly literals: readonly Literal[];
  readonly once: boolean;
  /** Its list is written by a binding earlier in the standard. */
  readonly readOnly: boolean;
  /** Slot of the list above, -1 when instances make no items. */
  readonly slot: number;
  readonly build: BuildObject | undefined;
  readonly finish: readonly Finish[];
  /** The slots of the item at hand, used again for every item; absent when those above are shared. */
  readonly slots: unknown[] | undefined;
  readonly segments: readonly (readonly SegmentReader[] | undefined)[];
  readonly loops: readonly (readonly LoopReader[] | undefined)[];
  /** Number of the instance above in which it was last taken. */
  taken: number;
};

export type SegmentReader = {
  readonly plan: SegmentPlan;
  readonly literals: readonly Literal[];
  readonly once: boolean;
  readonly slot: number;
  readonly build: BuildObject | undefined;
  readonly slots: unknown[] | undefined;
  readonly elements: readonly (ReadElement | undefined)[];
  /** Slot of the list of text that it adds to, -1 for none. */
  readonly textSlot: number;
  /** All that it reads is written by bindings earlier in the standard. */
  readonly readOnly: boolean;
  /** Fields bound elsewhere first: the binding stands back when one holds another value. */
  readonly yields: readonly { readonly position: number; readonly slot: number; readonly read: ReadText }[];
  taken: number;
};

/** What an absent element means: `| default X`, `| ordinal`. */
export type Finish = { readonly slot: number; readonly value: string | undefined };

export function compileRead(plan: MapPlan): ReadProgram {
  const { set } = plan;
  const depthOf = new Int32Array(set.loops.length);
  for (const loop of set.loops)
    depthOf[loop.index] = loop.parent === undefined ? 0 : depthOf[loop.parent]! + 1;
  const fields = plan.root.scope.fields;
  return {
    set,
    standard: plan.standard,
    root: compileLoop(plan.root, true),
    loopOf: Int32Array.from(set.nodes, (node) => node.loop),
    opens: Uint8Array.from(set.nodes, (node) => (node.opens && node.loop !== 0 ? 1 : 0)),
    depthOf,
    depth: Math.max(...depthOf) + 1,
    sharedLoops: new Set(loopsOf(plan.root).flatMap((loop) => sharedKeys(loop.loops))),
    sharedNodes: new Set(loopsOf(plan.root).flatMap((loop) => sharedKeys(loop.segments))),
    sourceSlot: fields.get('source')?.slot ?? -1,
    unmappedSlot: fields.get('unmapped')?.slot ?? -1,
  };
}

function loopsOf(loop: LoopPlan): readonly LoopPlan[] {
  return [loop, ...[...loop.loops.values()].flat().flatMap(loopsOf)];
}

function sharedKeys(plans: ReadonlyMap<number, readonly unknown[]>): readonly number[] {
  return [...plans].flatMap(([key, candidates]) => (candidates.length > 1 ? [key] : []));
}

function compileLoop(plan: LoopPlan, root: boolean): LoopReader {
  const own = root || plan.list !== undefined;
  const segments: (readonly SegmentReader[])[] = [];
  for (const [node, candidates] of plan.segments) segments[node] = candidates.map(compileSegment);
  const loops: (readonly LoopReader[])[] = [];
  for (const [loop, candidates] of plan.loops) loops[loop] = candidates.map((one) => compileLoop(one, false));
  return {
    plan,
    literals: plan.literals,
    once: plan.list === undefined && !plan.many,
    readOnly: plan.list !== undefined && !plan.claim.written,
    slot: plan.list?.slot ?? -1,
    build: own ? compileBuild(plan.scope) : undefined,
    finish: own ? finishesOf(plan) : [],
    slots: own ? newSlots(plan.scope) : undefined,
    segments: fillHoles(segments),
    loops: fillHoles(loops),
    taken: 0,
  };
}

function compileSegment(plan: SegmentPlan): SegmentReader {
  const items = plan.list?.items;
  return {
    plan,
    literals: plan.literals,
    once: plan.list === undefined,
    slot: items === undefined ? -1 : plan.list!.slot,
    build: items === undefined ? undefined : compileBuild(items),
    slots: items === undefined ? undefined : newSlots(items),
    elements: plan.elements.map((element) =>
      element === undefined ? undefined : compileElement(element, plan),
    ),
    textSlot: plan.list !== undefined && items === undefined ? plan.list.slot : -1,
    readOnly: isReadOnly(plan),
    yields: plan.elements.flatMap((element, position) =>
      element?.kind === 'field' && !element.claim.written
        ? [{ position, slot: element.field.slot, read: compileReadValue(element.conversion) }]
        : [],
    ),
    taken: 0,
  };
}

function isReadOnly(plan: SegmentPlan): boolean {
  if (plan.list !== undefined) return !plan.claim.written;
  const fields = plan.elements.flatMap((element) =>
    element?.kind === 'composite' ? element.parts : [element],
  );
  const claims = fields.flatMap((element) =>
    element !== undefined && 'claim' in element ? [element.claim] : [],
  );
  return claims.length > 0 && claims.every((claim) => !claim.written);
}

function newSlots(scope: ScopePlan): unknown[] {
  return new Array(scope.fields.size).fill(undefined);
}

/** A holey array falls back to its prototype at every hole. */
function fillHoles<T>(list: readonly T[]): readonly (T | undefined)[] {
  return Array.from(list);
}

/** Defaults and ordinals of the segments that share the loop's scope. */
function finishesOf(loop: LoopPlan): readonly Finish[] {
  const inner = [...loop.loops.values()].flat().filter((one) => one.scope === loop.scope);
  const segments = [...loop.segments.values()].flat().filter((one) => one.scope === loop.scope);
  const own = segments.flatMap(fieldsOf).flatMap((field): readonly Finish[] => {
    if (field.ordinal) return [{ slot: field.field.slot, value: undefined }];
    return field.default === undefined ? [] : [{ slot: field.field.slot, value: field.default }];
  });
  return [...own, ...inner.flatMap(finishesOf)];
}

export function fieldsOf(segment: SegmentPlan): readonly FieldPlan[] {
  const flat = segment.elements.flatMap((element): readonly (ElementPlan | undefined)[] =>
    element?.kind === 'composite' ? element.parts : [element],
  );
  return flat.filter((element) => element?.kind === 'field');
}
