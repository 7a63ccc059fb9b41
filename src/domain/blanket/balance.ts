import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Blanket, BlanketLine } from './blanket.ts';

/** How much may be released of a line at most; undefined where more is told and not refused. */
export function releaseLimit(blanket: Blanket, line: BlanketLine): Big | undefined {
  if (blanket.allowance === undefined) return undefined;
  return toBig(line.committed).times(toBig(blanket.allowance).plus(100)).div(100);
}

/** Committed and not released; negative where more was released than committed. */
export function remainingQuantity(line: BlanketLine): Decimal {
  return fromBig(toBig(line.committed).minus(line.released));
}

/** On its way to the buyer, as far as it tells what it received. */
export function inTransit(line: BlanketLine): Decimal {
  return fromBig(toBig(line.shipped).minus(line.received));
}

/** Whether so many percent of the commitment are released. Of nothing committed no share is. */
export function isConsumed(line: BlanketLine, percent: Decimal): boolean {
  const committed = toBig(line.committed);
  return committed.gt(0) && toBig(line.released).times(100).gte(committed.times(percent));
}

/** What may be released beside the commitment, in words. */
export function describeAllowance({ allowance }: Pick<Blanket, 'allowance'>): string {
  if (allowance === undefined) return 'more than the commitment is accepted, for it is an estimate';
  return toBig(allowance).eq(0)
    ? 'nothing over the commitment'
    : `${allowance} % over the commitment allowed`;
}

/** `1000 EA committed, 1050 with the 5 % allowed over it`. */
export function describeLimit(blanket: Blanket, line: BlanketLine): string {
  const committed = `${line.committed} ${line.unit} committed`;
  const limit = releaseLimit(blanket, line);
  if (limit === undefined || limit.eq(line.committed)) return committed;
  return `${committed}, ${fromBig(limit)} with the ${blanket.allowance} % allowed over it`;
}

/** In whole percent, rounded down: 100 only where all is released. Undefined where nothing is committed. */
export function shareConsumed({ committed, released }: BlanketLine): number | undefined {
  if (toBig(committed).lte(0)) return undefined;
  return toBig(released).times(100).div(committed).round(0, 'down').toNumber();
}

/** The line with the greatest share of its commitment released. */
export function findMostDrawn(lines: readonly BlanketLine[]): BlanketLine | undefined {
  return lines
    .filter((line) => toBig(line.committed).gt(0))
    .toSorted((a, b) => toBig(b.released).times(a.committed).cmp(toBig(a.released).times(b.committed)))[0];
}
