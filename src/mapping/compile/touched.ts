import type { ElementPlan, LoopPlan, SegmentPlan } from '../language/plan.ts';

/**
 * Which bindings have filled anything of an item is a mask of bits, one a binding: of the hundred fields that an item
 * may have, only theirs are looked at when it is made. Bindings beyond the thirtieth share the last bit.
 */
export type Bits = ReadonlyMap<SegmentPlan | LoopPlan, number>;

/** Defaults and ordinals. */
export const FINISHED = 1;
const LAST = 1 << 30;

/** The bindings that fill the fields of one scope: those of the loop, and of the loops inside that share it. */
export function assignBits(loop: LoopPlan): Bits {
  const bits = new Map<SegmentPlan | LoopPlan, number>();
  const add = (plan: SegmentPlan | LoopPlan): void => {
    if (!bits.has(plan)) bits.set(plan, bits.size < 29 ? FINISHED << (bits.size + 1) : LAST);
  };
  const visit = (one: LoopPlan): void => {
    for (const segment of [...one.segments.values()].flat()) add(segment);
    for (const inner of [...one.loops.values()].flat()) {
      if (inner.list === undefined) visit(inner);
      else add(inner);
    }
  };
  visit(loop);
  return bits;
}

/** By slot of the scope: the bits of the bindings that fill it. */
export function masksOf(bits: Bits, size: number): readonly number[] {
  const masks = new Array<number>(size).fill(FINISHED);
  for (const [plan, bit] of bits) for (const slot of slotsOf(plan)) masks[slot]! |= bit;
  return masks;
}

function slotsOf(plan: SegmentPlan | LoopPlan): readonly number[] {
  if (plan.list !== undefined) return [plan.list.slot];
  return 'elements' in plan ? plan.elements.flatMap(slotsOfElement) : [];
}

function slotsOfElement(element: ElementPlan | undefined): readonly number[] {
  if (element?.kind === 'composite') return element.parts.flatMap(slotsOfElement);
  if (element?.kind === 'tree') return element.id === undefined ? [] : [element.id.slot];
  if (element === undefined || !('field' in element)) return [];
  const { field } = element;
  const code =
    element.kind === 'field' && element.conversion.as.kind === 'table' ? element.conversion.as.code : field;
  return [field.slot, code.slot];
}
