import type { ElementData, SegmentData } from '../../x12/scan/segment-data.ts';
import type { Item } from '../compile/item.ts';

/** A segment under construction: absent positions are holes until it is closed. */
export type Draft = (DraftElement | undefined)[];
export type DraftElement = string | DraftParts | { readonly repeats: readonly DraftParts[] };
type DraftParts = (string | undefined)[];

export type WriteProblem = {
  /** Canonical path: `lines[2].quantity`. */
  readonly path: string;
  readonly message: string;
};

/** Where the text of a written element came from: a canonical path, or a rule of the map. */
export type Origin = { readonly path: string } | { readonly rule: string };

export type Writing = {
  readonly document: Item;
  readonly problems: WriteProblem[];
  /** Paths of values that the map has no place for. */
  readonly unwritten: string[];
  /** What HL01, HL02 and HL04 of the level at hand are. */
  level: LevelTexts | undefined;
  /** Only `explainWrite` listens. */
  readonly tell: ((position: number, component: number, origin: Origin) => void) | undefined;
};

export type LevelTexts = {
  readonly id: string;
  /** '' at the top. */
  readonly parent: string;
  readonly children: '0' | '1';
  /** The id is one that the document keeps. */
  readonly kept: boolean;
};

export type Place = { readonly position: number; readonly component: number };

export function isFree(draft: Draft, { position, component }: Place): boolean {
  const there = draft[position];
  return there === undefined || (component > 0 && Array.isArray(there) && there[component - 1] === undefined);
}

export function put(draft: Draft, { position, component }: Place, text: string): void {
  if (component === 0) {
    draft[position] = text;
    return;
  }
  const there = draft[position];
  const parts = Array.isArray(there) ? there : [];
  parts[component - 1] = text;
  draft[position] = parts;
}

export function report(writing: Writing, path: string, message: string): void {
  writing.problems.push({ path, message });
}

export function reportUnwritten(writing: Writing, value: unknown, path: string): void {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
  writing.unwritten.push(path);
}

/** Puts what it has at its position; true when a value of the document was written. */
export type WriteElement = (writing: Writing, draft: Draft, item: Item, prefix: string) => boolean;

/** A list of text on its way into segments. */
export type TextChunk = { readonly texts: readonly unknown[]; next: number };

/** Holes become '', and nothing empty is left at the end. */
export function closeDraft(draft: Draft): SegmentData {
  const closed: ElementData[] = [];
  let last = 0;
  for (let i = 0; i < draft.length; i++) {
    const element = draft[i];
    const data =
      element === undefined || typeof element === 'string' ? (element ?? '') : closeElement(element);
    closed.push(data);
    if (data !== '') last = i;
  }
  closed.length = last + 1;
  return closed;
}

function closeElement(element: Exclude<DraftElement, string>): ElementData {
  if (Array.isArray(element)) return closeParts(element);
  const repeats = element.repeats.map(closeParts);
  const last = repeats.findLastIndex((one) => one !== '');
  return last < 1 ? (repeats[0] ?? '') : { repeats: repeats.slice(0, last + 1) };
}

function closeParts(parts: DraftParts): string | string[] {
  const closed = Array.from(parts, (part) => part ?? '');
  while (closed.at(-1) === '') closed.pop();
  return closed.length === 0 ? '' : closed;
}
