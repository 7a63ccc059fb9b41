import type { SetDefinition } from '../../x12/standard/definition.ts';
import {
  type ElementPlan,
  inWritingOrder,
  isConstant,
  isInline,
  type LoopPlan,
  type MapPlan,
  type SegmentPlan,
} from '../language/plan.ts';
import type { WriteElement } from '../run/draft.ts';
import { type Unwritten, unwrittenOf, writtenFields, writtenIn } from '../run/unwritten.ts';
import { compileElementWriter } from './compile-element-write.ts';
import { compileGet, type Get, type Item, listAt } from './item.ts';

/** A map as the writer runs it: every place of the set in the standard's order, bound or not. */
export type WriteProgram = { readonly root: LoopWriter };

export type LoopWriter = {
  readonly plan: LoopPlan | undefined;
  /** The list that instances come from; absent for a loop written once. */
  readonly list: { readonly path: string; readonly get: Get } | undefined;
  /** The items of `list` are levels: their children are written behind them. */
  readonly tree: boolean;
  /** The one segment of a loop whose opener holds a list of text. */
  readonly many: SegmentWriter | undefined;
  readonly hasContent: (item: Item) => boolean;
  readonly steps: readonly Step[];
  /** Those that can write something where nothing is unmapped. */
  readonly bound: readonly Step[];
  /** Names of segments that have a place here. */
  readonly known: ReadonlySet<string>;
  /** Fields of the scope that nothing writes. */
  readonly unwritten: readonly Unwritten[];
};

export type Step =
  | {
      readonly kind: 'segment';
      readonly segment: string;
      readonly opens: boolean;
      readonly writers: readonly SegmentWriter[];
    }
  | {
      readonly kind: 'loop';
      readonly segment: string;
      readonly bare: LoopWriter;
      readonly writers: readonly LoopWriter[];
    };

export type SegmentWriter = {
  readonly segment: string;
  readonly list: { readonly path: string; readonly get: Get } | undefined;
  /** Items of a list of text that one segment holds; 0 for other lists. */
  readonly chunk: number;
  readonly elements: readonly { readonly position: number; readonly write: WriteElement }[];
  /** No field and no total: always written. */
  readonly constant: boolean;
  readonly unwritten: readonly Unwritten[];
  readonly hasContent: (item: Item) => boolean;
};

export function compileWrite({ set, root }: MapPlan): WriteProgram {
  return { root: compileLoopWriter(set, 0, root) };
}

function compileLoopWriter(set: SetDefinition, loop: number, plan: LoopPlan | undefined): LoopWriter {
  const steps = stepsOf(set, loop, plan);
  const writers = steps.flatMap((step): readonly (LoopWriter | SegmentWriter)[] => step.writers);
  const list = plan?.list;
  const own = plan !== undefined && (loop === 0 || list !== undefined);
  return {
    plan,
    list: list === undefined ? undefined : compileList(list.path, list.keys, plan?.claim.written === true),
    tree: plan?.tree === true,
    many:
      plan?.many === true
        ? steps.flatMap((step) => (step.kind === 'segment' ? step.writers : []))[0]
        : undefined,
    hasContent: (item) => {
      for (const writer of writers) if (writer.hasContent(item)) return true;
      return false;
    },
    steps,
    bound: steps.filter(({ writers }) => writers.length > 0),
    known: new Set(steps.map((step) => step.segment)),
    unwritten: own ? unwrittenOf(plan.scope, writtenIn(plan)) : [],
  };
}

/** The places of one loop in order; a child loop stands where its first segment does. */
function stepsOf(set: SetDefinition, loop: number, plan: LoopPlan | undefined): readonly Step[] {
  return set.nodes.flatMap((node): readonly Step[] => {
    if (node.segment === 'ST' || node.segment === 'SE') return [];
    if (node.loop === loop) {
      const plans = inWritingOrder(plan?.segments.get(node.index) ?? []).filter(
        (one) => one.node === node.index,
      );
      const opens = node.opens && loop !== 0;
      return [{ kind: 'segment', segment: node.segment, opens, writers: plans.map(compileSegmentWriter) }];
    }
    if (!node.opens || set.loops[node.loop]!.parent !== loop) return [];
    const writers = inWritingOrder(plan?.loops.get(node.loop) ?? []).map((one) =>
      compileLoopWriter(set, node.loop, one),
    );
    return [
      { kind: 'loop', segment: node.segment, bare: compileLoopWriter(set, node.loop, undefined), writers },
    ];
  });
}

function compileSegmentWriter(plan: SegmentPlan): SegmentWriter {
  const { list } = plan;
  const elements = plan.elements.flatMap((element, position) =>
    element === undefined ? [] : [{ position, write: compileElementWriter(element, position) }],
  );
  const chunk = list !== undefined && list.items === undefined ? countValues(plan) : 0;
  const contents = groupByHead(contentOf(plan.elements));
  const get = list === undefined ? undefined : compileList(list.path, list.keys, plan.claim.written);
  const computed = plan.elements.some((element) => element?.kind === 'computed');
  return {
    segment: plan.segment,
    list: get,
    chunk,
    elements,
    constant: isConstant(plan),
    unwritten: list?.items === undefined ? [] : unwrittenOf(list.items, writtenFields([plan])),
    hasContent: (item) =>
      computed || (get === undefined ? hasContent(contents, item) : listAt(get.get, item).length > 0),
  };
}

/** A list that another binding writes is read here and never written. */
function compileList(path: string, keys: readonly string[], written: boolean): { path: string; get: Get } {
  return { path, get: written ? compileGet(keys) : () => undefined };
}

function countValues(plan: SegmentPlan): number {
  return plan.elements.filter((element) => element?.kind === 'value').length;
}

type Content = { readonly head: string; readonly get: Get };

function contentOf(elements: readonly (ElementPlan | undefined)[]): readonly Content[] {
  return elements.flatMap((element): readonly Content[] => {
    if (element === undefined) return [];
    if (element.kind === 'composite') return contentOf(element.parts);
    if (!(element.kind === 'field' || isInline(element)) || !element.claim.written) return [];
    const [head] = element.field.keys;
    const get = compileGet(element.field.keys);
    if (element.kind === 'field') return [{ head: head!, get }];
    return [{ head: head!, get: (item) => (listAt(get, item).length > 0 ? true : undefined) }];
  });
}

/** Fields of one group, such as the sixteen of a pallet, are looked at only where the group is there. */
type Contents = readonly { readonly head: string; readonly gets: readonly Get[] }[];

function groupByHead(contents: readonly Content[]): Contents {
  const groups = Map.groupBy(contents, ({ head }) => head);
  return [...groups].map(([head, members]) => ({ head, gets: members.map(({ get }) => get) }));
}

/** Asked of every segment that a document may have, most of which it has not: no closures are made for the answer. */
function hasContent(contents: Contents, item: Item): boolean {
  for (const { head, gets } of contents) {
    if (item[head] === undefined) continue;
    for (const get of gets) if (get(item) !== undefined) return true;
  }
  return false;
}
