import type { SegmentData } from '../../x12/scan/segment-data.ts';
import type { CompiledMap } from '../compile/compile-map.ts';
import type { LoopWriter, SegmentWriter, Step, WriteProgram } from '../compile/compile-write.ts';
import { type Item, listAt } from '../compile/item.ts';
import {
  closeDraft,
  type Draft,
  type LevelTexts,
  type Origin,
  put,
  reportUnwritten,
  type TextChunk,
  type WriteProblem,
  type Writing,
} from './draft.ts';
import { draftOf, type Leftover, type Leftovers, sortLeftovers } from './unmapped-tree.ts';
import { flattenLevels } from './write-levels.ts';

export type WrittenSet = {
  /** In the standard's order, without ST and SE. */
  readonly segments: SegmentData[];
  /** Values that cannot be written as the map says; the rest is written. */
  readonly problems: readonly WriteProblem[];
  /** Paths of values that the map has no place for. */
  readonly unwritten: readonly string[];
};

/** Told of every written element; only `explainWrite` listens. */
export type WriteTrace = (segment: number, position: number, component: number, origin: Origin) => void;

type Run = Writing & { readonly segments: SegmentData[] };

/** What goes into one loop instance: an item of a list, the object above, or one segment of a list of text. */
type Instance = {
  readonly writer: LoopWriter;
  readonly item: Item;
  readonly prefix: string;
  readonly level?: LevelTexts;
};

/** The segments that say what the document says, unmapped ones in their places. */
export function writeSet(map: CompiledMap, document: Item): WrittenSet {
  return runWrite(map.write, document);
}

export function runWrite(program: WriteProgram, document: Item, trace?: WriteTrace): WrittenSet {
  const segments: SegmentData[] = [];
  const problems: WriteProblem[] = [];
  const tell: Writing['tell'] =
    trace === undefined
      ? undefined
      : (position, component, origin) => trace(segments.length, position, component, origin);
  const run: Run = { document, problems, tell, segments, unwritten: [], level: undefined };
  writeInstance(run, { writer: program.root, item: document, prefix: '' }, sortLeftovers(document, problems));
  return { segments, problems, unwritten: run.unwritten };
}

function writeInstance(run: Run, { writer, item, prefix }: Instance, left: Leftovers | undefined): void {
  for (const { path, get } of writer.unwritten) reportUnwritten(run, get(item), prefix + path);
  const steps = left === undefined ? writer.bound : writer.steps;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (step.kind === 'segment') writeSegments(run, step, item, prefix, left?.segments.get(step.segment));
    else writeLoops(run, step, item, prefix, left?.loops.get(step.segment));
    if (i === 0 && left !== undefined) writeMisfits(run, writer, left);
  }
}

/** Segments that no place of the loop is for stand behind its first one: there they are read as misfits again. */
function writeMisfits(run: Run, writer: LoopWriter, left: Leftovers): void {
  for (const [segment, list] of left.segments) {
    if (writer.known.has(segment)) continue;
    for (const one of inOrder(list)) writeLeftover(run, segment, one);
  }
}

/** Instances in the order of the bindings; those wholly unmapped keep their number. */
function writeLoops(
  run: Run,
  step: Extract<Step, { kind: 'loop' }>,
  item: Item,
  prefix: string,
  left: ReadonlyMap<number, Leftovers> | undefined,
): void {
  if (left === undefined && step.writers.length === 0) return;
  let number = 1;
  for (const writer of step.writers) {
    for (const instance of instancesOf(run, writer, item, prefix)) {
      while (isWhole(left?.get(number), step.segment)) writeBare(run, step.bare, left!.get(number++)!);
      if (instance.level !== undefined) run.level = instance.level;
      if (writer.many === undefined) writeInstance(run, instance, left?.get(number));
      else writeMany(run, writer.many, instance, left?.get(number));
      number++;
    }
  }
  if (left === undefined) return;
  for (const key of [...left.keys()].sort((a, b) => a - b)) {
    if (key >= number) writeBare(run, step.bare, left.get(key)!);
  }
}

const NO_INSTANCES: readonly Instance[] = [];

function instancesOf(run: Run, writer: LoopWriter, item: Item, prefix: string): readonly Instance[] {
  const { list, many } = writer;
  if (many?.list !== undefined) {
    const texts = listAt(many.list.get, item);
    const chunk: TextChunk = { texts, next: 0 };
    const one = { writer, item: chunk as unknown as Item, prefix: prefix + many.list.path };
    return new Array(Math.ceil(texts.length / many.chunk)).fill(one);
  }
  if (list === undefined) return writer.hasContent(item) ? [{ writer, item, prefix }] : NO_INSTANCES;
  const items = listAt(list.get, item) as readonly Item[];
  if (items.length === 0) return NO_INSTANCES;
  if (writer.tree) return flattenLevels(run, items, prefix + list.path).map((one) => ({ writer, ...one }));
  return items.map((one, i) => ({ writer, item: one, prefix: `${prefix}${list.path}[${i}].` }));
}

