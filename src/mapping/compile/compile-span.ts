import type { Conversion, ElementPlan } from '../language/plan.ts';
import { type Compute, compileCompute } from './computed.ts';
import {
  type CodeReading,
  type Cursor,
  compileReadTable,
  compileReadText,
  sliceText,
  UNKNOWN_CODE,
} from './convert-read.ts';

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
  /** The segment may hold elements that repeat. */
  repeats: boolean;
  /** Fields filled so far: tells whether a binding took anything. */
  filled: number;
  /** Bindings, and fields of bindings, that write what they have read. */
  kept: number;
  readonly pending: Pending[];
  /** Components that nothing names, told after their element. */
  readonly components: number[];
};

/** Reads what stands between two positions; false leaves it unmapped. Never called where nothing stands. */
export type ReadSpan = (reading: Reading, slots: unknown[], start: number, end: number) => boolean;

/** Reads the element that begins at `edges[edge]`; false leaves it unmapped. Never called for an absent one. */
export type ReadElement = (reading: Reading, slots: unknown[], edge: number) => boolean;

/** `listSlot` is that of the list whose items `.` are. */
export function compileSpan(plan: ElementPlan, listSlot: number): ReadSpan {
  switch (plan.kind) {
    case 'literal':
    case 'fixed':
      return (reading, _slots, start, end) => sliceText(reading, start, end) === plan.value;
    case 'computed':
      return compileComputed(compileCompute(plan.total));
    case 'tree':
      // Whether HL02 and HL04 are right shows when all levels are there.
      return plan.id === undefined ? () => true : compileField(plan.id.slot, PLAIN);
    case 'field':
      return compileField(plan.field.slot, plan.conversion);
    case 'run':
      return compileItem(plan.field.slot, plan.conversion);
    case 'value':
      return compileItem(listSlot, plan.conversion);
    case 'composite':
      return compileComposite(
        plan.parts.map((part) => (part === undefined ? undefined : compileSpan(part, listSlot))),
      );
    case 'pairs':
    case 'groups':
    case 'repeats':
      return () => false;
  }
}

const PLAIN: Conversion = { trim: false, upper: false, pad: undefined, as: { kind: 'text' } };

function compileComputed(compute: Compute): ReadSpan {
  return (reading, _slots, start, end) => {
    const { segment, element } = reading;
    reading.pending.push({ segment, element, sent: sliceText(reading, start, end), compute });
    reading.filled++;
    return true;
  };
}

/** A second binding of a field may only repeat what the first has read. */
export function isOther(there: unknown, value: string): boolean {
  return there !== undefined && there !== value;
}

function compileField(slot: number, conversion: Conversion): ReadSpan {
  const { as } = conversion;
  if (as.kind === 'table') return compileTable(slot, as.code.slot, compileReadTable(as), conversion);
  const read = compileReadText(conversion);
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

/** Where a separator stands next, `end` when it does not: `indexOf` would look through the rest of the set. */
export function findSign(text: string, sign: number, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) !== sign) at++;
  return at;
}

/** Of an element that repeats and is bound once, no repeat is the right one: it stays unmapped. */
export function repeatsAt(reading: Reading, start: number, end: number): boolean {
  return reading.repeats && findSign(reading.text, reading.repetition, start, end) < end;
}

export function compileComposite(parts: readonly (ReadSpan | undefined)[]): ReadSpan {
  return (reading, slots, from, end) => {
    const { text, component, components } = reading;
    const noted = components.length;
    let start = from;
    let taken = false;
    for (let i = 0; start <= end; i++) {
      const stop = findSign(text, component, start, end);
      if (start < stop) {
        if (parts[i]?.(reading, slots, start, stop) === true) taken = true;
        else components.push(reading.segment, reading.element, i + 1);
      }
      start = stop + 1;
    }
    // Where nothing was taken the whole element stays unmapped.
    if (!taken) components.length = noted;
    return taken;
  };
}
