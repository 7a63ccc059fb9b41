import { type Segments, segmentId } from '../scan/segments.ts';
import { type CompiledElement, KIND, segmentSlot } from '../standard/compile.ts';
import { checkValue } from '../validate/check-value.ts';
import { expectation } from '../validate/expectation.ts';
import {
  addElementFinding,
  addSegmentFinding,
  type ElementPlace,
  type Findings,
} from '../validate/findings.ts';
import type { ElementCode } from '../validate/policy.ts';
import type { Repair } from './repair.ts';
import type { Oddity, Reaction } from './tolerance.ts';

const SPACE = 0x20;

/**
 * A value that breaks its definition may still have one meaning that does not: without the spaces around it, in
 * capitals, in Latin-1. It is read so where that is agreed. Looked for only where a value was found wrong.
 */
export function tolerateValue(
  findings: Findings,
  place: ElementPlace,
  element: CompiledElement,
  code: ElementCode,
): 'sound' | 'empty' | 'wrong' {
  const { segments, start, end } = place;
  const [first, to] = trim(segments.bytes, start, end);
  // Spaces that lead a text are part of it (X12.6).
  const from = element.kind === KIND.text && first < to ? start : first;
  const spaces: Repair[] = [
    { kind: 'drop', start, end: from },
    { kind: 'drop', start: to, end },
  ];
  const padded: Oddity[] = to - from < end - start ? ['padded-elements'] : [];
  if (from === to) {
    const absent = !element.use.mandatory && agree(findings, place, element, code, padded, spaces);
    return absent ? 'empty' : 'wrong';
  }
  const left = padded.length === 0 ? code : checkValue(element, segments.bytes, from, to, 1, segments);
  const repairs = padded.length === 0 ? [] : spaces;
  if (left === '7' && isSoundInCapitals(element, place, from, to)) {
    repairs.push({ kind: 'raise', start: from, end: to });
    padded.push('lower-case-ids');
  } else if (left === '6' && isSoundInLatin1(element, place, from, to)) {
    padded.push('not-utf-8');
  } else if (left !== undefined) return 'wrong';
  return agree(findings, place, element, code, padded, repairs) ? 'sound' : 'wrong';
}

function isSoundInCapitals(element: CompiledElement, { segments }: ElementPlace, from: number, to: number) {
  const capitals = Buffer.from(segments.text.slice(from, to).toUpperCase(), 'latin1');
  return checkValue(element, capitals, 0, capitals.length, 1, segments) === undefined;
}

function isSoundInLatin1(element: CompiledElement, { segments }: ElementPlace, from: number, to: number) {
  const latin1 = { separators: segments.separators, charset: 'latin1' } as const;
  return (
    segments.charset === 'utf-8' && checkValue(element, segments.bytes, from, to, 1, latin1) === undefined
  );
}

/** Tells of a value read otherwise than it was sent, where the partner agrees to that; else it is an error. */
function agree(
  findings: Findings,
  place: ElementPlace,
  element: CompiledElement,
  code: ElementCode,
  oddities: readonly Oddity[],
  repairs: readonly Repair[],
): boolean {
  const reaction = strongest(findings, oddities);
  if (reaction === 'refuse') return false;
  findings.repairs.push(...repairs);
  const why = `${expectation(element, code)}; it is read ${oddities.map((oddity) => READ_AS[oddity]).join(', ')}`;
  if (reaction === 'note' || (reaction === 'warn' && isNew(findings, oddities))) {
    addElementFinding(findings, place, element, code, why, { reaction });
  }
  return true;
}

const READ_AS: Readonly<Partial<Record<Oddity, string>>> = {
  'padded-elements': 'without the spaces around it',
  'lower-case-ids': 'in capitals',
  'not-utf-8': 'as Latin-1, since it is not UTF-8',
};

