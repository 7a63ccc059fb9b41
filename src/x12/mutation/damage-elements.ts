import type { ElementUse, SegmentDefinition } from '../standard/definition.ts';
import { listBadValues } from './bad-values.ts';
import { findingAt, isBare, nameElement, replaceSegment, type SetDamage, setElement } from './damage.ts';
import type { Kind } from './kinds.ts';
import type { ElementFinding } from './outcome.ts';
import { judgePresence, kindOfAbsence } from './presence.ts';
import type { MutationSetting } from './setting.ts';
import type { Source, SourceSegment, SourceSet } from './source.ts';
import { joinElement, type Split, splitElement } from './split-element.ts';

/** A segment between ST and SE, and the names and definitions that its damages need. */
export type Content = {
  readonly source: Source;
  readonly set: SourceSet;
  /** Index in the source. */
  readonly s: number;
  readonly segment: SourceSegment;
  readonly definition: SegmentDefinition;
  readonly name: string;
};

/** Everything that can be wrong with the elements of a segment, one thing at a time. */
export function* damageElements(content: Content, setting: MutationSetting): Generator<SetDamage> {
  const { segment, definition } = content;
  for (const [index, use] of definition.elements.entries()) {
    const value = segment.elements[index] ?? '';
    if (value === '') continue;
    yield* emptyElement(content, index + 1);
    yield* damageValues(content, index + 1, use, setting);
    yield* crowdElement(content, index + 1, use);
  }
  yield damage(content, 'too-many-elements', definition.elements.length + 1, 'X', [
    { code: '3', value: 'X' },
  ]);
}

type Wrong = Omit<ElementFinding, 'position'>;

/** The segment with one element set to a value, and what is wrong at that place. */
function damage(
  content: Content,
  kind: Kind,
  position: number,
  value: string,
  wrong: readonly Wrong[],
): SetDamage {
  const { set, s, segment, name } = content;
  return {
    kind,
    place: nameElement(name, position, wrong[0]?.component),
    splices: [replaceSegment(s, setElement(segment, position, value))],
    findings: wrong.map((one) => findingAt(set, s, { ...one, position })),
  };
}

/** Emptied, and what that leaves wrong in the segment: nothing, where the element need not be there. */
function* emptyElement(
  { set, s, segment, definition, name }: Content,
  position: number,
): Generator<SetDamage> {
  const emptied = setElement(segment, position, '');
  if (isBare(emptied)) return;
  const found = judgePresence(definition, emptied.elements);
  yield {
    kind: kindOfAbsence(found),
    place: nameElement(name, position),
    splices: [replaceSegment(s, emptied)],
    findings: found.map((one) => findingAt(set, s, one)),
  };
}

function* damageValues(
  content: Content,
  position: number,
  use: ElementUse,
  setting: MutationSetting,
): Generator<SetDamage> {
  const { source, set, segment } = content;
  const { separators } = source;
  const composite = set.standard.composites.get(use.ref);
  const split = splitElement(separators, segment.elements[position - 1]!, composite !== undefined);
  const strict = setting.charset === 'utf-8' && setting.tolerance['not-utf-8'] === 'refuse';
  const rules = { separators, strict, composite: composite !== undefined };
  for (const [r, components] of split.entries()) {
    const repetition = split.length > 1 ? r + 1 : undefined;
    const put = (c: number, value: string) => joinElement(separators, putComponent(split, r, c, value));
    for (const [c, value] of components.entries()) {
      if (value === '') continue;
      const reference = composite === undefined ? use.ref : composite.elements[c]!.ref;
      const place = { component: composite && c + 1, repetition, reference };
      const element = set.standard.elements.get(reference)!;
      for (const bad of listBadValues(element, rules)) {
        yield damage(content, bad.kind, position, put(c, bad.value), [
          { ...place, code: bad.code, value: bad.value },
        ]);
      }
      if (composite === undefined || components.every((one, k) => k === c || one === '')) continue;
      const found = judgePresence(composite, components.with(c, ''));
      const wrong = found.map((one) => ({ ...one, component: one.position, repetition }));
      yield damage(content, kindOfAbsence(found), position, put(c, ''), wrong);
    }
  }
}

function putComponent(split: Split, r: number, c: number, value: string): Split {
  return split.map((components, index) => (index === r ? components.with(c, value) : components));
}

/** One component or one repeat too many. */
function* crowdElement(content: Content, position: number, use: ElementUse): Generator<SetDamage> {
  const { separators } = content.source;
  const reference = use.ref;
  const composite = content.set.standard.composites.get(reference);
  const split = splitElement(separators, content.segment.elements[position - 1]!, composite !== undefined);
  const [one] = split as readonly [readonly string[]];
  if (composite !== undefined && split.length === 1) {
    const components = Array.from({ length: composite.elements.length }, (_, c) => one[c] ?? '');
    const value = joinElement(separators, [[...components, 'X']]);
    yield damage(content, 'too-many-components', position, value, [{ reference, code: '13', value }]);
  }
  if (separators.repetition !== undefined && use.repeat <= MOST_REPEATS) {
    const value = joinElement(
      separators,
      Array.from({ length: use.repeat + 1 }, () => one),
    );
    yield damage(content, 'too-many-repeats', position, value, [{ reference, code: '12', value }]);
  }
}

const MOST_REPEATS = 100;
