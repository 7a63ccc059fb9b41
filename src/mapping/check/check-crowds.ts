import { type Entry, formatStep } from '../language/map-file.ts';
import { type LoopPlan, mayBeNew, type SegmentPlan } from '../language/plan.ts';
import type { Checking } from './checking.ts';

/** Puts a binding beside those that its place has already: their literals tell them apart. */
export function addOnce<T extends SegmentPlan | LoopPlan>(
  plans: Map<number, T[]>,
  index: number,
  plan: T,
  entry: Entry,
  checking: Checking,
): void {
  const others = plans.get(index) ?? [];
  const key = JSON.stringify(plan.literals);
  if (others.length > 0 && [plan, ...others].some((one) => 'tree' in one && one.tree)) {
    checking.say(entry.place, '`tree:` takes every HL: no other binding can stand beside it');
  }
  if (others.some((other) => JSON.stringify(other.literals) === key)) {
    checking.say(entry.place, `\`${formatStep(entry)}\` is bound twice here; tell them apart by a qualifier`);
  }
  if (others.length > 0) checking.crowded.push({ entry, plan, others });
  plans.set(index, [...others, plan]);
}

/** The most particular binding is tried first, whatever the order in the file. */
export function sortCandidates<T extends SegmentPlan | LoopPlan>(
  plans: Map<number, T[]>,
): ReadonlyMap<number, readonly T[]> {
  for (const list of plans.values()) list.sort((a, b) => b.literals.length - a.literals.length);
  return plans;
}

/**
 * A value that was read elsewhere is written in a segment that the file did not have. Among several such at one place
 * nobody could tell to which an unmapped element belongs.
 */
export function checkCrowds({ crowded, say }: Checking): void {
  for (const { entry, plan, others } of crowded) {
    if (!mayBeNew(plan) || !others.some(mayBeNew)) continue;
    const what = `\`${formatStep(entry)}\` and another ${entry.segment} here are both written with fields`;
    say(entry.place, `${what} that the map binds a second time; bind those of one of them once`);
  }
}
