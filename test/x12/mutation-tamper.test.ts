import test from 'ava';
import type { Expected } from '../../src/x12/mutation/answer.ts';
import { compareAnswers } from '../../src/x12/mutation/compare.ts';
import type { Kind } from '../../src/x12/mutation/kinds.ts';
import { mutate } from '../../src/x12/mutation/mutate.ts';
import type {
  ElementDefinition,
  SegmentDefinition,
  SetDefinition,
  Standard,
} from '../../src/x12/standard/definition.ts';
import { checkMutant, makeSubject, SETTING, standards } from './mutation-support.ts';

const standard = standards.get('005010')!;
const order = standard.sets.get('850')!;
const bytes = makeSubject(standard, order, 'full');

test('an expectation that is changed anywhere is no longer met', (t) => {
  const seen = new Set<string>();
  for (const mutant of mutate(bytes, SETTING)) {
    if (seen.has(mutant.kind)) continue;
    seen.add(mutant.kind);
    const expected = mutant.expect();
    t.deepEqual(checkMutant(mutant, expected), [], mutant.kind);
    for (const [place, wrong] of tamper(expected)) {
      t.not(compareAnswers(expected, wrong).length, 0, `${mutant.kind}: ${place}`);
      t.not(checkMutant(mutant, wrong).length, 0, `${mutant.kind}: ${place}`);
    }
  }
  t.true(seen.size > 40);
});

/** Copies of an expectation, each with one value changed by one, or one entry of a list lost. */
function* tamper(expected: Expected): Generator<[string, Expected]> {
  for (const path of pathsOf(expected, [])) {
    const copy = structuredClone(expected);
    const last = path.at(-1)!;
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((one, key) => Reflect.get(one as object, key), copy) as object;
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else Reflect.set(holder, last, change(Reflect.get(holder, last)));
    yield [path.join(' '), copy];
  }
}

function pathsOf(value: unknown, path: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const inner = Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]));
  // Entries of lists are lost whole as well; texts in lists are reached by that alone.
  const isEntry = /^\d+$/.test(path.at(-1) ?? '');
  return isEntry ? [[...path], ...inner] : inner;
}

function change(value: unknown): unknown {
  return typeof value === 'number' ? value + 1 : `${value ?? ''}0`;
}

type Tampering = { readonly what: string; readonly kind: Kind; readonly standard: Standard };

/** Definitions that are off by one, as a validator could be. */
const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a greatest length',
    kind: 'too-long',
    standard: withElement('324', (one) => ({ ...one, max: one.max + 1 })),
  },
  {
    what: 'a least length',
    kind: 'too-short',
    standard: withElement('92', (one) => ({ ...one, min: one.min - 1 })),
  },
  {
    what: 'a code more',
    kind: 'bad-code',
    standard: withElement('98', (one) => ({ ...one, codes: new Map([...one.codes!, ['QQQ', '']]) })),
  },
  { what: 'a type', kind: 'bad-character', standard: withElement('212', (one) => ({ ...one, type: 'AN' })) },
  {
    what: 'a date that is text',
    kind: 'bad-date',
    standard: withElement('373', (one) => ({ ...one, type: 'AN' })),
  },
  {
    what: 'a mandatory element',
    kind: 'missing-element',
    standard: withSegment('BEG', (one) => ({ ...one, elements: optional(one, 3) })),
  },
  {
    what: 'an element more',
    kind: 'too-many-elements',
    standard: withSegment('BEG', (one) => ({ ...one, elements: [...one.elements, one.elements[2]!] })),
  },
  {
    what: 'a condition',
    kind: 'missing-conditional',
    standard: withSegment('N1', (one) => ({ ...one, conditions: one.conditions.slice(1) })),
  },
  { what: 'a repeat of an element', kind: 'too-many-repeats', standard: withSegment('REF', repeated) },
  { what: 'a mandatory segment', kind: 'missing-segment', standard: withNode('BEG', { mandatory: false }) },
  { what: 'a repeat of a segment', kind: 'too-many-segments', standard: withNode('PER', { repeat: 4 }) },
  { what: 'a mandatory loop', kind: 'missing-loop', standard: withLoop('PO1', { mandatory: false }) },
  { what: 'a repeat of a loop', kind: 'too-many-loops', standard: withLoop('N1', { repeat: 201 }) },
];

for (const { what, kind, standard: wrong } of TAMPERINGS) {
  test(`a validator that is wrong in ${what} is found out`, (t) => {
    t.false(isFoundOut(kind, standards));
    t.true(isFoundOut(kind, new Map([...standards, ['005010', wrong]])));
  });
}

/** Whether any mutant of a kind shows that the reader goes by other definitions than the kit. */
function isFoundOut(kind: Kind, held: typeof standards): boolean {
  for (const mutant of mutate(bytes, SETTING)) {
    if (mutant.kind === kind && checkMutant(mutant, mutant.expect(), { standards: held }).length > 0)
      return true;
  }
  return false;
}

function withElement(id: string, turn: (one: ElementDefinition) => ElementDefinition): Standard {
  return { ...standard, elements: new Map([...standard.elements, [id, turn(standard.elements.get(id)!)]]) };
}

function withSegment(id: string, turn: (one: SegmentDefinition) => SegmentDefinition): Standard {
  return { ...standard, segments: new Map([...standard.segments, [id, turn(standard.segments.get(id)!)]]) };
}

function repeated(one: SegmentDefinition): SegmentDefinition {
  return { ...one, elements: one.elements.map((use) => ({ ...use, repeat: use.repeat + 1 })) };
}

function optional({ elements }: SegmentDefinition, position: number): SegmentDefinition['elements'] {
  return elements.map((use, e) => (e === position - 1 ? { ...use, mandatory: false } : use));
}

function withNode(segment: string, change: Partial<SetDefinition['nodes'][number]>): Standard {
  const nodes = order.nodes.map((node) =>
    node.segment === segment && node.loop === 0 ? { ...node, ...change } : node,
  );
  return withSet({ ...order, nodes });
}

function withLoop(id: string, change: Partial<SetDefinition['loops'][number]>): Standard {
  return withSet({
    ...order,
    loops: order.loops.map((loop) => (loop.path === id ? { ...loop, ...change } : loop)),
  });
}

function withSet(set: SetDefinition): Standard {
  return { ...standard, sets: new Map([...standard.sets, [set.set, set]]) };
}