/** The slot of an id that is known in capitals and without spaces, -1 for none or where that is not agreed. */
export function tolerateId(
  findings: Findings,
  place: { readonly segments: Segments; readonly s: number; readonly loop: string | undefined },
  slots: Uint16Array,
): number {
  const { segments, s } = place;
  const id = segmentId(segments, s);
  const meant = id.trim().toUpperCase();
  if (meant === id || meant.length < 2 || meant.length > 3) return -1;
  const [a, b, c] = [0, 1, 2].map((i) => meant.charCodeAt(i)) as [number, number, number];
  const slot = slots[segmentSlot(a, b, meant.length === 3 ? c : -1)]! - 1;
  const oddities: Oddity[] = [];
  if (id !== id.trim()) oddities.push('padded-elements');
  if (id !== id.toUpperCase()) oddities.push('lower-case-ids');
  const reaction = strongest(findings, oddities);
  if (slot < 0 || reaction === 'refuse') return -1;
  const edge = segments.first[s]!;
  const [start, end] = [segments.edges[edge]!, segments.edges[edge + 1]! - 1];
  const from = end - id.trimStart().length;
  const to = from + meant.length;
  findings.repairs.push(
    { kind: 'drop', start, end: from },
    { kind: 'raise', start: from, end: to },
    { kind: 'drop', start: to, end },
  );
  if (reaction === 'note' || (reaction === 'warn' && isNew(findings, oddities))) {
    const message = `"${id}" is read as ${meant}: write segment ids in capitals, without spaces`;
    addSegmentFinding(findings, place, id, '1', message, reaction);
  }
  return slot;
}

/** An element of ST or SE without the spaces around it, where that is agreed; else it is what it is. */
export function tolerateElement(findings: Findings, segments: Segments, s: number, e: number): void {
  const { bytes, edges, first } = segments;
  const [start, end] = [edges[first[s]! + e]!, edges[first[s]! + e + 1]! - 1];
  if (start === end || (bytes[start] !== SPACE && bytes[end - 1] !== SPACE)) return;
  const [from, to] = trim(bytes, start, end);
  const reaction = strongest(findings, ['padded-elements']);
  if (reaction === 'refuse') return;
  findings.repairs.push({ kind: 'drop', start, end: from }, { kind: 'drop', start: to, end });
  if (reaction === 'note' || (reaction === 'warn' && isNew(findings, ['padded-elements']))) {
    const place = { ...at(segments, s, e, start), end };
    addElementFinding(findings, place, undefined, '6', 'it is read without the spaces around it', {
      reaction,
    });
  }
}

/** Separators behind the last value of segment `s`. */
export function tolerateTrailing(
  findings: Findings,
  segments: Segments,
  s: number,
  loop: string | undefined,
  elements: readonly CompiledElement[] | undefined,
): void {
  const { edges, first } = segments;
  const base = first[s]!;
  let e = first[s + 1]! - base - 2;
  while (e > 1 && edges[base + e]! - edges[base + e - 1]! === 1) e--;
  tellTrailing(findings, { ...at(segments, s, e, edges[base + e]!), loop }, elements?.[e - 1], '3');
}

/** Separators behind the last value of a segment (3) or of a composite (13): `place` is the first that is empty. */
export function tellTrailing(
  findings: Findings,
  place: ElementPlace,
  element: CompiledElement | undefined,
  code: '3' | '13',
): void {
  const reaction = strongest(findings, ['trailing-separators']);
  if (reaction === 'accept' || (reaction === 'warn' && !isNew(findings, ['trailing-separators']))) return;
  const why = `end the ${code === '3' ? 'segment' : 'composite'} behind its last value`;
  addElementFinding(findings, place, element, code, why, { reaction });
}

function at(segments: Segments, s: number, position: number, start: number): ElementPlace {
  const rest = { loop: undefined, component: undefined, repetition: undefined };
  return { segments, s, position, start, end: start, ...rest };
}

function trim(bytes: Uint8Array, start: number, end: number): readonly [number, number] {
  let [from, to] = [start, end];
  while (from < to && bytes[from] === SPACE) from++;
  while (to > from && bytes[to - 1] === SPACE) to--;
  return [from, to];
}

/** A version that is not the document's own gives hints at most. */
function strongest({ tolerance, exact }: Findings, oddities: readonly Oddity[]): Reaction {
  const reactions = oddities.map((oddity) => tolerance[oddity]);
  for (const reaction of ['refuse', 'note', 'warn'] as const) {
    if (reactions.includes(reaction)) return exact ? reaction : 'warn';
  }
  return 'accept';
}

/** Each reason is told at its first place in a set. */
function isNew({ told }: Findings, oddities: readonly Oddity[]): boolean {
  const fresh = oddities.filter((oddity) => !told.includes(oddity));
  told.push(...fresh);
  return fresh.length > 0;
}
