import type { SegmentNode } from '../standard/definition.ts';
import type { Kind } from './kinds.ts';
import type { ElementFinding, Finding, Outcome, SetOutcome } from './outcome.ts';
import { loopIdOf, type Source, type SourceSet } from './source.ts';

/** One way to break a source, and what that must lead to. */
export type Damage = {
  readonly kind: Kind;
  /** For people and file names: `PO1-07`. */
  readonly place: string;
  readonly change: Change;
  /** Turns the outcome of the source into that of the damage; undefined when nobody is left to answer. */
  readonly lead: (outcome: Outcome) => Outcome | undefined;
};

/** What happens to the bytes: segments taken out and put in, or the whole text made anew. */
export type Change =
  | { readonly kind: 'splices'; readonly splices: readonly Splice[] }
  | { readonly kind: 'text'; readonly write: () => string };

/** At segment `at`, `remove` segments go and others come. */
export type Splice = { readonly at: number; readonly remove: number; readonly insert: readonly NewSegment[] };

export type NewSegment = {
  readonly id: string;
  readonly elements: readonly string[];
  /** Its place in the set; undefined when it stands nowhere. */
  readonly node?: SegmentNode | undefined;
};

/** A damage inside one set. */
export type SetDamage = {
  readonly kind: Kind;
  readonly place: string;
  readonly splices: readonly Splice[];
  readonly findings?: readonly Finding[];
  readonly codes?: readonly string[];
  /** ST02, where the damage changes it. */
  readonly control?: string;
};

/** Makes the damage whole: SE01 counts what is there, and what is asked of the set as a whole is looked for. */
export function completeDamage(
  source: Source,
  set: SourceSet,
  damage: SetDamage,
  look: (segments: readonly NewSegment[]) => readonly Finding[],
): Damage {
  const { kind, place, findings = [], codes = [] } = damage;
  const splices = [...damage.splices, ...recount(source, set, damage.splices)];
  return {
    kind,
    place,
    change: { kind: 'splices', splices },
    lead: (outcome) => {
      const target = setOutcomeOf(outcome, set);
      target.codes.push(...codes);
      target.control = damage.control ?? target.control;
      target.findings = [...findings, ...look(segmentsAfter(source, set, splices))];
      return outcome;
    },
  };
}

export function setOutcomeOf(outcome: Outcome, set: SourceSet): SetOutcome {
  return outcome.groups[set.group]!.sets[set.index]!;
}

function recount(source: Source, set: SourceSet, splices: readonly Splice[]): Splice[] {
  const change = splices.reduce((sum, { remove, insert }) => sum + insert.length - remove, 0);
  const touched = splices.some(({ at, remove }) => at + remove > set.last || at < set.first);
  if (change === 0 || touched) return [];
  const count = set.last - set.first + 1 + change;
  return [replaceSegment(set.last, setElement(source.segments[set.last]!, 1, String(count)))];
}

/** The segments of the set after the change, each with its place. */
function segmentsAfter(source: Source, set: SourceSet, splices: readonly Splice[]): NewSegment[] {
  const segments: NewSegment[] = [];
  const order = [...splices].sort((a, b) => a.at - b.at);
  let s = set.first;
  for (const { at, remove, insert } of order) {
    for (; s < at; s++) segments.push(source.segments[s]!);
    segments.push(...insert);
    s += remove;
  }
  for (; s <= set.last; s++) segments.push(source.segments[s]!);
  return segments;
}

/** The bytes of a source after a change. */
export function applyChange(source: Source, change: Change): Uint8Array {
  const text = change.kind === 'text' ? change.write() : spliceText(source, change.splices);
  return Buffer.from(text, 'latin1');
}

function spliceText(source: Source, splices: readonly Splice[]): string {
  const { text, segments } = source;
  let written = '';
  let from = 0;
  for (const { at, remove, insert } of [...splices].sort((a, b) => a.at - b.at)) {
    const start = segments[at]!.start;
    written += text.slice(from, start) + insert.map((one) => writeSegment(source, one)).join('');
    from = segments[at + remove]?.start ?? text.length;
  }
  return written + text.slice(from);
}

/** Empty elements at the end are left out (X12.6). */
function writeSegment({ separators, lineEnd }: Source, { id, elements }: NewSegment): string {
  const count = elements.findLastIndex((value) => value !== '') + 1;
  const [separator, terminator] = [separators.element, separators.terminator].map((sign) =>
    String.fromCharCode(sign),
  );
  return [id, ...elements.slice(0, count)].join(separator) + terminator + lineEnd;
}

export function replaceSegment(at: number, by: NewSegment): Splice {
  return { at, remove: 1, insert: [by] };
}

/** A segment with element `e` (from 1) set to a value. */
export function setElement<T extends NewSegment>(segment: T, e: number, value: string): T {
  const elements = [...segment.elements];
  while (elements.length < e) elements.push('');
  elements[e - 1] = value;
  return { ...segment, elements };
}

/** A segment without a value is no damage of the kit: X12.6 does not know such a thing. */
export function isBare({ elements }: NewSegment): boolean {
  return elements.every((value) => value === '');
}

/** A finding about the elements of segment `s` of the source, which the damage leaves where it was. */
export function findingAt(set: SourceSet, s: number, element: ElementFinding): Finding {
  const node = set.places[s - set.first]!;
  return {
    segment: node.segment,
    position: s - set.first + 1,
    loop: loopIdOf(set.definition, node),
    code: '8',
    element,
  };
}

const names = new WeakMap<SourceSet, readonly string[]>();

/** `PO1`, and which of them where there are several: `PO1[2]`. */
export function nameSegment(source: Source, set: SourceSet, s: number): string {
  let all = names.get(set);
  if (all === undefined) {
    all = nameSegments(source.segments.slice(set.first, set.last + 1).map(({ id }) => id));
    names.set(set, all);
  }
  return all[s - set.first]!;
}

function nameSegments(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const before = new Map<string, number>();
  return ids.map((id) => {
    before.set(id, (before.get(id) ?? 0) + 1);
    return counts.get(id) === 1 ? id : `${id}[${before.get(id)}]`;
  });
}

/** `PO1-07`. */
export function nameElement(segment: string, e: number, component?: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${segment}-${two(e)}${component === undefined ? '' : `-${two(component)}`}`;
}
