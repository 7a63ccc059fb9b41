import { type Segments, segmentId } from '../../x12/scan/segments.ts';
import type { ReadProgram } from '../compile/read-program.ts';
import type { MovedLevels } from './nest-levels.ts';
import { DROPPED } from './read-segment.ts';

/** What a reading left over, by segment, element (0 the whole segment) and component (0 the whole element). */
export type Notes = {
  readonly program: ReadProgram;
  readonly segments: Segments;
  readonly nodes: Int32Array;
  readonly ranks: Int16Array;
  readonly flat: readonly number[];
  readonly inOrder: boolean;
  readonly levels: MovedLevels | undefined;
};

export type Note = { readonly s: number; readonly e: number; readonly c: number };

/** A loop instance; `index` counts from 1 among those of the instance above. */
export type Instance = {
  readonly above: Instance | undefined;
  readonly loop: number;
  readonly s: number;
  index: number;
};

/** Where counting stands. Instances become objects only where something unmapped lies in them. */
export type Count = {
  readonly noted: ReadonlySet<number>;
  /** By node and by loop: whether its segments or instances must be counted, because something unmapped lies there. */
  readonly wanted: Uint8Array;
  readonly wantedLoops: Uint8Array;
  readonly tally: Tally;
  /** By depth: loop, number and first segment of the open instance, and the instance itself once made. */
  readonly loops: number[];
  readonly indexes: number[];
  readonly openers: number[];
  readonly made: (Instance | undefined)[];
  readonly instanceOf: Map<number, Instance | undefined>;
  readonly ordinalOf: Map<number, number>;
  /** Places that several bindings share: numbered when all are known. */
  readonly shared: Map<string, { readonly s: number; readonly set: (index: number) => void }[]>;
};

/** How often a place was met in the instance at hand, told by its first segment. */
type Tally = { readonly counts: Int32Array; readonly within: Int32Array };

export function startCount({ program, nodes }: Notes, list: readonly Note[]): Count {
  const { loops } = program.set;
  const { counts, within } = program.scratch;
  within.fill(-1);
  const wanted = program.scratch.wanted.fill(0);
  // A segment out of its place may lie in any loop.
  const wantedLoops = program.scratch.wantedLoops.fill(list.some(({ s }) => nodes[s]! < 0) ? 1 : 0);
  for (const { s } of list) {
    if (nodes[s]! < 0) continue;
    wanted[nodes[s]!] = 1;
    let loop: number | undefined = program.loopOf[nodes[s]!]!;
    for (; loop !== undefined && wantedLoops[loop] === 0; loop = loops[loop]!.parent) wantedLoops[loop] = 1;
  }
  return {
    noted: new Set(list.map(({ s }) => s)),
    wanted,
    wantedLoops,
    tally: { counts, within },
    loops: [0],
    indexes: [1],
    openers: [0],
    made: [undefined],
    instanceOf: new Map(),
    ordinalOf: new Map(),
    shared: new Map(),
  };
}

/** The instance that each noted segment lies in, and its ordinal among its namesakes there. */
export function countPlaces(notes: Notes, count: Count): void {
  const { program, segments, nodes } = notes;
  let depth = 0;
  for (let s = 0; s < segments.count; s++) {
    const node = nodes[s]!;
    const noted = count.noted.has(s);
    if (node < 0) {
      if (!noted) continue;
    } else {
      const loop = program.loopOf[node]!;
      depth = program.depthOf[loop]!;
      // What is not written again is not counted, and nothing unmapped lies in it.
      if (notes.ranks[s] === DROPPED) continue;
      if (program.opens[node] === 1) openInstance(notes, count, depth, loop, s);
    }
    if (noted) count.instanceOf.set(s, makeInstance(count, depth));
    if (node < 0 || (count.wanted[node] === 1 && program.opens[node] === 0))
      countSegment(notes, count, depth, s);
  }
  for (const group of count.shared.values()) numberShared(group, notes.ranks);
}

function openInstance(
  { program, levels }: Notes,
  count: Count,
  depth: number,
  loop: number,
  s: number,
): void {
  const opener = count.openers[depth - 1]!;
  count.loops[depth] = loop;
  const index = countOne(count.tally, program.set.nodes.length + loop, opener);
  count.indexes[depth] = levels?.loop === loop ? levels.numbers[index - 1]! : index;
  count.openers[depth] = s;
  count.made[depth] = undefined;
  if (count.wantedLoops[loop] === 0 || !program.sharedLoops.has(loop)) return;
  const instance = makeInstance(count, depth)!;
  share(count, `${opener}/${loop}`, s, (index) => {
    instance.index = index;
  });
}

function makeInstance(count: Count, depth: number): Instance | undefined {
  if (depth === 0) return undefined;
  const there = count.made[depth];
  if (there !== undefined) return there;
  const above = makeInstance(count, depth - 1);
  const made = { above, loop: count.loops[depth]!, s: count.openers[depth]!, index: count.indexes[depth]! };
  count.made[depth] = made;
  return made;
}

function countSegment(notes: Notes, count: Count, depth: number, s: number): void {
  const opener = count.openers[depth]!;
  const node = notes.nodes[s]! < 0 ? misfitNode(notes, count.loops[depth]!, s) : notes.nodes[s]!;
  if (node === undefined || notes.program.sharedNodes.has(node)) {
    const key = node === undefined ? segmentId(notes.segments, s) : `#${node}`;
    share(count, `${opener}/${key}`, s, (index) => void count.ordinalOf.set(s, index));
  } else {
    count.ordinalOf.set(s, countOne(count.tally, node, opener));
  }
}

/** A segment out of its place counts with those of its name that are in theirs, if the loop has such a place. */
function misfitNode({ program, segments }: Notes, loop: number, s: number): number | undefined {
  const id = segmentId(segments, s);
  return program.set.nodes.find((node) => node.loop === loop && node.segment === id)?.index;
}

function countOne({ counts, within }: Tally, place: number, opener: number): number {
  counts[place] = within[place] === opener ? counts[place]! + 1 : 1;
  within[place] = opener;
  return counts[place]!;
}

function share(count: Count, key: string, s: number, set: (index: number) => void): void {
  const group = count.shared.get(key);
  if (group === undefined) count.shared.set(key, [{ s, set }]);
  else group.push({ s, set });
}

function numberShared(
  group: readonly { readonly s: number; readonly set: (index: number) => void }[],
  ranks: Int16Array,
): void {
  const mapped = group.flatMap((one, i) => (ranks[one.s]! >= 0 ? [{ one, i }] : []));
  const places = mapped.map(({ i }) => i);
  mapped.sort((a, b) => ranks[a.one.s]! - ranks[b.one.s]! || a.i - b.i);
  for (const [i, one] of group.entries()) if (ranks[one.s]! < 0) one.set(i + 1);
  for (const [i, { one }] of mapped.entries()) one.set(places[i]! + 1);
}
