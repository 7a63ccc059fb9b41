import type { SegmentData } from '../../x12/scan/segment-data.ts';
import { element, elementOffset, type Segments } from '../../x12/scan/segments.ts';
import type { CompiledMap } from '../compile/compile-map.ts';
import { formatTotal } from '../compile/computed.ts';
import type { Item } from '../compile/item.ts';
import type { SegmentReader } from '../compile/read-program.ts';
import type { ElementPlan, ItemsPlan, ScopePlan } from '../language/plan.ts';
import type { Origin } from './draft.ts';
import type { LoopFrame, NestedLevel, ReadInput } from './read-segment.ts';
import { runRead } from './read-set.ts';
import { runWrite, type WrittenSet } from './write-set.ts';

/** Where one value of a document was read from. */
export type ReadOrigin = {
  /** `lines[2].quantity`; `unmapped[0]`; absent for constants and totals, which were only compared. */
  readonly path: string | undefined;
  /** `constant`, `default`, `ordinal`, `count(lines)`: what stands for a value without a path or a place. */
  readonly rule: string | undefined;
  /** Index of the segment in the set, ST is 0; absent for `default` and `ordinal`. */
  readonly segment: number | undefined;
  /** 0 is the whole segment. */
  readonly element: number;
  /** 0 is the whole element. */
  readonly component: number;
  /** Byte offset in the file. */
  readonly offset: number | undefined;
};

/** Where the text of one written element came from; `segment` is its index in `segments`. */
export type WriteOrigin = Origin & {
  readonly segment: number;
  readonly element: number;
  readonly component: number;
};

/** Reads once more and says where every value came from. */
export function explainRead(
  map: CompiledMap,
  input: ReadInput,
): { document: Record<string, unknown>; origins: readonly ReadOrigin[] } {
  // By segment: what a binding took and gives back is withdrawn at once, however many lines there are.
  const taken = new Map<number, ReadOrigin[]>();
  const ruled: ReadOrigin[] = [];
  const unmapped: ReadOrigin[] = [];
  let place = (origin: ReadOrigin): ReadOrigin => origin;
  const { segments } = input;
  const at = (s: number, e: number, c: number) => ({
    segment: s,
    element: e,
    component: c,
    offset: elementOffset(segments, s, e),
  });
  const document = runRead(map.read, input, {
    taken: (frame, reader, slots, s, e) => {
      const here = taken.get(s) ?? [];
      taken.set(s, here);
      for (const one of namesOf(frame, reader, slots, segments, s, e))
        here.push({ ...one, ...at(s, e, one.component) });
    },
    withdrawn: (s) => void taken.delete(s),
    ruled: (frame, segment, slot, rule) => {
      const path = segment === undefined ? prefixOf(frame) : itemPrefix(frame, segment);
      const scope = (segment ?? frame.reader)?.plan.scope;
      const nowhere = { segment: undefined, element: 0, component: 0, offset: undefined };
      ruled.push({ path: path + fieldAt(scope, slot), rule, ...nowhere });
    },
    nested: (tree, levels) => {
      place = (origin) => replacePath(origin, tree.path, levels);
    },
    unmapped: (index, s, e, c) =>
      void unmapped.push({ path: `unmapped[${index}]`, rule: undefined, ...at(s, e, c) }),
  });
  const read = [...taken.values(), ruled].flat().map((origin) => place(origin));
  return { document, origins: [...read, ...unmapped] };
}

/** Writes and says where every element came from. */
export function explainWrite(
  map: CompiledMap,
  document: Item,
): WrittenSet & { readonly segments: readonly SegmentData[]; readonly origins: readonly WriteOrigin[] } {
  const origins: WriteOrigin[] = [];
  const written = runWrite(map.write, document, (segment, element, component, origin) => {
    origins.push({ ...origin, segment, element, component });
  });
  return { ...written, origins };
}

/** Levels are read as a list and nest at the end; an HL01 is told as a field only where the document keeps it. */
function replacePath(origin: ReadOrigin, list: string, levels: readonly NestedLevel[]): ReadOrigin {
  if (origin.path?.startsWith(`${list}[`) !== true) return origin;
  const end = origin.path.indexOf(']');
  const level = levels[Number(origin.path.slice(list.length + 1, end))]!;
  const path = level.path + origin.path.slice(end + 1);
  if (origin.rule !== 'id()') return { ...origin, path };
  return level.keepsId ? { ...origin, path, rule: undefined } : { ...origin, path: undefined };
}

type Named = Pick<ReadOrigin, 'path' | 'rule' | 'component'>;

