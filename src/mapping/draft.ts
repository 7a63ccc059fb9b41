import type { SegmentData } from '../x12/segment-data.ts';
import type { Item } from './item.ts';

/** A segment under construction: absent positions are holes until it is closed. */
export type Draft = (string | (string | undefined)[] | undefined)[];

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
  /** Only `explainWrite` listens. */
  readonly tell: ((position: number, component: number, origin: Origin) => void) | undefined;
};

export type Place = { readonly position: number; readonly component: number };

export function isFree(draft: Draft, { position, component }: Place): boolean {
  const there = draft[position];
  if (component === 0 || typeof there === 'string') return there === undefined;
  return there?.[component - 1] === undefined;
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

/** Puts what it has at its position; true when a value of the document was written. */
export type WriteElement = (writing: Writing, draft: Draft, item: Item, prefix: string) => boolean;

/** A list of text on its way into segments. */
export type TextChunk = { readonly texts: readonly unknown[]; next: number };

/** Holes become '', and nothing empty is left at the end. */
export function closeDraft(draft: Draft): SegmentData {
  const closed = Array.from(draft, (element): string | string[] => {
    if (element === undefined || typeof element === 'string') return element ?? '';
    const parts = Array.from(element, (part) => part ?? '');
    while (parts.at(-1) === '') parts.pop();
    return parts.length === 0 ? '' : parts;
  });
  while (closed.length > 1 && closed.at(-1) === '') closed.pop();
  return closed;
}
