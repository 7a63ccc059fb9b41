const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;

/**
 * How long to wait before the next try: doubling from a second to a quarter of an hour, of which a random half
 * keeps a crowd that failed together from coming back together. `attempt` counts from 1, `random` from 0 to 1.
 */
export function backoff(attempt: number, random: number, firstMs = FIRST_MS, longestMs = LONGEST_MS): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 40));
  return Math.round(whole / 2 + (whole / 2) * random);
}
