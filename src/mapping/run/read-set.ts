import type { CompiledMap } from '../compile/compile-map.ts';
import { sameTotal } from '../compile/computed.ts';
import type { LoopReader, ReadProgram } from '../compile/read-program.ts';
import { FINISHED } from '../compile/touched.ts';
import type { Notes } from './count-places.ts';
import { nestLevels } from './nest-levels.ts';
import { closeLoops, readPlace } from './read-loop.ts';
import {
  finishSlots,
  type LoopFrame,
  NONE,
  note,
  type ReadInput,
  type Run,
  type Trace,
} from './read-segment.ts';
import { nameUnmapped } from './unmapped-names.ts';

const NO_SLOTS: unknown[] = [];

/** The canonical document of a validated set; what the map does not name is under `unmapped`. */
export function readSet(map: CompiledMap, input: ReadInput): Record<string, unknown> {
  return runRead(map.read, input);
}

export function runRead(program: ReadProgram, input: ReadInput, trace?: Trace): Record<string, unknown> {
  const run = startRun(program, input, trace);
  const { count } = input.segments;
  for (let s = 0; s < count; s++) readPlace(run, s);
  closeLoops(run, 1, count);
  const document = finishDocument(run, input.source);
  program.busy = false;
  return document;
}

function startRun(program: ReadProgram, { segments, nodes }: ReadInput, trace: Trace | undefined): Run {
  if (program.busy) clearSlots(program.root);
  program.busy = true;
  const { scratch } = program;
  if (scratch.ranks.length < segments.count) scratch.ranks = new Int16Array(segments.count * 2);
  const root: LoopFrame = {
    reader: program.root,
    slots: program.root.slots!,
    instance: program.instances++,
    opener: -1,
    touched: 0,
    owner: undefined,
    filled: 0,
    kept: 0,
    noted: 0,
    above: undefined,
  };
  root.owner = root;
  const frames = [root];
  for (let depth = 1; depth < program.depth; depth++) {
    frames.push({ ...root, reader: undefined, slots: NO_SLOTS, above: frames[depth - 1] });
  }
  return {
    program,
    segments,
    nodes,
    frames,
    open: 0,
    ranks: scratch.ranks.fill(NONE, 0, segments.count),
    notes: [],
    levels: [],
    trace,
    text: segments.text,
    edges: segments.edges,
    last: 0,
    encoded: false,
    component: segments.separators.component,
    repetition: segments.separators.repetition ?? -1,
    segment: 0,
    element: 0,
    repeats: false,
    filled: 0,
    kept: 0,
    pending: [],
    components: [],
  };
}

function clearSlots(loop: LoopReader): void {
  loop.slots?.fill(undefined);
  for (const segment of loop.segments.flatMap((choices) => choices ?? [])) segment.slots?.fill(undefined);
  for (const inner of loop.loops.flatMap((choices) => choices ?? [])) clearSlots(inner);
}

function finishDocument(run: Run, source: unknown): Record<string, unknown> {
  const { program } = run;
  const { slots } = run.frames[0]!;
  const { root } = program;
  finishSlots(run, run.frames[0]!, undefined, 1);
  if (program.sourceSlot >= 0) slots[program.sourceSlot] = source;
  const { touched } = run.frames[0]!;
  const tree = program.tree === undefined ? undefined : nestLevels(run, slots, program.tree);
  const document = root.build!(slots, touched | FINISHED)!;
  let wrong = tree?.noted === true;
  for (const { segment, element, sent, compute } of run.pending) {
    if (sameTotal(sent, compute(document))) continue;
    note(run, segment, element);
    wrong = true;
  }
  if (run.notes.length === 0) return document;
  const notes: Notes = { ...run, flat: run.notes, inOrder: !wrong, levels: tree?.levels };
  document['unmapped'] = nameUnmapped(notes, run.trace?.unmapped);
  return document;
}
