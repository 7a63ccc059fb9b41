import type { Unmapped } from '../../domain/document.ts';
import type { Item } from '../compile/item.ts';
import type { DraftElement, WriteProblem } from './draft.ts';

/** The unmapped entries of a document by the place that each names. */
export type Leftovers = {
  /** By loop id and number. */
  readonly loops: Map<string, Map<number, Leftovers>>;
  /** By segment id and number. */
  readonly segments: Map<string, Map<number, Leftover>>;
};

export type Leftover = {
  whole: Unmapped['value'] | undefined;
  /** Path in the document: `unmapped[3]`. */
  path: string;
  readonly elements: {
    readonly position: number;
    readonly component: number;
    readonly value: DraftElement;
    readonly path: string;
  }[];
};

const STEP = /^([A-Z][A-Z0-9]{1,2})(?:\[(\d{1,6})\])?$/;
const LAST = /^(.+?)(?:-(\d{2})(?:-(\d{2}))?)?$/;

export function sortLeftovers(document: Item, problems: WriteProblem[]): Leftovers | undefined {
  const list = (document['unmapped'] ?? []) as readonly Unmapped[];
  if (list.length === 0) return undefined;
  const root: Leftovers = { loops: new Map(), segments: new Map() };
  for (const [i, entry] of list.entries()) {
    if (addEntry(root, entry, `unmapped[${i}]`)) continue;
    problems.push({ path: `unmapped[${i}].at`, message: `"${entry.at}" names no place in a set` });
  }
  return root;
}

function addEntry(root: Leftovers, { at, value }: Unmapped, path: string): boolean {
  const steps = at.split('/');
  const last = LAST.exec(steps.pop() ?? '');
  const place = STEP.exec(last?.[1] ?? '');
  if (last === null || place === null) return false;
  let here = root;
  for (const step of steps) {
    const match = STEP.exec(step);
    if (match === null) return false;
    here = getOrAdd(getOrAdd(here.loops, match[1]!, newMap<Leftovers>), Number(match[2] ?? 1), newLeftovers);
  }
  const found = getOrAdd(
    getOrAdd(here.segments, place[1]!, newMap<Leftover>),
    Number(place[2] ?? 1),
    newLeftover,
  );
  if (last[2] === undefined) {
    found.whole = value;
    found.path = path;
  } else {
    const element = draftOf(value[0] ?? '');
    found.elements.push({ position: Number(last[2]), component: Number(last[3] ?? 0), value: element, path });
  }
  return true;
}

/** Text, a composite, or what repeats: told apart by how deep the list is. */
export function draftOf(value: Unmapped['value'][number]): DraftElement {
  if (typeof value === 'string') return value;
  if (value.some((one) => typeof one !== 'string')) return { repeats: value.map((one) => [one].flat()) };
  return value.flat();
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

const newMap = <V>(): Map<number, V> => new Map();
const newLeftovers = (): Leftovers => ({ loops: new Map(), segments: new Map() });
const newLeftover = (): Leftover => ({ whole: undefined, path: '', elements: [] });
