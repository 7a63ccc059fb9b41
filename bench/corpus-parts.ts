import type { SegmentData } from '../src/x12/scan/segment-data.ts';
import type { SetEnvelope } from '../src/x12/write/write.ts';
import type { Random } from './random.ts';

export function makeEnvelope(set: string, number: number, segments: readonly SegmentData[]): SetEnvelope {
  return { set, control: String(number).padStart(4, '0'), segments };
}

/** N1 loop. */
export function makeParty(role: string, name: string, random: Random): SegmentData[] {
  const number = String(random(10_000));
  return [
    ['N1', role, `${name} ${number}`, '92', number.padStart(6, '0')],
    ['N3', `${1 + random(9999)} Commerce Way`, `Dock ${1 + random(40)}`],
    ['N4', 'Springfield', 'IL', String(10_000 + random(89_999)), 'US'],
  ];
}

/** The buyer's and the seller's number of an item. */
export function makeIds(random: Random): string[] {
  const item = String(100_000 + random(899_999));
  return ['BP', `B${item}`, 'VP', `VX-${item}-${random(99)}`];
}

export function makeDescription(random: Random): SegmentData {
  return ['PID', 'F', '', '', '', `Pressure transmitter, stainless, range ${random(400)} bar, G1/2`];
}

export function makePrice(random: Random): string {
  return `${random(900)}.${String(random(100)).padStart(2, '0')}`;
}
