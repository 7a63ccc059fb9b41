import { type Damage, replaceSegment, type Splice, setElement } from './damage.ts';
import { otherControl } from './damage-set-envelope.ts';
import type { Kind } from './kinds.ts';
import type { Source, SourceSegment } from './source.ts';

/** Envelope of the interchange: what is wrong with it refuses it (R), or is noted and all is taken (E). */
export function* damageInterchange(source: Source): Generator<Damage> {
  const { segments, groups } = source;
  const last = segments.length - 1;
  const [isa, iea] = [segments[0]!, segments[last]!];
  const damage = (
    kind: Kind,
    place: string,
    splices: Splice[],
    code: string,
    status: 'E' | 'R' = 'R',
  ): Damage => ({
    kind,
    place,
    change: { kind: 'splices', splices },
    lead: (outcome) => ({ ...outcome, note: { code, status } }),
  });
  for (const [e, value, code, status] of [...BAD_ISA, ...listBadStandards(source)]) {
    const filled = setElement(isa, e, value);
    // What the qualifiers of ISA02 and ISA04 announce is not there.
    const broken = value === '03' || value === '01' ? setElement(filled, e + 1, ' '.repeat(10)) : filled;
    const splices = [replaceSegment(0, broken)];
    if (e === 13) splices.push(replaceSegment(last, setElement(iea, 2, value)));
    yield damage('bad-isa-element', `ISA-${String(e).padStart(2, '0')}`, splices, code, status);
  }
  for (const count of [String(groups.length + 1), 'X', '']) {
    yield damage('wrong-group-count', 'IEA-01', [replaceSegment(last, setElement(iea, 1, count))], '021');
  }
  for (const control of [otherControl(isa.elements[12]!), '']) {
    const splices = [replaceSegment(last, setElement(iea, 2, control))];
    yield damage('interchange-controls-differ', 'IEA-02', splices, '001');
  }
  for (const at of [1, last]) {
    const place = `behind-${segments[at - 1]!.id}`;
    yield damage(
      'stray-segment',
      place,
      [{ at, remove: 0, insert: [{ id: 'ZZZ', elements: ['1'] }] }],
      '024',
    );
  }
  yield damage('missing-interchange-trailer', 'IEA', [{ at: last, remove: 1, insert: [] }], '023');
  yield* damageWhole(source);
}

/** An element of an ISA and a wrong value of its width, TA105, and whether that refuses. */
type BadElement = readonly [number, string, string, 'E' | 'R'];

/**
 * ISA11: up to 00401 a letter that is not U names a standard that is not X12; from 00402 on a sign that separates
 * components too. Only where no data depend on what it separates; so with a version that has no such sign.
 */
function listBadStandards({ text, separators, segments }: Source): BadElement[] {
  const [isa] = segments as readonly [SourceSegment];
  const { component, repetition } = separators;
  const isUsed = (sign: number | undefined) =>
    sign !== undefined && text.includes(String.fromCharCode(sign), isa.end);
  const bad: BadElement[] = isUsed(repetition) ? [] : [[12, '00150', '003', 'R']];
  if (isa.elements[11]! < '00402') bad.push([11, 'T', '002', 'E']);
  else if (!isUsed(repetition) && !isUsed(component)) {
    bad.push([11, String.fromCharCode(component), '016', 'R']);
  }
  return bad;
}

const BAD_ISA: readonly BadElement[] = [
  [1, '99', '010', 'R'],
  [1, '03', '011', 'E'],
  [3, '99', '012', 'R'],
  [3, '01', '013', 'E'],
  [5, ' Z', '005', 'R'],
  [5, 'QQ', '005', 'E'],
  [6, ' '.repeat(15), '006', 'R'],
  [7, ' Z', '007', 'R'],
  [7, 'QQ', '007', 'E'],
  [8, ' '.repeat(15), '008', 'R'],
  [9, '991301', '014', 'E'],
  [9, '24013A', '014', 'E'],
  [10, '2460', '015', 'E'],
  [10, '24 0', '015', 'E'],
  [12, '0040A', '017', 'R'],
  [12, '99999', '017', 'E'],
  [12, '00900', '003', 'R'],
  [13, '12345678A', '018', 'R'],
  [13, '12345678 ', '018', 'R'],
  [14, '2', '019', 'E'],
  [15, 'X', '020', 'R'],
];

/** Damages that leave no group to answer, or nothing wrong at all. */
function* damageWhole(source: Source): Generator<Damage> {
  const { segments, groups } = source;
  const isa = segments[0]!;
  yield* loseHeader(source);
  for (const { first, index } of groups) {
    yield {
      kind: 'missing-group-header',
      place: 'GS',
      change: { kind: 'splices', splices: [{ at: first, remove: 1, insert: [] }] },
      lead: (outcome) => ({
        note: { code: '022', status: 'R' },
        groups: outcome.groups.filter((_, other) => other !== index),
      }),
    };
  }
  yield {
    kind: 'acknowledgement-requested',
    place: 'ISA-14',
    change: { kind: 'splices', splices: [replaceSegment(0, setElement(isa, 14, '1'))] },
    lead: (outcome) => outcome,
  };
}

/** ISA shortened by an element, or not there; without ISA01 nothing tells it from prose. */
function* loseHeader({ text, segments }: Source): Generator<Damage> {
  const isa = segments[0]!;
  // Where data speak of an ISA, what is left might begin there.
  const alone = text.indexOf('ISA', 1) < 0;
  for (let e = alone ? 1 : 2; e < 16; e++) {
    const shorter = { ...isa, elements: isa.elements.toSpliced(e - 1, 1) };
    yield {
      kind: 'missing-isa-element',
      place: `ISA-${String(e).padStart(2, '0')}`,
      change: { kind: 'splices', splices: [replaceSegment(0, shorter)] },
      lead: () => (e === 1 ? undefined : { note: { code: '022', status: 'R' }, groups: [] }),
    };
  }
  if (!alone) return;
  yield {
    kind: 'missing-interchange-header',
    place: 'ISA',
    change: { kind: 'splices', splices: [{ at: 0, remove: 1, insert: [] }] },
    lead: () => undefined,
  };
}
