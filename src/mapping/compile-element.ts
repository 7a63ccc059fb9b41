import { latin1ToText } from '../x12/charset.ts';
import { type Compute, compileCompute } from './computed.ts';
import {
  type CodeReading,
  type Cursor,
  compileReadTable,
  compileReadText,
  sliceText,
  UNKNOWN_CODE,
} from './convert-read.ts';
import type { Conversion, ElementPlan, FieldPlan, SegmentPlan } from './plan.ts';

/** A computed element met on the way: compared when the document is whole. */
export type Pending = {
  readonly segment: number;
  readonly element: number;
  readonly sent: string;
  readonly compute: Compute;
};

export type Reading = Cursor & {
  segment: number;
  element: number;
  /** Fields filled so far: tells whether a binding took anything. */
  filled: number;
  readonly pending: Pending[];
  /** Components that nothing names, told after their element. */
  readonly components: number[];
};

/** Reads the element that begins at `edges[edge]`; false leaves it unmapped. Never called for an absent one. */
export type ReadElement = (reading: Reading, slots: unknown[], edge: number) => boolean;

type ReadSpan = (reading: Reading, slots: unknown[], start: number, end: number) => boolean;

export function compileElement(plan: ElementPlan, segment: SegmentPlan): ReadElement {
  switch (plan.kind) {
    case 'pairs':
      return compilePairs(plan);
    case 'composite':
      return compileComposite(
        plan.parts.map((part) => (part === undefined ? undefined : compileSpan(part, segment))),
      );
    case 'field':
      return compilePlain(plan) ?? spread(compileField(plan));
    default:
      return spread(compileSpan(plan, segment));
  }
}

function spread(read: ReadSpan): ReadElement {
  return (reading, slots, edge) => read(reading, slots, reading.edges[edge]!, reading.edges[edge + 1]! - 1);
}

/** A second binding of a field may only repeat what the first has read. */
function isOther(there: unknown, value: string): boolean {
  return there !== undefined && there !== value;
}

/** Text as it is: most elements. Written out because each call saved here is saved for every element. */
function compilePlain({ conversion, field }: FieldPlan): ReadElement | undefined {
  const { trim, upper, pad, as } = conversion;
  if (trim || upper || pad !== undefined || as.kind !== 'text') return undefined;
  const { slot } = field;
  return (reading, slots, edge) => {
    const { edges } = reading;
    const raw = reading.text.slice(edges[edge]!, edges[edge + 1]! - 1);
    const value = reading.encoded ? latin1ToText(raw, 'utf-8') : raw;
    if (isOther(slots[slot], value)) return false;
    slots[slot] = value;
    reading.filled++;
    return true;
  };
}

function compileSpan(plan: ElementPlan, segment: SegmentPlan): ReadSpan {
  switch (plan.kind) {
    case 'literal':
      // It was compared when the binding was chosen.
      return () => true;
    case 'fixed':
      return (reading, _slots, start, end) => sliceText(reading, start, end) === plan.value;
    case 'computed':
      return compileComputed(compileCompute(plan.rule, plan.path));
    case 'field':
      return compileField(plan);
    case 'run':
      return compileItem(plan.field.slot, plan.conversion);
    case 'value':
      return compileItem(segment.list!.slot, plan.conversion);
    case 'pairs':
    case 'composite':
      return () => false;
  }
}

function compileComputed(compute: Compute): ReadSpan {
  return (reading, _slots, start, end) => {
    const { segment, element } = reading;
    reading.pending.push({ segment, element, sent: sliceText(reading, start, end), compute });
    reading.filled++;
    return true;
  };
}

function compileField(plan: FieldPlan): ReadSpan {
  const { slot } = plan.field;
  const { as } = plan.conversion;
  if (as.kind === 'table') return compileTable(slot, as.code.slot, compileReadTable(as), plan.conversion);
  const read = compileReadText(plan.conversion);
  return (reading, slots, start, end) => {
    const value = read(reading, start, end);
    if (value === undefined || isOther(slots[slot], value)) return false;
    slots[slot] = value;
    reading.filled++;
    return true;
  };
}

function compileTable(
  slot: number,
  codeSlot: number,
  table: ReadonlyMap<string, CodeReading>,
  conversion: Conversion,
): ReadSpan {
  const { trim, upper } = conversion;
  const read = compileReadText({ trim, upper, pad: undefined, as: { kind: 'text' } });
  return (reading, slots, start, end) => {
    if (slots[slot] !== undefined) return false;
    const code = read(reading, start, end);
    if (code === undefined) return false;
    const known = table.get(code) ?? UNKNOWN_CODE;
    slots[slot] = known.name;
    if (known.keep) slots[codeSlot] = code;
    reading.filled++;
    return true;
  };
}

function compileItem(slot: number, conversion: Conversion): ReadSpan {
  const read = compileReadText(conversion);
  return (reading, slots, start, end) => {
    const value = read(reading, start, end);
    if (value === undefined) return false;
    push(slots, slot, value);
    reading.filled++;
    return true;
  };
}

export function push(slots: unknown[], slot: number, item: unknown): void {
  const list = slots[slot] as unknown[] | undefined;
  if (list === undefined) slots[slot] = [item];
  else list.push(item);
}

/** The qualifier reads the value behind it as well; a half pair stays unmapped. */
function compilePairs(plan: Extract<ElementPlan, { kind: 'pairs' }>): ReadElement {
  const { from, field } = plan;
  return (reading, slots, edge) => {
    const { edges } = reading;
    const leads = (reading.element - from) % 2 === 0;
    if (!leads) return edges[edge]! - edges[edge - 1]! > 1;
    if (edge + 1 >= reading.last) return false;
    const start = edges[edge + 1]!;
    const end = edges[edge + 2]! - 1;
    if (start >= end) return false;
    const qualifier = sliceText(reading, edges[edge]!, start - 1);
    push(slots, field.slot, { qualifier, value: sliceText(reading, start, end) });
    reading.filled++;
    return true;
  };
}

function compileComposite(parts: readonly (ReadSpan | undefined)[]): ReadElement {
  return (reading, slots, edge) => {
    const end = reading.edges[edge + 1]! - 1;
    let start = reading.edges[edge]!;
    let taken = false;
    const noted = reading.components.length;
    for (let i = 0; start <= end; i++) {
      const next = reading.text.indexOf(reading.component, start);
      const stop = next < 0 || next > end ? end : next;
      if (start < stop) {
        if (parts[i]?.(reading, slots, start, stop) === true) taken = true;
        else reading.components.push(reading.segment, reading.element, i + 1);
      }
      start = stop + 1;
    }
    // Where nothing was taken the whole element stays unmapped.
    if (!taken) reading.components.length = noted;
    return taken;
  };
}
