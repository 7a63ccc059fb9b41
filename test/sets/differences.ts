import type { SetReading } from '../../src/x12/interchange/reading.ts';
import { element, elementCount, segmentId } from '../../src/x12/scan/segments.ts';
import type { WrittenAgain } from './write-again.ts';

/** A segment, or a loop instance with what it holds; `place` is where in the set's definition it stands. */
type Row = { readonly kind: 'row'; readonly place: number; elements: string[] };
type Loop = { readonly kind: 'loop'; readonly place: number; items: (Row | Loop)[] };

type Rule = {
  readonly says: string;
  /** Makes of what was sent what is to be written; `written` shows what a computed value is. */
  readonly apply: (sent: Loop, written: Loop) => void;
};

/**
 * The rules by which segments that were read and written again differ from those that were sent. Every other
 * difference is a defect.
 */
export const RULES: Readonly<Record<string, Rule>> = {
  'nothing at the end': {
    says: 'Empty elements, repeats and components at the end of a segment or composite are left out (X12.6).',
    apply: (sent) => eachRow(sent, trimRow),
  },
  totals: {
    says: 'CTT01 and CTT02 are computed and always written, in our spelling. One that was sent wrong is written back as it was.',
    apply: addTotals,
  },
  ordinals: {
    says: 'A line of an order without a number gets its ordinal, PO101.',
    apply: addOrdinals,
  },
  'levels below': {
    says: 'HL04 is computed: 1 where levels follow below, 0 where none do.',
    apply: addLevelsBelow,
  },
  'levels together': {
    says: 'A level is followed by the levels that lie in it, by HL01 and HL02.',
    apply: gatherLevels,
  },
  'lists of text': {
    says: 'Lists of text fill their segments from the front: two N3 with one line each become one with two.',
    apply: (sent) => eachLoop(sent, packTexts),
  },
  pairs: {
    says: 'Pairs of qualifier and value close up.',
    apply: (sent) => eachRow(sent, closePairs),
  },
  'implied decimals': {
    says: 'Implied decimals lose zeros in front, `00100` of N2 is `100`.',
    apply: (sent, written) => eachRow(sent, (row) => stripZeros(row, written)),
  },
  'one place': {
    says: 'A contract number in REF CT is written in the beginning segment, and only there.',
    apply: moveContract,
  },
  titles: {
    says: 'N9 L1, which heads notes, says NOTES in N903 where that was empty.',
    apply: addTitles,
  },
  order: {
    says: 'Segments and loops at one place of the set, told apart by their qualifiers, are written in the order of the map.',
    apply: () => undefined,
  },
};

/** Names of the rules that explain how `written` differs from `sent`; `unexplained` beside the first difference. */
export function explainDifferences({ sent, written }: WrittenAgain): readonly string[] {
  const names = Object.keys(RULES);
  if (isEqual(sent, written, [])) return [];
  if (!isEqual(sent, written, names)) return ['unexplained', firstDifference(sent, written, names)];
  return findNeededRules(names, (rules) => isEqual(sent, written, rules));
}

/** Of rules that explain a difference only those without which they would not. */
export function findNeededRules(
  names: readonly string[],
  explains: (rules: readonly string[]) => boolean,
): readonly string[] {
  let needed = names;
  for (const name of names) {
    const fewer = needed.filter((other) => other !== name);
    if (explains(fewer)) needed = fewer;
  }
  return needed;
}

function isEqual(sent: SetReading, written: SetReading, rules: readonly string[]): boolean {
  const [left, right] = render(sent, written, rules);
  return left.join('\n') === right.join('\n');
}

function firstDifference(sent: SetReading, written: SetReading, rules: readonly string[]): string {
  const [left, right] = render(sent, written, rules);
  const at = left.findIndex((line, i) => line !== right[i]);
  return `sent ${left[at] ?? 'nothing'}, written ${right[at === -1 ? left.length : at] ?? 'nothing'}`;
}

function render(sent: SetReading, written: SetReading, rules: readonly string[]): [string[], string[]] {
  const [left, right] = [buildTree(sent), buildTree(written)];
  for (const name of rules) RULES[name]!.apply(left, right);
  const ordered = rules.includes('order');
  return [flatten(left, ordered), flatten(right, ordered)];
}

