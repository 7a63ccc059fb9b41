import { type Segments, segmentId } from '../scan/segments.ts';
import { type CompiledSet, type Move, segmentSlot } from '../standard/compile.ts';
import { movesFrom } from '../standard/moves.ts';
import { tolerateId } from '../tolerate/tolerate.ts';
import { checkLevel, type Levels, startLevels, warnOfChildren } from './check-hierarchy.ts';
import { checkSegment } from './check-segment.ts';
import { addSegmentFinding, type Findings, withdrawMissing } from './findings.ts';

/** Where in the set reading stands. */
type Walk = {
  readonly set: CompiledSet;
  readonly segments: Segments;
  readonly findings: Findings;
  /** Node of the last segment that fitted. */
  at: number;
  /** Times each node was used in the current turn of its loop, and each loop in that of its parent. */
  readonly uses: Int32Array;
  readonly turns: Int32Array;
};

/**
 * Walks the segments of a set through its definition: `nodes[s]` becomes the node of segment `s`, -1 where it fits
 * nowhere, and every breach of order, use or content becomes a finding.
 */
export function validateSet(
  set: CompiledSet,
  segments: Segments,
  nodes: Int32Array,
  findings: Findings,
): void {
  const { nodes: places, loops } = set.definition;
  const uses = new Int32Array(places.length);
  const turns = new Int32Array(loops.length);
  const walk: Walk = { set, segments, findings, at: 0, uses, turns };
  uses[0] = 1;
  nodes[0] = 0;
  let levels: Levels | undefined;
  const { bytes, edges, first, count } = segments;
  for (let s = 1; s < count; s++) {
    const edge = first[s]!;
    const start = edges[edge]!;
    const size = edges[edge + 1]! - 1 - start;
    const id =
      size === 2 || size === 3
        ? segmentSlot(bytes[start]!, bytes[start + 1]!, size === 3 ? bytes[start + 2]! : -1)
        : 0;
    let slot = set.slots[id]! - 1;
    if (slot < 0) slot = tolerateId(findings, { segments, s, loop: loopOf(walk, walk.at) }, set.slots);
    const node = slot < 0 ? refuseSegment(walk, s, '1') : placeSegment(walk, s, slot);
    nodes[s] = node;
    // ST and SE are the envelope's matter: AK502 says what is wrong with them.
    if (node >= 0 && node < places.length - 1)
      checkSegment(set.segments[slot]!, segments, s, loopOf(walk, node), findings);
    if (node >= 0 && node === set.levelNode) {
      levels ??= startLevels();
      checkLevel(levels, set.segments[slot]!, segments, s, loopOf(walk, node), findings);
    }
  }
  if (levels !== undefined) warnOfChildren(levels, segments, findings);
}

function placeSegment(walk: Walk, s: number, slot: number): number {
  const { set } = walk;
  if (!set.used[slot]) return refuseSegment(walk, s, '6');
  const moves = movesFrom(set, walk.at, slot);
  for (const move of moves) if (hasRoom(walk, move)) return takeMove(walk, s, move);
  const full = moves[0];
  if (full === undefined) return placeStray(walk, s, slot);
  const { segment, repeat, loop } = set.definition.nodes[full.target]!;
  if (full.opens >= 0) {
    const most = set.definition.loops[full.opens]!.repeat;
    find(walk, s, full.target, '4', `loop ${segment} occurs more than ${most} times`);
  } else {
    const where = set.definition.loops[loop]!.path;
    find(
      walk,
      s,
      full.target,
      '5',
      `${segment} occurs more than ${times(repeat)}${where === '' ? '' : ` in loop ${where}`}`,
    );
  }
  return takeMove(walk, s, full);
}

function hasRoom(walk: Walk, move: Move): boolean {
  const { nodes, loops } = walk.set.definition;
  if (move.opens >= 0) return walk.turns[move.opens]! < loops[move.opens]!.repeat;
  return walk.uses[move.target]! < nodes[move.target]!.repeat;
}

