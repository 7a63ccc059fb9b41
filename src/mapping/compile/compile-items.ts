import type { ElementPlan, ItemsPlan } from '../language/plan.ts';
import { compileBuild, newSlots } from './build-object.ts';
import {
  compileComposite,
  compileSpan,
  findSign,
  push,
  type ReadElement,
  type Reading,
  repeatsAt,
} from './compile-span.ts';
import { sliceText } from './convert-read.ts';

/** The qualifier reads the value behind it as well; a half pair stays unmapped. */
export function compilePairs(plan: Extract<ElementPlan, { kind: 'pairs' }>): ReadElement {
  const { from, field } = plan;
  return (reading, slots, edge) => {
    const { edges } = reading;
    const leads = (reading.element - from) % 2 === 0;
    const lead = leads ? edge : edge - 1;
    if (lead + 1 >= reading.last) return false;
    const start = edges[lead + 1]!;
    const end = edges[lead + 2]! - 1;
    if (start >= end || start - edges[lead]! < 2 || repeatsAt(reading, edges[lead]!, end)) return false;
    if (!leads) return true;
    const qualifier = sliceText(reading, edges[edge]!, start - 1);
    push(slots, field.slot, { qualifier, value: sliceText(reading, start, end) });
    reading.filled++;
    return true;
  };
}

/** The first element of a group that is there reads all of it. What cannot be read whole stays unmapped whole. */
export function compileGroups(plan: ItemsPlan): ReadElement {
  const { from, field } = plan;
  const width = plan.parts.length;
  const parts = plan.parts.map((part) => (part === undefined ? undefined : compileSpan(part, -1)));
  const item = newSlots(field.items!);
  const build = compileBuild(field.items!);
  const readGroup = (reading: Reading, edge: number, first: number): boolean => {
    const { edges, last } = reading;
    for (let i = first; i < width && edge + i - first < last; i++) {
      const start = edges[edge + i - first]!;
      const end = edges[edge + i - first + 1]! - 1;
      if (start >= end) continue;
      if (repeatsAt(reading, start, end) || parts[i]?.(reading, item, start, end) !== true) return false;
    }
    return reading.components.length === 0;
  };
  let taken = false;
  return (reading, slots, edge) => {
    const first = (reading.element - from) % width;
    for (let i = 1; i <= first; i++) {
      if (reading.edges[edge - i + 1]! - reading.edges[edge - i]! > 1) return taken;
    }
    const filled = reading.filled;
    item.fill(undefined);
    taken = readGroup(reading, edge, first);
    if (taken) push(slots, field.slot, build(item, -1));
    else withdraw(reading, filled);
    return taken;
  };
}

/** The repeats of a composite, all or none of them. Empty ones at the end are nothing (X12.6). */
export function compileRepeats(plan: ItemsPlan): ReadElement {
  const { field } = plan;
  const items = field.items!;
  const item = newSlots(items);
  const build = compileBuild(items);
  const read = compileComposite(
    plan.parts.map((part) => (part === undefined ? undefined : compileSpan(part, -1))),
  );
  return (reading, slots, edge) => {
    const { filled, edges, repetition } = reading;
    const made: unknown[] = [];
    let end = edges[edge + 1]! - 1;
    while (reading.text.charCodeAt(end - 1) === repetition) end--;
    for (let start = edges[edge]!; start <= end; ) {
      const stop = findSign(reading.text, repetition, start, end);
      item.fill(undefined);
      if (!read(reading, item, start, stop) || reading.components.length > 0) {
        withdraw(reading, filled);
        return false;
      }
      made.push(build(item, -1));
      start = stop + 1;
    }
    for (const one of made) push(slots, field.slot, one);
    return true;
  };
}

function withdraw(reading: Reading, filled: number): void {
  reading.filled = filled;
  reading.components.length = 0;
}