function buildTree({ segments, nodes, definition, separators }: SetReading): Loop {
  const root: Loop = { kind: 'loop', place: 0, items: [] };
  const open: Loop[] = [root];
  const depthOf = (loop: number): number => {
    const { parent } = definition!.loops[loop]!;
    return parent === undefined ? 0 : depthOf(parent) + 1;
  };
  for (let s = 1; s < segments.count - 1; s++) {
    const node = definition!.nodes[nodes[s]!];
    const elements = [segmentId(segments, s)];
    for (let e = 1; e <= elementCount(segments, s); e++) {
      elements.push(say(element(segments, s, e), separators));
    }
    const row: Row = { kind: 'row', place: nodes[s]!, elements };
    const depth = node === undefined ? open.length - 1 : depthOf(node.loop);
    if (node !== undefined) open.length = Math.min(open.length, depth + (node.opens && depth > 0 ? 0 : 1));
    if (node?.opens === true && depth > 0) {
      const loop: Loop = { kind: 'loop', place: nodes[s]!, items: [] };
      open.at(-1)!.items.push(loop);
      open.push(loop);
    }
    open.at(-1)!.items.push(row);
  }
  return root;
}

/** The same text whichever separators the interchange has: signs that stand for them and in no data. */
function say(value: string, { component, repetition }: SetReading['separators']): string {
  const text = value.replaceAll(String.fromCharCode(component), '␟');
  return repetition === undefined ? text : text.replaceAll(String.fromCharCode(repetition), '␞');
}

function flatten(loop: Loop, ordered: boolean): string[] {
  const texts = loop.items.map((item) => ({
    place: item.place,
    lines: item.kind === 'row' ? [item.elements.join('*')] : flatten(item, ordered),
  }));
  if (ordered) {
    texts.sort((a, b) => a.place - b.place || compareQualifiers(a.lines[0]!, b.lines[0]!));
  }
  return texts.flatMap(({ lines }) => lines);
}

/** What a map finds by its qualifier. Lines and levels never change places, nor do two of one qualifier. */
const QUALIFIED = new Set(['DTM', 'N9', 'PID']);

function compareQualifiers(one: string, other: string): number {
  const [segment, a = ''] = one.split('*');
  const [, b = ''] = other.split('*');
  if (!QUALIFIED.has(segment!) || a === b) return 0;
  return a < b ? -1 : 1;
}

function eachLoop(loop: Loop, change: (loop: Loop) => void): void {
  change(loop);
  for (const item of loop.items) if (item.kind === 'loop') eachLoop(item, change);
}

function eachRow(loop: Loop, change: (row: Row) => void): void {
  eachLoop(loop, ({ items }) => {
    for (const item of items) if (item.kind === 'row') change(item);
  });
}

/** Elements of the first segment of a loop. */
function opener(loop: Loop): string[] {
  return (loop.items[0] as Row).elements;
}

function trimRow(row: Row): void {
  row.elements = row.elements.map((value) => value.replace(/␟+(?=␞|$)/g, '').replace(/␞+$/, ''));
  while (row.elements.at(-1) === '') row.elements.pop();
}

function findRow(loop: Loop, segment: string): Row | undefined {
  return loop.items.find((item): item is Row => item.kind === 'row' && item.elements[0] === segment);
}

function findLoops(loop: Loop, segment: string): Loop[] {
  return loop.items.filter((item): item is Loop => item.kind === 'loop' && opener(item)[0] === segment);
}

function addOrdinals(sent: Loop, written: Loop): void {
  const ours = findLoops(written, 'PO1');
  for (const [i, line] of findLoops(sent, 'PO1').entries()) {
    const ordinal = String(i + 1);
    if (ours[i] !== undefined && opener(ours[i])[1] === ordinal) opener(line)[1] ||= ordinal;
  }
}

function addLevelsBelow(sent: Loop): void {
  const levels = findLoops(sent, 'HL').map(opener);
  const parents = new Set(levels.map((elements) => elements[2]));
  for (const elements of levels) elements[4] ||= parents.has(elements[1]) ? '1' : '0';
}