function takeMove(walk: Walk, s: number, move: Move): number {
  const { uses } = walk;
  if (move.passes.length > 0) tellMissing(walk, s, move);
  if (move.opens >= 0) beginTurn(walk, move.opens);
  else uses[move.target] = uses[move.target]! + 1;
  walk.at = move.target;
  return move.target;
}

function beginTurn(walk: Walk, loop: number): void {
  const { set, uses, turns } = walk;
  const opener = set.definition.loops[loop]!.firstNode;
  const [lastNode, lastLoop] = [set.lastNodes[loop]!, set.lastLoops[loop]!];
  for (let node = opener; node <= lastNode; node++) uses[node] = 0;
  for (let inner = loop + 1; inner <= lastLoop; inner++) turns[inner] = 0;
  turns[loop] = turns[loop]! + 1;
  uses[opener] = 1;
}

function tellMissing(walk: Walk, s: number, move: Move): void {
  const { nodes, loops } = walk.set.definition;
  for (const passed of move.passes) {
    const node = nodes[passed]!;
    const seen = node.opens ? walk.turns[node.loop]! : walk.uses[passed]!;
    if (seen > 0) continue;
    const what = node.opens ? `loop ${loops[node.loop]!.path}` : node.segment;
    find(walk, s, passed, '3', `${what} is missing: it is mandatory before ${segmentId(walk.segments, s)}`);
  }
}

/** A segment that cannot follow here: it may belong further up (7), or in a loop that is not open (2). */
function placeStray(walk: Walk, s: number, slot: number): number {
  const { nodes, loops } = walk.set.definition;
  const id = walk.set.segments[slot]!.definition.id;
  for (let loop = loops[nodes[walk.at]!.loop]; loop !== undefined; loop = loops[loop.parent ?? -1]) {
    for (let index = walk.at - 1; index >= loop.firstNode; index--) {
      const node = nodes[index]!;
      const opens = node.opens && loops[node.loop]!.parent === loop.index;
      if (node.segment === id && (node.loop === loop.index || opens)) return placeLate(walk, s, index, opens);
    }
  }
  return refuseSegment(walk, s, '2');
}

function placeLate(walk: Walk, s: number, index: number, opens: boolean): number {
  const { nodes, loops } = walk.set.definition;
  const node = nodes[index]!;
  const before = nodes[walk.at]!.segment;
  if (!opens && walk.uses[index]! >= node.repeat) {
    find(walk, s, index, '5', `${node.segment} occurs more than ${times(node.repeat)}`);
  } else {
    withdrawMissing(walk.findings, node.segment, loopOf(walk, index));
    find(walk, s, index, '7', `${node.segment} belongs before ${before}`);
  }
  if (opens) {
    // The segments of a misplaced loop are its own: without this each of them would be refused as well.
    const loop = loops[node.loop]!.index;
    walk.at = index;
    beginTurn(walk, loop);
  } else {
    walk.uses[index] = walk.uses[index]! + 1;
  }
  return index;
}

function refuseSegment(walk: Walk, s: number, code: '1' | '2' | '6'): number {
  const id = segmentId(walk.segments, s);
  const after = walk.set.definition.nodes[walk.at]!.segment;
  const { set } = walk.set.definition;
  const messages = {
    '1': `"${id.slice(0, 20)}" is no segment of this version`,
    '2': `${id} is not expected after ${after}: the loop that it belongs to is not open`,
    '6': `${id} is not part of set ${set}`,
  };
  const place = { segments: walk.segments, s, loop: loopOf(walk, walk.at) };
  addSegmentFinding(walk.findings, place, id, code, messages[code]);
  return -1;
}

function find(walk: Walk, s: number, node: number, code: '3' | '4' | '5' | '7', message: string): void {
  const id = walk.set.definition.nodes[node]!.segment;
  addSegmentFinding(
    walk.findings,
    { segments: walk.segments, s, loop: loopOf(walk, node) },
    id,
    code,
    message,
  );
}

function loopOf(walk: Walk, node: number): string | undefined {
  const { nodes, loops } = walk.set.definition;
  const loop = nodes[node]!.loop;
  return loop === 0 ? undefined : loops[loop]!.id;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
