import type { Reaction, Tolerance } from '../tolerate/tolerance.ts';
import type { Damage, NewSegment } from './damage.ts';
import type { Finding, GroupOutcome, Outcome, SetOutcome } from './outcome.ts';
import type { Source, SourceSet } from './source.ts';

type Look = (set: SourceSet, segments: readonly NewSegment[]) => readonly Finding[];

/**
 * The interchange cut off at every byte. Segments that have their terminator were read; a set without SE and a group
 * without GE are refused, and the interchange without IEA with all that is in it.
 */
export function* cutBytes(source: Source, tolerance: Tolerance, look: Look): Generator<Damage> {
  const { segments, text } = source;
  const last = segments.at(-1)!;
  for (let length = 0; length < last.end - 1; length++) {
    yield {
      kind: 'truncation',
      place: `at-${length}`,
      change: { kind: 'text', write: () => text.slice(0, length) },
      lead: (outcome) => cutOutcome(source, outcome, length, look),
    };
  }
  // The control number at its end is whole: nothing can be missing but the sign itself.
  if (!isPutUpWith(tolerance['missing-last-terminator'])) return;
  yield {
    kind: 'last-terminator',
    place: 'IEA',
    change: { kind: 'text', write: () => text.slice(0, last.end - 1) },
    lead: (outcome) => outcome,
  };
}

/** `ISA` and a separator are the least that shows an interchange. */
const LEAST_ISA = 4;

function cutOutcome(source: Source, outcome: Outcome, length: number, look: Look): Outcome | undefined {
  if (length < LEAST_ISA) return undefined;
  const isWhole = (s: number) => source.segments[s]!.end <= length;
  const groups = source.groups.flatMap((group): GroupOutcome[] => {
    if (!isWhole(0) || !isWhole(group.first)) return [];
    const whole = outcome.groups[group.index]!;
    const sets = group.sets.flatMap((set): SetOutcome[] => {
      if (!isWhole(set.first)) return [];
      const one = whole.sets[set.index]!;
      if (isWhole(set.last)) return [one];
      const read: NewSegment[] = [];
      for (let s = set.first; isWhole(s); s++) read.push(source.segments[s]!);
      return [{ ...one, codes: ['2'], findings: look(set, read) }];
    });
    if (isWhole(group.last)) return [whole];
    return [{ ...whole, codes: ['3'], included: undefined, sets }];
  });
  return { note: { code: '023', status: 'R' }, groups };
}

/** Whether nothing is said of it to the partner. */
function isPutUpWith(reaction: Reaction): boolean {
  return reaction === 'accept' || reaction === 'warn';
}

/** Separators of the ISA that are not those of the rest. */
export function* damageSeparators(source: Source): Generator<Damage> {
  const { text, separators } = source;
  const unused = signsOutside(text, '!|^;<');
  const at = (place: string, offset: number, sign: string, code: string): Damage => ({
    kind: 'wrong-separator',
    place,
    change: { kind: 'text', write: () => text.slice(0, offset) + sign + text.slice(offset + 1) },
    lead: () => ({ note: { code, status: 'R' }, groups: [] }),
  });
  yield at('terminator-is-a-letter', 105, 'A', '004');
  if (unused.length === 0) return;
  // Line ends before what can only be a segment are taken for terminators.
  if (!/[\r\n]/.test(text)) yield at('terminator', 105, unused[0]!, '023');
  yield at('element-separator', 3, unused[0]!, '026');
  // An inner separator that is not used can be wrong without anything else being so.
  const [letter] = signsOutside(text, 'qzjxkvwQZJXKVW');
  const used = text.includes(String.fromCharCode(separators.component), 105);
  if (used || letter === undefined) return;
  yield {
    ...at('component-separator', 104, letter, '027'),
    lead: (outcome) => ({ ...outcome, note: { code: '027', status: 'R' } }),
  };
}

function signsOutside(text: string, candidates: string): string[] {
  return [...candidates].filter((sign) => !text.includes(sign));
}

/** The same interchange in other dress: nothing is wrong with it. */
export function* redressBytes({ text, segments, separators, lineEnd }: Source): Generator<Damage> {
  const redress = (kind: Damage['kind'], place: string, write: () => string): Damage => ({
    kind,
    place,
    change: { kind: 'text', write },
    lead: (outcome) => outcome,
  });
  const { element, component, repetition, terminator } = separators;
  const own = [element, component, terminator, ...(repetition === undefined ? [] : [repetition])];
  for (const [place, signs] of [
    ['printable', '|:;!^<@%{}'],
    ['control', '\x1d\x1f\x1c\x1e'],
  ] as const) {
    const others = signsOutside(text, signs).slice(0, own.length);
    if (others.length < own.length) continue;
    const other = new Map(own.map((sign, index) => [String.fromCharCode(sign), others[index]!]));
    yield redress('other-separators', place, () => [...text].map((sign) => other.get(sign) ?? sign).join(''));
  }
  if (terminator === 10 || terminator === 13) return;
  for (const [place, end] of [
    ['none', ''],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    if (end === lineEnd) continue;
    const write = () => segments.map((one) => text.slice(one.start, one.end) + end).join('');
    yield redress('other-line-ends', place, write);
  }
}