function isWhole(left: Leftovers | undefined, opener: string): boolean {
  return left?.segments.get(opener)?.get(1)?.whole !== undefined;
}

function writeBare(run: Run, writer: LoopWriter, left: Leftovers): void {
  writeInstance(run, { writer, item: {}, prefix: '' }, left);
}

/** An instance whose first segment holds the next items of a list of text; the rest of it is unmapped. */
function writeMany(
  run: Run,
  opener: SegmentWriter,
  { writer, item, prefix }: Instance,
  left: Leftovers | undefined,
): void {
  writeSegment(run, opener, item, prefix, left?.segments.get(opener.segment)?.get(1), true);
  for (const step of writer.steps.slice(1)) {
    if (step.kind === 'segment')
      writeSegments(run, { ...step, writers: [] }, item, prefix, left?.segments.get(step.segment));
    else writeLoops(run, { ...step, writers: [] }, item, prefix, left?.loops.get(step.segment));
  }
}

function writeSegments(
  run: Run,
  step: Extract<Step, { kind: 'segment' }>,
  item: Item,
  prefix: string,
  left: ReadonlyMap<number, Leftover> | undefined,
): void {
  if (left === undefined && step.writers.length === 0) return;
  let number = 1;
  for (const writer of step.writers) {
    if (writer.list === undefined) {
      if (step.opens || writer.constant || writer.hasContent(item))
        number = writeNext(run, step, writer, item, prefix, left, number);
      continue;
    }
    const items = listAt(writer.list.get, item);
    if (items.length === 0) continue;
    const path = prefix + writer.list.path;
    if (writer.chunk > 0) {
      const chunk: TextChunk = { texts: items, next: 0 };
      for (let i = 0; i < items.length; i += writer.chunk)
        number = writeNext(run, step, writer, chunk as unknown as Item, path, left, number);
    } else {
      for (let i = 0; i < items.length; i++)
        number = writeNext(run, step, writer, items[i] as Item, `${path}[${i}].`, left, number);
    }
  }
  if (left === undefined) return;
  for (const key of [...left.keys()].sort((a, b) => a - b)) {
    if (key >= number) writeLeftover(run, step.segment, left.get(key)!);
  }
}

/** The next segment of a binding behind those unmapped ones that come before it; the number of the one after it. */
function writeNext(
  run: Run,
  step: Extract<Step, { kind: 'segment' }>,
  writer: SegmentWriter,
  item: Item,
  prefix: string,
  left: ReadonlyMap<number, Leftover> | undefined,
  number: number,
): number {
  let next = number;
  while (left?.get(next)?.whole !== undefined) writeLeftover(run, step.segment, left.get(next++)!);
  return writeSegment(run, writer, item, prefix, left?.get(next), step.opens) ? next + 1 : next;
}

function inOrder(list: ReadonlyMap<number, Leftover>): readonly Leftover[] {
  return [...list].sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** False, with nothing written, when the segment would be empty. */
function writeSegment(
  run: Run,
  writer: SegmentWriter,
  item: Item,
  prefix: string,
  left: Leftover | undefined,
  always: boolean,
): boolean {
  const draft: Draft = [writer.segment];
  if (left !== undefined) placeElements(run, draft, left);
  let filled = always || writer.constant || left !== undefined;
  for (const { write } of writer.elements) if (write(run, draft, item, prefix)) filled = true;
  for (const { path, get } of writer.unwritten) reportUnwritten(run, get(item), prefix + path);
  if (filled) run.segments.push(closeDraft(draft));
  return filled;
}

function placeElements(run: Run, draft: Draft, left: Leftover): void {
  for (const { position, component, value, path } of left.elements) {
    if (component === 0) draft[position] = value;
    else put(draft, { position, component }, typeof value === 'string' ? value : '');
    run.tell?.(position, component, { path });
  }
}

function writeLeftover(run: Run, segment: string, left: Leftover): void {
  const draft: Draft = [segment];
  for (const [i, value] of (left.whole ?? []).entries()) {
    draft[i + 1] = draftOf(value);
    if (value !== '') run.tell?.(i + 1, 0, { path: `${left.path}.value[${i}]` });
  }
  placeElements(run, draft, left);
  run.segments.push(closeDraft(draft));
}
