import type { Segments } from '../../x12/scan/segments.ts';
import { push, type Reading, repeatsAt } from '../compile/compile-span.ts';
import type { LoopReader, ReadProgram, SegmentReader, TreeReader } from '../compile/read-program.ts';
import { FINISHED } from '../compile/touched.ts';
import type { ElementPlan, Literal } from '../language/plan.ts';

/** A validated set, as the validator leaves it. */
export type ReadInput = {
  readonly segments: Segments;
  /** Per segment the index of its place in the set's definition, -1 where it fits nowhere. */
  readonly nodes: Int32Array;
  /** Goes into the document as it is. */
  readonly source?: unknown;
};

/** Told where each value comes from; only `explainRead` listens. */
export type Trace = {
  readonly taken: (
    frame: LoopFrame,
    segment: SegmentReader,
    slots: readonly unknown[],
    s: number,
    e: number,
  ) => void;
  /** The binding that took segment `s` found no value in it. */
  readonly withdrawn: (s: number) => void;
  /** `| default` or `| ordinal` filled a slot of the item that ends: that of the loop, or of a segment in it. */
  readonly ruled: (frame: LoopFrame, segment: SegmentReader | undefined, slot: number, rule: string) => void;
  /** Where each level of a tree has gone, in the order of the file. */
  readonly nested: (tree: TreeReader, levels: readonly NestedLevel[]) => void;
  /** Entry `index` of `unmapped`; element 0 is the whole segment. */
  readonly unmapped: (index: number, s: number, e: number, c: number) => void;
};

export type NestedLevel = {
  /** `levels[0].children[2]`. */
  readonly path: string;
  /** Whether its HL01 is kept in the document. */
  readonly keepsId: boolean;
};

/** One loop instance that is open. `reader` is absent inside a loop that nothing binds. */
export type LoopFrame = {
  reader: LoopReader | undefined;
  slots: unknown[];
  /** Unique in this reading: tells a binding that it was already taken here. */
  instance: number;
  opener: number;
  /** Bindings that have filled slots, of all frames that share them: kept in the `owner`. */
  touched: number;
  owner: LoopFrame | undefined;
  /** What had been read when it was opened. */
  filled: number;
  kept: number;
  noted: number;
  above: LoopFrame | undefined;
};

export type Run = Reading & {
  readonly program: ReadProgram;
  readonly segments: Segments;
  readonly nodes: Int32Array;
  readonly frames: LoopFrame[];
  open: number;
  /** Per segment the turn in which it will be written (`rank` of the binding that took it), NONE, or DROPPED. */
  readonly ranks: Int16Array;
  /** Segment, element, component of everything unmapped; element 0 is the whole segment. */
  readonly notes: number[];
  /** First segments of the levels of a tree. */
  readonly levels: number[];
  readonly trace: Trace | undefined;
};

/** One binding fills the item: all of it may be filled. */
const ALL = -1;

/** No binding took the segment: it is unmapped whole, and written back. */
export const NONE = -1;
/** All that it holds is written elsewhere: the segment itself is not written again. */
export const DROPPED = -2;

export function note(run: Run, s: number, e: number): void {
  run.notes.push(s, e, 0);
}

export function readSegment(run: Run, frame: LoopFrame, s: number, node: number): void {
  const choices = frame.reader?.segments[node];
  if (choices !== undefined) {
    for (let i = 0; i < choices.length; i++) {
      const one = choices[i]!;
      if (one.once && one.taken === frame.instance) continue;
      if (one.literals.length > 0 && !matches(run, s, one.literals)) continue;
      if (one.yields.length > 0 && stepsBack(run, one, frame.slots, s)) continue;
      if (readChoice(run, frame, one, s)) return;
    }
  }
  note(run, s, 0);
}

/** Another binding has filled one of its fields with another value: leave the segment to the next. */
function stepsBack(run: Run, reader: SegmentReader, slots: readonly unknown[], s: number): boolean {
  for (const { position, slot, read } of reader.yields) {
    if (slots[slot] === undefined) continue;
    const edge = run.segments.first[s]! + position;
    if (edge + 1 >= run.segments.first[s + 1]!) continue;
    const [start, end] = [run.edges[edge]!, run.edges[edge + 1]! - 1];
    run.encoded = isEncoded(run, s);
    if (start < end && read(run, start, end) !== slots[slot]) return true;
  }
  return false;
}

