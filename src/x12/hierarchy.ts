/**
 * The levels of a set as HL01 and HL02 nest them, in the order of the file. A parent stands before its children (X12),
 * which leaves no room for circles.
 */
export type Hierarchy = {
  /** HL01 → the first level that has it, from 0. */
  readonly ids: Map<string, number>;
  /** By level: its parent, -1 at the top. */
  readonly parents: number[];
  readonly depths: number[];
};

/** Documents nest as deep as their levels do; no shipment is packed in more layers than this. */
export const MOST_LEVELS_DEEP = 50;

export type ParentFault = 'unknown' | 'itself' | 'deep';

export function startHierarchy(): Hierarchy {
  return { ids: new Map(), parents: [], depths: [] };
}

/** Adds the next level at the top; false when another has its id already. A level without an id is nobody's parent. */
export function addLevel({ ids, parents, depths }: Hierarchy, id: string): boolean {
  const level = parents.push(-1) - 1;
  depths.push(1);
  if (id === '') return true;
  if (ids.has(id)) return false;
  ids.set(id, level);
  return true;
}

/** Puts the last level below the one that HL02 names. */
export function placeLevel(hierarchy: Hierarchy, parent: string): ParentFault | undefined {
  if (parent === '') return undefined;
  const { ids, parents, depths } = hierarchy;
  const level = parents.length - 1;
  const above = ids.get(parent);
  if (above === undefined) return 'unknown';
  if (above === level) return 'itself';
  const depth = depths[above]! + 1;
  if (depth > MOST_LEVELS_DEEP) return 'deep';
  parents[level] = above;
  depths[level] = depth;
  return undefined;
}
