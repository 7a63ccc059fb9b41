export type Random = (below: number) => number;

/** A linear congruential generator: repeatable, and good enough to make sizes vary. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A day of 2026, as X12 has it. */
export function makeDay(random: Random): string {
  return `2026${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}`;
}
