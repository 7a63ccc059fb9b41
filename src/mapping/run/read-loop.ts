import type { Segments } from '../../x12/scan/segments.ts';
import { push } from '../compile/compile-span.ts';
import type { LoopReader, TreeReader } from '../compile/read-program.ts';
import {
  DROPPED,
  finishSlots,
  type LoopFrame,
  matches,
  NONE,
  note,
  type Run,
  readElements,
  readSegment,
} from './read-segment.ts';

/** Reads one segment in its place, which may end loops and begin one. */
export function readPlace(run: Run, s: number): void {
  const { loopOf, opens, depthOf } = run.program;
  const node = run.nodes[s]!;
  if (node < 0) {
    if (!isEnvelope(run.segments, s)) note(run, s, 0);
    return;
  }
  const depth = depthOf[loopOf[node]!]!;
  if (opens[node] === 1) {
    closeLoops(run, depth, s);
    openLoop(run, s, node, depth);
  } else {
    if (run.open > depth) closeLoops(run, depth + 1, s);
    if (!isEnvelope(run.segments, s)) readSegment(run, run.frames[depth]!, s, node);
  }
}

function isEnvelope({ text, edges, first, count }: Segments, s: number): boolean {
  if (s !== 0 && s !== count - 1) return false;
  const start = edges[first[s]!]!;
  if (text.charCodeAt(start) !== 83 || edges[first[s]! + 1]! - start !== 3) return false;
  return text.charCodeAt(start + 1) === (s === 0 ? 84 : 69);
}

function openLoop(run: Run, s: number, node: number, depth: number): void {
  const loop = run.program.loopOf[node]!;
  const above = run.frames[depth - 1]!;
  const frame = run.frames[depth]!;
  run.open = depth;
  const choices = above.reader === undefined ? undefined : above.reader.loops[loop];
  const reader = choices === undefined ? undefined : chooseLoop(run, choices, above.instance, s, 0);
  if (reader === undefined) {
    frame.reader = undefined;
    note(run, s, 0);
    return;
  }
  takeLoop(run, frame, above, reader, s);
}

function takeLoop(run: Run, frame: LoopFrame, above: LoopFrame, reader: LoopReader, s: number): void {
  reader.taken = above.instance;
  run.ranks[s] = reader.rank;
  frame.reader = reader;
  frame.slots = reader.slots ?? above.slots;
  frame.owner = reader.slots === undefined ? above.owner : frame;
  frame.touched = 0;
  frame.instance = run.program.instances++;
  frame.opener = s;
  frame.filled = run.filled;
  frame.kept = run.kept;
  frame.noted = run.notes.length;
  const opener = reader.segments[run.nodes[s]!]?.[0];
  if (opener === undefined) return;
  readElements(run, frame, opener, s);
  frame.owner!.touched |= opener.bit;
  if (run.filled > frame.filled && opener.keeps === 'always') run.kept++;
}

/** Of the bindings for this loop, the first that is free and whose literals are there. */
function chooseLoop(
  run: Run,
  choices: readonly LoopReader[],
  instance: number,
  s: number,
  from: number,
): LoopReader | undefined {
  for (let i = from; i < choices.length; i++) {
    const one = choices[i]!;
    if (one.once && one.taken === instance) continue;
    if (matches(run, s, one.literals)) return one;
  }
  return undefined;
}

/** `end`: the segment behind the last of theirs. */
export function closeLoops(run: Run, depth: number, end: number): void {
  for (; run.open >= depth; run.open--) {
    const frame = run.frames[run.open]!;
    if (frame.reader !== undefined) closeLoop(run, frame, frame.reader, end);
  }
}

function closeLoop(run: Run, frame: LoopFrame, reader: LoopReader, end: number): void {
  if (reader.tree !== undefined) {
    closeLevel(run, frame, reader, reader.tree);
    return;
  }
  const left = run.notes.length > frame.noted;
  // A binding that took no value keeps the segment as sent, literals and all.
  if (run.filled === frame.filled) {
    reader.taken = 0;
    if (!readAgain(run, frame, end)) keepWhole(run, frame.opener);
    return;
  }
  if (left && reader.readOnly) {
    keepInstance(run, frame, reader, end);
    return;
  }
  if (reader.build !== undefined) {
    const above = frame.above!.slots;
    finishSlots(run, frame, undefined, ((above[reader.slot] as unknown[] | undefined)?.length ?? 0) + 1);
    push(above, reader.slot, reader.build(frame.slots, frame.touched) ?? {});
    frame.above!.owner!.touched |= reader.bit;
    if (reader.readOnly) run.kept = frame.kept;
  }
  if (run.kept > frame.kept) return;
  // All its values are written elsewhere: what is left of it needs its first segment.
  if (reader.build === undefined) reader.taken = 0;
  if (!left) run.ranks[frame.opener] = DROPPED;
  else if (reader.build !== undefined || !readAgain(run, frame, end)) keepWhole(run, frame.opener);
}

/** A list that is written elsewhere cannot keep what this instance has beyond its item: all of it is unmapped. */
function keepInstance(run: Run, frame: LoopFrame, reader: LoopReader, end: number): void {
  reader.slots!.fill(undefined);
  run.filled = frame.filled;
  run.kept = frame.kept;
  run.notes.length = frame.noted;
  for (let s = frame.opener; s < end; s++) keepWhole(run, s);
}

/** The binding found no value in the instance that it would write: the next that fits reads what there is. */
function readAgain(run: Run, frame: LoopFrame, end: number): boolean {
  const s = frame.opener;
  const above = frame.above!;
  const choices = above.reader!.loops[run.program.loopOf[run.nodes[s]!]!]!;
  const next = chooseLoop(run, choices, above.instance, s, choices.indexOf(frame.reader!) + 1);
  if (next === undefined) return false;
  run.trace?.withdrawn(s);
  run.notes.length = frame.noted;
  const depth = run.open;
  takeLoop(run, frame, above, next, s);
  for (let inner = s + 1; inner < end; inner++) if (run.ranks[inner] !== DROPPED) readPlace(run, inner);
  closeLoops(run, depth, end);
  // The caller steps down from here.
  run.open = depth;
  return true;
}

/** A level is an item whatever it holds, so that levels and HL segments count alike. */
function closeLevel(
  run: Run,
  frame: LoopFrame,
  { build, bit }: LoopReader,
  { slot, idSlot }: TreeReader,
): void {
  const { slots, opener } = frame;
  const number = run.levels.push(opener);
  finishSlots(run, frame, undefined, number);
  if (slots[idSlot] === String(number)) slots[idSlot] = undefined;
  push(frame.above!.slots, slot, build!(slots, frame.touched) ?? {});
  frame.above!.owner!.touched |= bit;
}

function keepWhole(run: Run, opener: number): void {
  run.ranks[opener] = NONE;
  note(run, opener, 0);
  run.trace?.withdrawn(opener);
}
