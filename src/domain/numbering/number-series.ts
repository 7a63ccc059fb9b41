import { lastSscc, type SsccSpace, writeSscc } from '../shipment/sscc.ts';
import { writeNumber } from './number-pattern.ts';
import type { NumberedThing, NumbersFile } from './numbers-file.ts';

/** Numbers that are given once each, without a gap, from a counter of the store. */
export type NumberSeries = {
  /** Names the counter. */
  readonly key: string;
  readonly first: number;
  /** Absent where there is no end. */
  readonly last?: number;
  readonly write: (value: number) => string;
};

/** Tests have numbers of their own: those of live papers have no gap. */
export function testSeries({ write, key, ...series }: NumberSeries): NumberSeries {
  return { ...series, key: `${key} test`, write: (value) => `TEST-${write(value)}` };
}

/** Of what is numbered on a day, which decides the year. */
export function chooseSeries(numbers: NumbersFile, thing: NumberedThing, today: string): NumberSeries {
  const pattern = numbers[thing];
  const year = today.slice(0, 4);
  const yearly = pattern.restart === 'yearly';
  return {
    key: yearly ? `${thing} ${year}` : thing,
    first: pattern.first,
    write: (value) => writeNumber(pattern, year, value),
  };
}

/** An SSCC is never given twice: where the space ends, a further extension digit or prefix is needed. */
export function ssccSeries(space: SsccSpace): NumberSeries {
  return {
    key: `sscc ${space.companyPrefix}`,
    first: 1,
    last: lastSscc(space),
    write: (value) => writeSscc(space, value),
  };
}

/** The counter's values that one taking went through. */
export type TakenRange = { readonly from: number; readonly to: number };

const TOLD_AT = [80, 90, 95, 99] as const;

export type Shortage = { readonly percent: number; readonly left: number };

/** That a series nears its end: told with the taking that crosses each of a few shares of it, and only then. */
export function findShortage({ last }: NumberSeries, { from, to }: TakenRange): Shortage | undefined {
  if (last === undefined) return undefined;
  const percent = TOLD_AT.findLast((one) => (from - 1) * 100 < one * last && to * 100 >= one * last);
  return percent === undefined ? undefined : { percent, left: last - to };
}
