import type { SegmentNode, SetDefinition } from '../standard/definition.ts';
import type { SourceSet } from './source.ts';

/** One turn of a loop in a document, or the set itself; `first` and `last` count from ST, which is 0. */
export type Instance = {
  readonly loop: number;
  readonly first: number;
  last: number;
  readonly parent: Instance | undefined;
  readonly inner: Instance[];
};

/** The set as the turns of its loops, outer ones first. */
export function findInstances({ definition, places }: SourceSet): readonly Instance[] {
  const whole: Instance = { loop: 0, first: 0, last: 0, parent: undefined, inner: [] };
  const all = [whole];
  let open = whole;
  places.forEach(({ loop, opens }, s) => {
    const outer = opens ? definition.loops[loop]!.parent : loop;
    while (open.loop !== outer) open = open.parent!;
    if (opens) {
      const turn: Instance = { loop, first: s, last: s, parent: open, inner: [] };
      open.inner.push(turn);
      all.push(turn);
      open = turn;
    }
    for (let one: Instance | undefined = open; one !== undefined; one = one.parent) one.last = s;
  });
  return all;
}

const followers = new WeakMap<SetDefinition, Map<SegmentNode, readonly SegmentNode[]>>();

/**
 * The places where `id` could stand behind a place, nearest first as X12 resolves it: there again, further on in the
 * loop, as a new turn of the loop, then the same around that loop. Whether there is room is not asked.
 */
export function placesBehind(set: SetDefinition, node: SegmentNode, id: string): readonly SegmentNode[] {
  let known = followers.get(set);
  if (known === undefined) {
    known = new Map();
    followers.set(set, known);
  }
  let all = known.get(node);
  if (all === undefined) {
    all = findFollowers(set, node);
    known.set(node, all);
  }
  return all.filter(({ segment }) => segment === id);
}

function findFollowers({ nodes, loops }: SetDefinition, node: SegmentNode): SegmentNode[] {
  const found = node.opens ? [] : [node];
  let behind = node.index;
  for (let loop = loops[node.loop]; loop !== undefined; loop = loops[loop.parent ?? -1]) {
    const { index, parent, firstNode } = loop;
    const within = nodes.filter((one) => isWithin({ nodes, loops }, one, index));
    const direct = (one: SegmentNode) =>
      one.loop === index || (one.opens && loops[one.loop]!.parent === index);
    found.push(...within.filter((one) => one.index > behind && direct(one)));
    if (parent !== undefined) found.push(nodes[firstNode]!);
    behind = Math.max(behind, within.at(-1)!.index);
  }
  return found;
}

/** Whether a place lies in a loop, however deep. */
export function isWithin(
  set: Pick<SetDefinition, 'nodes' | 'loops'>,
  node: SegmentNode,
  loop: number,
): boolean {
  for (let at: number | undefined = node.loop; at !== undefined; at = set.loops[at]!.parent) {
    if (at === loop) return true;
  }
  return false;
}
