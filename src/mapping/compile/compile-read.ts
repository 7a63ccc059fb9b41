import type { SetDefinition } from '../../x12/standard/definition.ts';
import {
  claimsOf,
  type ElementPlan,
  type FieldPlan,
  inWritingOrder,
  isConstant,
  type LoopPlan,
  type MapPlan,
  type SegmentPlan,
} from '../language/plan.ts';
import { compileBuild, newSlots } from './build-object.ts';
import { compileElement } from './compile-element.ts';
import type { ReadElement } from './compile-span.ts';
import { compileReadValue } from './convert-read.ts';
import type { Finish, LoopReader, ReadProgram, Scratch, SegmentReader, TreeReader } from './read-program.ts';
import { assignBits, type Bits } from './touched.ts';

export function compileRead(plan: MapPlan): ReadProgram {
  const { set } = plan;
  const depthOf = new Int32Array(set.loops.length);
  for (const loop of set.loops)
    depthOf[loop.index] = loop.parent === undefined ? 0 : depthOf[loop.parent]! + 1;
  const fields = plan.root.scope.fields;
  const root = compileLoop(plan.root, 0, assignBits(plan.root));
  return {
    set,
    standard: plan.standard,
    root,
    tree: root.loops.flatMap((loops) => loops ?? []).find((loop) => loop.tree !== undefined)?.tree,
    loopOf: Int32Array.from(set.nodes, (node) => node.loop),
    opens: Uint8Array.from(set.nodes, (node) => (node.opens && node.loop !== 0 ? 1 : 0)),
    depthOf,
    depth: Math.max(...depthOf) + 1,
    sharedLoops: new Set(loopsOf(plan.root).flatMap((loop) => sharedKeys(loop.loops))),
    sharedNodes: new Set(loopsOf(plan.root).flatMap((loop) => sharedKeys(loop.segments))),
    sourceSlot: fields.get('source')?.slot ?? -1,
    busy: false,
    instances: 1,
    scratch: createScratch(set),
  };
}

function createScratch({ nodes, loops }: SetDefinition): Scratch {
  const places = nodes.length + loops.length;
  return {
    ranks: new Int16Array(1 << 7),
    counts: new Int32Array(places),
    within: new Int32Array(places),
    wanted: new Uint8Array(nodes.length),
    wantedLoops: new Uint8Array(loops.length),
  };
}

function loopsOf(loop: LoopPlan): readonly LoopPlan[] {
  return [loop, ...[...loop.loops.values()].flat().flatMap(loopsOf)];
}

function sharedKeys(plans: ReadonlyMap<number, readonly unknown[]>): readonly number[] {
  return [...plans].flatMap(([key, candidates]) => (candidates.length > 1 ? [key] : []));
}

function compileAll<P extends SegmentPlan | LoopPlan, R>(
  candidates: readonly P[],
  bits: Bits,
  compile: (plan: P, rank: number, bits: Bits) => R,
): readonly R[] {
  const order = inWritingOrder(candidates);
  return candidates.map((plan) => compile(plan, order.indexOf(plan), bits));
}

function compileLoop(plan: LoopPlan, rank: number, above: Bits): LoopReader {
  const own = plan.loop === 0 || plan.list !== undefined;
  const bits = own ? assignBits(plan) : above;
  const segments: (readonly SegmentReader[])[] = [];
  for (const [node, candidates] of plan.segments)
    segments[node] = compileAll(candidates, bits, compileSegment);
  const loops: (readonly LoopReader[])[] = [];
  for (const [loop, candidates] of plan.loops) loops[loop] = compileAll(candidates, bits, compileLoop);
  return {
    plan,
    rank,
    literals: plan.literals,
    once: plan.list === undefined && !plan.many,
    readOnly: plan.list !== undefined && !plan.claim.written,
    slot: plan.list?.slot ?? -1,
    tree: plan.tree ? compileTree(plan) : undefined,
    bit: above.get(plan) ?? 0,
    build: own ? compileBuild(plan.scope, bits) : undefined,
    finish: own ? finishesOf(plan) : [],
    slots: own ? newSlots(plan.scope) : undefined,
    segments: fillHoles(segments),
    loops: fillHoles(loops),
    taken: 0,
  };
}