function gatherLevels(sent: Loop): void {
  const levels = findLoops(sent, 'HL');
  const inside = Map.groupBy(levels, (level) => opener(level)[2] ?? '');
  const gather = (parent: string): Loop[] =>
    (inside.get(parent) ?? []).flatMap((level) => [level, ...gather(opener(level)[1]!)]);
  const gathered = gather('');
  sent.items = sent.items.map((item) => (levels.includes(item as Loop) ? gathered.shift()! : item));
}

function addTitles(root: Loop): void {
  eachLoop(root, (loop) => {
    for (const elements of findLoops(loop, 'N9').map(opener)) {
      if (elements[1] !== 'L1') continue;
      while (elements.length < 4) elements.push('');
      elements[3] ||= 'NOTES';
    }
  });
}

/** CTT is a loop in some sets and a segment in others. */
function addTotals(sent: Loop, written: Loop): void {
  const [theirs, ours] = [sent, written].map((root) => findLoops(root, 'CTT')[0] ?? findRow(root, 'CTT'));
  if (ours === undefined) return;
  const computed = ours.kind === 'loop' ? opener(ours) : ours.elements;
  if (theirs === undefined) {
    const row: Row = { kind: 'row', place: ours.place, elements: computed.slice(0, 3) };
    sent.items.push(ours.kind === 'loop' ? { kind: 'loop', place: ours.place, items: [row] } : row);
    return;
  }
  const elements = theirs.kind === 'loop' ? opener(theirs) : theirs.elements;
  for (const position of [1, 2]) {
    const [came, own = ''] = [elements[position], computed[position]];
    // `.0` and `0` are one number.
    if (came === undefined || came === '' || (own !== '' && Number(came) === Number(own)))
      elements[position] = own;
  }
}

const TEXTS = ['N2', 'N3'];

function packTexts(loop: Loop): void {
  for (const segment of TEXTS) {
    const rows = loop.items.filter(
      (item): item is Row => item.kind === 'row' && item.elements[0] === segment,
    );
    const texts = rows.flatMap(({ elements }) => elements.slice(1)).filter((text) => text !== '');
    for (const row of rows) row.elements = [segment, ...texts.splice(0, 2)];
    const empty = new Set<Row | Loop>(rows.filter(({ elements }) => elements.length === 1));
    loop.items = loop.items.filter((item) => !empty.has(item));
  }
}

/** Where pairs begin. */
const PAIRS: Readonly<Record<string, number>> = { PO1: 6, IT1: 6, POC: 8, LIN: 2, SLN: 9, ACK: 7, PER: 3 };

function closePairs(row: Row): void {
  const from = PAIRS[row.elements[0]!];
  if (from === undefined) return;
  const kept: string[] = [];
  for (let i = from; i < row.elements.length; i += 2) {
    const pair = row.elements.slice(i, i + 2);
    if (pair.some((value) => value !== '')) kept.push(...pair);
  }
  row.elements = [...row.elements.slice(0, from), ...kept];
}

function stripZeros(row: Row, written: Loop): void {
  const like = new Set<string>();
  eachRow(written, ({ elements }) => {
    if (elements[0] === row.elements[0])
      for (const [i, value] of elements.entries()) like.add(`${i} ${value}`);
  });
  row.elements = row.elements.map((value, i) => {
    const bare = value.replace(/^(-?)0+(?=\d)/, '$1');
    return i > 0 && like.has(`${i} ${bare}`) && !like.has(`${i} ${value}`) ? bare : value;
  });
}

/** Position of the contract number in the beginning segment. */
const CONTRACT: Readonly<Record<string, number>> = { BEG: 6, BCH: 8, BCA: 8 };

function moveContract(sent: Loop): void {
  const begin = sent.items[0];
  const position = begin?.kind === 'row' ? CONTRACT[begin.elements[0]!] : undefined;
  const reference = sent.items.find(
    (item): item is Row => item.kind === 'row' && item.elements[0] === 'REF' && item.elements[1] === 'CT',
  );
  if (begin?.kind !== 'row' || position === undefined || reference === undefined) return;
  const { elements } = begin;
  while (elements.length <= position) elements.push('');
  elements[position] ||= reference.elements[2] ?? '';
  if (elements[position] !== reference.elements[2] || reference.elements.length > 3) return;
  sent.items = sent.items.filter((item) => item !== reference);
}
