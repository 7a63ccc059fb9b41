import type { Layout } from './layout.ts';

/** A set of up to so many segments is shown whole. */
const LONG = 500;

/** Of a longer one: the beginning, the end, and what has something wrong. */
const FIRST = 100;
const LAST = 3;

/** Which segments of a long set are shown (1) and which are left out (0); undefined where all are. */
export function chooseSegments(
  count: number,
  { opener }: Layout,
  positions: Iterable<number>,
): Uint8Array | undefined {
  if (count <= LONG) return undefined;
  const shown = new Uint8Array(count);
  shown.fill(1, 0, FIRST);
  // The loops around a segment tell which line it is about.
  const show = (s: number) => {
    for (let at = s; at >= 0 && shown[at] === 0; at = opener[at]!) shown[at] = 1;
  };
  for (const position of positions) show(Math.min(position, count) - 1);
  for (let s = count - LAST; s < count; s++) show(s);
  return shown;
}
