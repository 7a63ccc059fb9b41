import type { CompiledSet, Move } from './compile.ts';
import type { LoopNode, SegmentNode } from './definition.ts';

/**
 * Where the segment of `slot` can go after `node`: again in its place, further on in its loop, as a new turn of the
 * loop, and then the same one loop further out. The order is that of preference: by position, as X12 resolves it.
 */
export function movesFrom(set: CompiledSet, node: number, slot: number): readonly Move[] {
  let after = set.moves[node];
  if (after === undefined) {
    // Without holes: one sparse table for all nodes would be looked up as a hash table.
    after = new Array(set.segments.length).fill(undefined);
    set.moves[node] = after;
  }
  let moves = after[slot];
  if (moves === undefined) {
    moves = findMoves(set, node, set.segments[slot]!.definition.id);
    after[slot] = moves;
  }
  return moves;
}

function findMoves(set: CompiledSet, from: number, segment: string): Move[] {
  const { nodes, loops } = set.definition;
  const moves: Move[] = [];
  const here = nodes[from]!;
  if (here.segment === segment && !here.opens) moves.push({ target: from, opens: -1, passes: [] });
  const passes: number[] = [];
  let loop = loops[here.loop]!;
  let after = from;
  for (;;) {
    for (const child of childrenAfter(set, loop, after)) {
      if (child.segment === segment) {
        const opens = child.loop === loop.index ? -1 : child.loop;
        moves.push({ target: child.index, opens, passes: [...passes] });
      }
      const mandatory = child.loop === loop.index ? child.mandatory : loops[child.loop]!.mandatory;
      if (mandatory) passes.push(child.index);
    }
    if (loop.parent === undefined) return moves;
    if (nodes[loop.firstNode]!.segment === segment) {
      moves.push({ target: loop.firstNode, opens: loop.index, passes: [...passes] });
    }
    after = set.lastNodes[loop.index]!;
    loop = loops[loop.parent]!;
  }
}

/** The places of a loop behind a node: its own segments, and the openers of the loops directly inside it. */
function childrenAfter(set: CompiledSet, loop: LoopNode, after: number): SegmentNode[] {
  const { nodes, loops } = set.definition;
  const last = loop.index === 0 ? nodes.length - 1 : set.lastNodes[loop.index]!;
  return nodes
    .slice(after + 1, last + 1)
    .filter((node) => node.loop === loop.index || (node.opens && loops[node.loop]!.parent === loop.index));
}
