import { element, type Segments } from '../scan/segments.ts';

/**
 * The levels of a set as HL01 and HL02 nest them, in the order of the file. A parent stands before its children (X12),
 * which leaves no room for circles.
 */
export type Hierarchy = {
  /** By level: its parent, -1 at the top. */
  readonly parents: number[];
  readonly depths: number[];
  /** HL01 → the first level that has it, from 0; absent as long as every HL01 is the count, as most senders have it. */
  ids: Map<string, number> | undefined;
};

/** Documents nest as deep as their levels do; no shipment is packed in more layers than this. */
export const MOST_LEVELS_DEEP = 50;

export type ParentFault = 'unknown' | 'itself' | 'deep';

export function startHierarchy(): Hierarchy {
  return { parents: [], depths: [], ids: undefined };
}

/** Adds the next level at the top; false when another has its id already. A level without an id is nobody's parent. */
export function addLevel(hierarchy: Hierarchy, segments: Segments, s: number): boolean {
  const level = hierarchy.parents.push(-1) - 1;
  hierarchy.depths.push(1);
  if (hierarchy.ids === undefined) {
    if (readCount(segments, s, 1) === level + 1) return true;
    hierarchy.ids = new Map(Array.from({ length: level }, (_, i) => [String(i + 1), i]));
  }
  const id = element(segments, s, 1);
  if (id === '') return true;
  if (hierarchy.ids.has(id)) return false;
  hierarchy.ids.set(id, level);
  return true;
}

/** The level that has an id, among those added so far. */
export function findLevel({ ids, parents }: Hierarchy, id: string): number | undefined {
  if (ids !== undefined) return ids.get(id);
  const count = Number(id);
  return String(count) === id && count >= 1 && count <= parents.length ? count - 1 : undefined;
}

/** Puts the last level below the one that HL02 names. */
export function placeLevel(hierarchy: Hierarchy, segments: Segments, s: number): ParentFault | undefined {
  const { parents, depths } = hierarchy;
  const level = parents.length - 1;
  const above = readParent(hierarchy, segments, s);
  if (above === undefined) return 'unknown';
  if (above === -1) return undefined;
  if (above === level) return 'itself';
  const depth = depths[above]! + 1;
  if (depth > MOST_LEVELS_DEEP) return 'deep';
  parents[level] = above;
  depths[level] = depth;
  return undefined;
}

/** -1 when HL02 is empty. */
function readParent(hierarchy: Hierarchy, segments: Segments, s: number): number | undefined {
  const count = hierarchy.ids === undefined ? readCount(segments, s, 2) : undefined;
  if (count !== undefined && count <= hierarchy.parents.length) return count - 1;
  const id = element(segments, s, 2);
  return id === '' ? -1 : findLevel(hierarchy, id);
}

/** An element as the number that it counts to, 0 when it is absent; undefined where it is anything but a plain count. */
function readCount({ bytes, edges, first }: Segments, s: number, e: number): number | undefined {
  const edge = first[s]! + e;
  if (edge + 1 >= first[s + 1]!) return 0;
  const start = edges[edge]!;
  const end = edges[edge + 1]! - 1;
  if (end - start > 9 || bytes[start] === ZERO) return undefined;
  let count = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    count = count * 10 + digit;
  }
  return count;
}

const ZERO = 48;
