import { element } from '../../x12/scan/segments.ts';
import { addLevel, placeLevel, startHierarchy } from '../../x12/validate/hierarchy.ts';
import type { Item } from '../compile/item.ts';
import type { TreeReader } from '../compile/read-program.ts';
import { type NestedLevel, note, type Run } from './read-segment.ts';

/** Levels that are written in another order than they came in: a parent, then all that is below it. */
export type MovedLevels = {
  readonly loop: number;
  /** By level in the order of the file: its number when written, from 1. */
  readonly numbers: Int32Array;
};

/**
 * Turns the list of levels into a tree, and checks what HL04 says. Where HL01 and HL02 make no tree, the levels stay
 * a list in the order of the file, with HL02 unmapped: which level was meant is never guessed.
 */
export function nestLevels(
  run: Run,
  slots: unknown[],
  tree: TreeReader,
): { noted: boolean; levels: MovedLevels | undefined } {
  const count = run.levels.length;
  const parents = findParents(run);
  const sizes = new Int32Array(count).fill(1);
  for (let i = count - 1; i >= 0; i--) if (parents[i]! >= 0) sizes[parents[i]!]! += sizes[i]!;
  const numbers = numberLevels(parents, sizes);
  const moved = numbers.some((number, i) => number !== i + 1);
  const noted = run.notes.length;
  const items = (slots[tree.slot] ?? []) as Item[];
  if (moved) for (let i = 0; i < count; i++) items[i] = keepId(run, items[i]!, i, numbers[i]!);
  for (const [i, s] of run.levels.entries()) {
    const said = tree.children ? element(run.segments, s, 4) : '';
    if (said !== '' && said !== (sizes[i]! > 1 ? '1' : '0')) note(run, s, 4);
    if (parents[i] === -1 && element(run.segments, s, 2) !== '') note(run, s, 2);
  }
  const roots = nest(items, parents);
  if (count > 0) slots[tree.slot] = roots;
  if (run.trace !== undefined) run.trace.nested(tree, pathsOf(items, parents, tree.path));
  return {
    noted: run.notes.length > noted,
    levels: moved ? { loop: tree.loop, numbers } : undefined,
  };
}

/** -1 at the top. */
function findParents(run: Run): Int32Array {
  const hierarchy = startHierarchy();
  for (const s of run.levels) {
    const unique = addLevel(hierarchy, run.segments, s);
    const fault = placeLevel(hierarchy, run.segments, s);
    if (!unique || fault !== undefined) return new Int32Array(run.levels.length).fill(-1);
  }
  return Int32Array.from(hierarchy.parents);
}

/** Each level stands behind its parent and all that is below its elder siblings. */
function numberLevels(parents: Int32Array, sizes: Int32Array): Int32Array {
  const numbers = new Int32Array(parents.length);
  const next = new Int32Array(parents.length);
  let top = 1;
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i]!;
    numbers[i] = parent < 0 ? top : next[parent]!;
    if (parent < 0) top += sizes[i]!;
    else next[parent]! += sizes[i]!;
    next[i] = numbers[i]! + 1;
  }
  return numbers;
}

/** HL01 is in the document only where it is not the count. */
function keepId(run: Run, item: Item, level: number, number: number): Item {
  const { id: _, ...rest } = item;
  const sent = element(run.segments, run.levels[level]!, 1);
  return sent === '' || sent === String(number) ? rest : { id: sent, ...rest };
}

function nest(items: readonly Item[], parents: Int32Array): Item[] {
  const roots: Item[] = [];
  for (const [i, item] of items.entries()) {
    const parent = items[parents[i]!] as { children?: Item[] } | undefined;
    if (parent === undefined) roots.push(item);
    else if (parent.children === undefined) parent.children = [item];
    else parent.children.push(item);
  }
  return roots;
}

function pathsOf(items: readonly Item[], parents: Int32Array, path: string): readonly NestedLevel[] {
  const levels: NestedLevel[] = [];
  const below = new Int32Array(items.length);
  let top = 0;
  for (const [i, item] of items.entries()) {
    const parent = parents[i]!;
    const at = parent < 0 ? `${path}[${top++}]` : `${levels[parent]!.path}.children[${below[parent]!++}]`;
    levels.push({ path: at, keepsId: item['id'] !== undefined });
  }
  return levels;
}