function namesOf(
  frame: LoopFrame,
  reader: SegmentReader,
  slots: readonly unknown[],
  segments: Segments,
  s: number,
  e: number,
): readonly Named[] {
  const { list, elements } = reader.plan;
  const prefix = itemPrefix(frame, reader);
  const plan = elements[e]!;
  if (plan.kind === 'groups') return namesOfGroup(plan, prefix, slots, segments, s, e);
  if (plan.kind !== 'composite' && plan.kind !== 'repeats')
    return [{ ...nameElement(plan, prefix, slots, e, list?.path, list?.slot), component: 0 }];
  const { component, repetition } = segments.separators;
  const sent = element(segments, s, e);
  if (plan.kind === 'composite') return namesInside(plan.parts, sent, component, prefix, slots, e);
  const repeats = repetition === undefined ? [sent] : sent.split(String.fromCharCode(repetition));
  const first = lengthAt(slots, plan.field.slot) - repeats.length;
  return repeats.flatMap((repeat, i) => {
    const path = `${prefix}${plan.field.path}[${first + i}].`;
    return namesInside(plan.parts, repeat, component, path, slots, e);
  });
}

/** One element of the item that was read last. */
function namesOfGroup(
  plan: ItemsPlan,
  prefix: string,
  slots: readonly unknown[],
  segments: Segments,
  s: number,
  e: number,
): readonly Named[] {
  const part = plan.parts[(e - plan.from) % plan.parts.length]!;
  const item = `${prefix}${plan.field.path}[${lengthAt(slots, plan.field.slot) - 1}].`;
  if (part.kind !== 'composite')
    return [{ ...nameElement(part, item, slots, e, undefined, undefined), component: 0 }];
  return namesInside(part.parts, element(segments, s, e), segments.separators.component, item, slots, e);
}

function namesInside(
  parts: readonly (ElementPlan | undefined)[],
  text: string,
  separator: number,
  prefix: string,
  slots: readonly unknown[],
  e: number,
): readonly Named[] {
  const sent = text.split(String.fromCharCode(separator));
  return parts.flatMap((part, i): readonly Named[] =>
    part === undefined || (sent[i] ?? '') === ''
      ? []
      : [{ ...nameElement(part, prefix, slots, e, undefined, undefined), component: i + 1 }],
  );
}

function nameElement(
  plan: ElementPlan,
  prefix: string,
  slots: readonly unknown[],
  e: number,
  list: string | undefined,
  listSlot: number | undefined,
): Pick<ReadOrigin, 'path' | 'rule'> {
  switch (plan.kind) {
    case 'literal':
      return { path: undefined, rule: 'constant' };
    case 'fixed':
      return { path: undefined, rule: 'default' };
    case 'computed':
      return { path: undefined, rule: formatTotal(plan.total) };
    case 'tree':
      return { path: plan.id === undefined ? undefined : `${prefix}id`, rule: `${plan.rule}()` };
    case 'field':
      return { path: prefix + plan.field.path, rule: undefined };
    case 'run':
      return {
        path: `${prefix}${plan.field.path}[${lengthAt(slots, plan.field.slot) - 1}]`,
        rule: undefined,
      };
    case 'value':
      return { path: `${prefix}${list}[${lengthAt(slots, listSlot!) - 1}]`, rule: undefined };
    case 'pairs': {
      const half = (e - plan.from) % 2 === 0 ? 'qualifier' : 'value';
      return {
        path: `${prefix}${plan.field.path}[${lengthAt(slots, plan.field.slot) - 1}].${half}`,
        rule: undefined,
      };
    }
    case 'groups':
    case 'composite':
    case 'repeats':
      return { path: undefined, rule: undefined };
  }
}

/** `lines[2].`: an item under construction comes behind those that its list holds. */
function prefixOf(frame: LoopFrame): string {
  if (frame.above === undefined) return '';
  const above = prefixOf(frame.above);
  const list = frame.reader?.plan.list;
  return list === undefined ? above : `${above}${list.path}[${lengthAt(frame.above.slots, list.slot)}].`;
}

/** Of the item that a segment makes, else of the one that it adds fields to. */
function itemPrefix(frame: LoopFrame, { plan: { list }, slots }: SegmentReader): string {
  const above = prefixOf(frame);
  if (list?.items === undefined || slots === undefined) return above;
  return `${above}${list.path}[${lengthAt(frame.slots, list.slot)}].`;
}

function fieldAt(scope: ScopePlan | undefined, slot: number): string {
  const fields = scope?.fields.values() ?? [];
  return [...fields].find((field) => field.slot === slot)?.path ?? '';
}

function lengthAt(slots: readonly unknown[], slot: number): number {
  return (slots[slot] as readonly unknown[] | undefined)?.length ?? 0;
}