function compileTree(plan: LoopPlan): TreeReader {
  const rules = [...plan.segments.values()].flat().flatMap(({ elements }) => elements);
  const id = rules.find((one) => one?.kind === 'tree' && one.rule === 'id');
  return {
    loop: plan.loop,
    path: plan.list!.path,
    slot: plan.list!.slot,
    idSlot: id?.kind === 'tree' ? id.id!.slot : -1,
    children: rules.some((one) => one?.kind === 'tree' && one.rule === 'children'),
  };
}

function compileSegment(plan: SegmentPlan, rank: number, bits: Bits): SegmentReader {
  const items = plan.list?.items;
  return {
    plan,
    rank,
    literals: plan.literals,
    once: plan.list === undefined,
    bit: bits.get(plan) ?? 0,
    slot: items === undefined ? -1 : plan.list!.slot,
    build: items === undefined ? undefined : compileBuild(items),
    slots: items === undefined ? undefined : newSlots(items),
    finish: items === undefined ? [] : finishesIn(plan),
    elements: compileElements(plan),
    textSlot: plan.list !== undefined && items === undefined ? plan.list.slot : -1,
    packed: plan.elements.filter((element) => element?.kind === 'value').length > 1,
    keeps: keepsOf(plan),
    constant: isConstant(plan),
    yields: plan.elements.flatMap((element, position) =>
      element?.kind === 'field' && !element.claim.written
        ? [{ position, slot: element.field.slot, read: compileReadValue(element.conversion) }]
        : [],
    ),
    taken: 0,
  };
}

/** A list over several positions is one plan and one closure: it must know what it did a position before. */
function compileElements(plan: SegmentPlan): readonly (ReadElement | undefined)[] {
  const made = new Map<ElementPlan, ReadElement>();
  const counted = keepsOf(plan) === 'some';
  return plan.elements.map((element) => {
    if (element === undefined) return undefined;
    const read = made.get(element) ?? compileElement(element, plan);
    made.set(element, read);
    return counted && claimsOf(element).some(({ written }) => written) ? countKept(read) : read;
  });
}

function countKept(read: ReadElement): ReadElement {
  return (reading, slots, edge) => {
    if (!read(reading, slots, edge)) return false;
    reading.kept++;
    return true;
  };
}

function keepsOf({ list, claim, elements }: SegmentPlan): SegmentReader['keeps'] {
  const claims = list === undefined ? elements.flatMap(claimsOf) : [claim];
  if (claims.every(({ written }) => written)) return 'always';
  return claims.some(({ written }) => written) ? 'some' : 'never';
}

/** A holey array falls back to its prototype at every hole. */
function fillHoles<T>(list: readonly T[]): readonly (T | undefined)[] {
  return Array.from(list);
}

/** Defaults and ordinals of the segments that share the loop's scope. */
function finishesOf(loop: LoopPlan): readonly Finish[] {
  const inner = [...loop.loops.values()].flat().filter((one) => one.scope === loop.scope);
  const segments = [...loop.segments.values()].flat().filter((one) => one.scope === loop.scope);
  return [...segments.flatMap(finishesIn), ...inner.flatMap(finishesOf)];
}

function finishesIn(segment: SegmentPlan): readonly Finish[] {
  return fieldsOf(segment).flatMap((field): readonly Finish[] => {
    if (field.ordinal) return [{ slot: field.field.slot, value: undefined }];
    return field.default === undefined ? [] : [{ slot: field.field.slot, value: field.default }];
  });
}

export function fieldsOf(segment: SegmentPlan): readonly FieldPlan[] {
  const flat = segment.elements.flatMap((element): readonly (ElementPlan | undefined)[] =>
    element?.kind === 'composite' ? element.parts : [element],
  );
  return flat.filter((element) => element?.kind === 'field');
}
