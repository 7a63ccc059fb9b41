/** Numbers from a seed (mulberry32): the same seed gives the same run. */
export type Random = {
  /** From 0 up to `limit`, which is left out. */
  readonly below: (limit: number) => number;
  readonly choose: <T>(from: readonly T[]) => T;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % Math.max(1, limit);
  return { below, choose: (from) => from[below(from.length)]! };
}
