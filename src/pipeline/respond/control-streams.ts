import { assert } from '../../lib/assert.ts';
import type { Draft } from './drafts.ts';

/** Names of the control-number streams of one pair: interchange per pair, group per pair and functional id. */
export function interchangeStream(us: string, them: string): string {
  return `ISA ${us} ${them}`;
}

export function groupStream(us: string, them: string, functionalId: string): string {
  return `GS ${functionalId} ${us} ${them}`;
}

/** How many numbers of which stream the drafts need. */
export function countControlNumbers(drafts: readonly Draft[], us: string, them: string): Map<string, number> {
  const demand = new Map<string, number>();
  const add = (stream: string) => demand.set(stream, (demand.get(stream) ?? 0) + 1);
  for (const draft of drafts) {
    add(interchangeStream(us, them));
    for (const group of draft.groups) add(groupStream(us, them, group.functionalId));
  }
  return demand;
}

/** Deals out the allocated numbers in order; 999999999 wraps to 1. Without an allocation every stream begins at 1. */
export function dealControlNumbers(
  first: ReadonlyMap<string, number> | undefined,
): (stream: string) => number {
  const next = new Map(first);
  return (stream) => {
    const number = next.get(stream) ?? (first === undefined ? 1 : undefined);
    assert(number !== undefined, `no control number was allocated for ${stream}`);
    next.set(stream, number >= 999_999_999 ? 1 : number + 1);
    return number;
  };
}