/** False, with nothing noted, when the segment held no value for the binding. */
function readChoice(run: Run, frame: LoopFrame, reader: SegmentReader, s: number): boolean {
  const { filled, kept } = run;
  const noted = run.notes.length;
  const { slots } = reader;
  const texts = reader.textSlot < 0 ? 0 : lengthOf(frame.slots, reader.textSlot);
  readElements(run, frame, reader, s);
  const left = run.notes.length > noted;
  // A list that is written elsewhere, or packed anew, cannot keep what this segment has beyond its items.
  const elsewhere = reader.packed || (reader.keeps === 'never' && reader.plan.list !== undefined);
  if ((run.filled === filled && !reader.constant) || (left && elsewhere)) {
    run.filled = filled;
    run.notes.length = noted;
    if (reader.textSlot >= 0) trimList(frame.slots, reader.textSlot, texts);
    slots?.fill(undefined);
    run.trace?.withdrawn(s);
    return false;
  }
  if (slots !== undefined) {
    finishSlots(run, frame, reader, lengthOf(frame.slots, reader.slot) + 1);
    push(frame.slots, reader.slot, reader.build!(slots, ALL) ?? {});
  }
  frame.owner!.touched |= reader.bit;
  const keeps = reader.keeps === 'always' || run.kept > kept;
  run.kept = keeps ? kept + 1 : kept;
  run.ranks[s] = reader.rank;
  if (keeps) reader.taken = frame.instance;
  else if (!left) run.ranks[s] = DROPPED;
  else {
    // Its fields are written elsewhere; the rest needs the segment, so it is kept as sent.
    run.notes.length = noted;
    run.ranks[s] = NONE;
    note(run, s, 0);
  }
  return true;
}

/** Fills what is absent and has a default, or is the ordinal of its item. */
export function finishSlots(
  run: Run,
  frame: LoopFrame,
  segment: SegmentReader | undefined,
  ordinal: number,
): void {
  const { finish, slots } = segment ?? frame.reader!;
  for (const { slot, value } of finish) {
    if (slots![slot] !== undefined) continue;
    slots![slot] = value ?? String(ordinal);
    if (segment === undefined) frame.owner!.touched |= FINISHED;
    run.trace?.ruled(frame, segment, slot, value === undefined ? 'ordinal' : 'default');
  }
}

function lengthOf(slots: readonly unknown[], slot: number): number {
  return (slots[slot] as readonly unknown[] | undefined)?.length ?? 0;
}

function trimList(slots: unknown[], slot: number, length: number): void {
  if (length === 0) slots[slot] = undefined;
  else (slots[slot] as unknown[]).length = length;
}

function isEncoded({ segments }: Run, s: number): boolean {
  return segments.odd[s] === 1 && segments.charset === 'utf-8';
}

export function readElements(run: Run, frame: LoopFrame, reader: SegmentReader, s: number): void {
  const { first } = run.segments;
  const { edges } = run;
  const { elements } = reader;
  const slots = reader.slots ?? frame.slots;
  const base = first[s]!;
  const last = first[s + 1]! - 1;
  run.last = last;
  run.segment = s;
  run.encoded = isEncoded(run, s);
  run.repeats = run.repetition >= 0 && run.segments.odd[s] === 1;
  for (let edge = base + 1; edge < last; edge++) {
    if (edges[edge + 1]! - edges[edge]! < 2) continue;
    const e = edge - base;
    const read = e < elements.length ? elements[e] : undefined;
    run.element = e;
    if (read === undefined || isBoundOnce(run, reader, e, edge) || !read(run, slots, edge)) note(run, s, e);
    else if (run.trace !== undefined) run.trace.taken(frame, reader, slots, s, e);
    if (run.components.length > 0) {
      for (const part of run.components) run.notes.push(part);
      run.components.length = 0;
    }
  }
}

/** They read more than the element at hand, and look after its repeats themselves. */
const KNOW_REPEATS = new Set<ElementPlan['kind'] | undefined>(['pairs', 'groups', 'repeats']);

function isBoundOnce(run: Run, { plan }: SegmentReader, e: number, edge: number): boolean {
  if (!run.repeats || KNOW_REPEATS.has(plan.elements[e]?.kind)) return false;
  return repeatsAt(run, run.edges[edge]!, run.edges[edge + 1]! - 1);
}

export function matches(run: Run, s: number, literals: readonly Literal[]): boolean {
  const { text, edges, segments } = run;
  for (let i = 0; i < literals.length; i++) {
    const { position, value } = literals[i]!;
    const edge = segments.first[s]! + position;
    if (edge + 1 >= segments.first[s + 1]!) return false;
    const start = edges[edge]!;
    if (edges[edge + 1]! - 1 - start !== value.length || !text.startsWith(value, start)) return false;
  }
  return true;
}
