import type { SegmentData } from '../src/x12/segment-data.ts';
import {
  type GroupEnvelope,
  type SetEnvelope,
  USUAL_SEPARATORS,
  writeInterchange,
} from '../src/x12/write.ts';

/**
 * Made-up 850s such as a distributor sends overnight: orders of 5 to 50 lines, a hundred to a group, ten groups to an
 * interchange. The same size always gives the same bytes.
 */
export function* generate850s(size: number): Generator<Uint8Array> {
  const random = createRandom(850);
  let written = 0;
  for (let control = 1; written < size; control++) {
    const bytes = makeInterchange(control, random);
    written += bytes.length;
    yield bytes;
  }
}

/** The groups of one interchange, for measuring the writer. */
export function makeGroups(interchange: number, random: Random): GroupEnvelope[] {
  return Array.from({ length: 10 }, (_, g) => ({
    functionalId: 'PO',
    sender: 'ACMEIND',
    receiver: 'HOUSE',
    date: '20260104',
    time: '0415',
    control: String(interchange * 10 + g),
    version: '004010',
    sets: Array.from({ length: 100 }, (__, s) => makeSet(interchange, g * 100 + s, random)),
  }));
}

export function writeGroups(interchange: number, groups: readonly GroupEnvelope[]): Uint8Array {
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'ACMEIND' },
      receiver: { qualifier: 'ZZ', id: 'HOUSE' },
      date: '260104',
      time: '0415',
      version: '00401',
      control: String(interchange).padStart(9, '0'),
      usage: 'P',
      separators: USUAL_SEPARATORS,
      newline: true,
    },
    groups,
  );
}

export type Random = (below: number) => number;

/** A linear congruential generator: repeatable, and good enough to make sizes vary. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function makeInterchange(control: number, random: Random): Uint8Array {
  return writeGroups(control, makeGroups(control, random));
}

function makeSet(interchange: number, number: number, random: Random): SetEnvelope {
  const lines = 5 + random(46);
  const segments: SegmentData[] = [
    ['BEG', '00', 'NE', `PO${interchange}-${number}`, '', '20260104'],
    ['CUR', 'BY', 'USD'],
    ['REF', 'DP', String(100 + random(900))],
    ['REF', 'CT', `C-${random(100_000)}`],
    ['PER', 'BD', 'Purchasing Desk', 'TE', '5550100123'],
    ['ITD', '01', '3', '', '', '', '', '30'],
    ['DTM', '002', day(random)],
    ...makeParty('ST', 'Acme Industrial Supply, Plant', random),
    ...makeParty('BT', 'Acme Industrial Supply', random),
  ];
  for (let line = 1; line <= lines; line++) segments.push(...makeLine(line, random));
  segments.push(['CTT', String(lines)]);
  return { set: '850', control: String(number + 1).padStart(4, '0'), segments };
}

function makeParty(role: string, name: string, random: Random): SegmentData[] {
  const number = String(random(10_000));
  return [
    ['N1', role, `${name} ${number}`, '92', number.padStart(6, '0')],
    ['N3', `${1 + random(9999)} Commerce Way`, `Dock ${1 + random(40)}`],
    ['N4', 'Springfield', 'IL', String(10_000 + random(89_999)), 'US'],
  ];
}

function makeLine(line: number, random: Random): SegmentData[] {
  const quantity = String(1 + random(500));
  const price = `${random(900)}.${String(random(100)).padStart(2, '0')}`;
  const item = String(100_000 + random(899_999));
  const segments: SegmentData[] = [
    ['PO1', String(line), quantity, 'EA', price, 'PE', 'BP', `B${item}`, 'VP', `VX-${item}-${random(99)}`],
    ['PID', 'F', '', '', '', `Pressure transmitter, stainless, range ${random(400)} bar, G1/2`],
  ];
  if (line % 3 === 0) segments.push(['REF', 'ZZ', `line note ${random(1000)}`]);
  segments.push(['SCH', quantity, 'EA', '', '', '002', day(random)]);
  return segments;
}

function day(random: Random): string {
  return `2026${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}`;
}
