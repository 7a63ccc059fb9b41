import type { SegmentData } from '../scan/segment-data.ts';

/** What a TA1 says, in either direction; the shape is that of the domain's document, which this room may not import. */
export type Ta1 = {
  readonly control: string;
  readonly date: string;
  readonly time: string;
  readonly status: string;
  readonly note: string;
};

export function readTa1(segment: SegmentData): Ta1 {
  const [, control = '', date = '', time = '', status = '', note = ''] = segment.map(String);
  return { control, date, time, status, note };
}

export function writeTa1({ control, date, time, status, note }: Ta1): SegmentData {
  return ['TA1', control, date, time, status, note];
}

const SHAPES: readonly (readonly [place: string, of: keyof Ta1, shape: RegExp, expected: string])[] = [
  ['TA101', 'control', /^\d{9}$/, 'nine digits'],
  ['TA102', 'date', /^.{6}$/, 'six characters, YYMMDD'],
  ['TA103', 'time', /^.{4}$/, 'four characters, HHMM'],
  ['TA104', 'status', /^[AER]$/, 'A, E or R'],
  ['TA105', 'note', /^0([0-2]\d|3[01])$/, '000 to 031'],
];

/** What is wrong with a TA1; date and time repeat an ISA, which may itself be what is wrong. */
export function findTa1Faults(ta1: Ta1): string[] {
  return SHAPES.flatMap(([place, of, shape, expected]) =>
    shape.test(ta1[of]) ? [] : [`${place} is "${ta1[of]}": ${expected} expected`],
  );
}
