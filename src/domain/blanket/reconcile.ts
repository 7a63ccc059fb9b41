import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { BlanketEntry, BlanketLine, Cumulative } from './blanket.ts';

export type Reconciliation = {
  /** What we shipped up to and with the day, less what came back. */
  readonly ours: Decimal;
  readonly theirs: Decimal;
  /** Ours less theirs. */
  readonly difference: Decimal;
  readonly text: string;
};

/** The buyer's cumulative quantity (830, 862: SHP02, ATH03) against our ledger, as of the buyer's day. */
export function reconcileCumulative(
  line: BlanketLine,
  entries: readonly Pick<BlanketEntry, 'line' | 'kind' | 'quantity' | 'at'>[],
  { quantity, on }: Cumulative,
): Reconciliation {
  const by = entries.filter((entry) => entry.line === line.number && entry.at.slice(0, 10) <= on);
  const sum = (kind: BlanketEntry['kind']) =>
    by.filter((entry) => entry.kind === kind).reduce((all, entry) => all.plus(entry.quantity), toBig('0'));
  const ours = sum('ship').minus(sum('return'));
  const difference = ours.minus(quantity);
  const told = `line ${line.number}: up to ${on} the buyer counts ${quantity} ${line.unit} received`;
  const text = difference.eq(0)
    ? `${told}, as many as we shipped`
    : difference.gt(0)
      ? `${told}, we shipped ${fromBig(ours)}: ${fromBig(difference)} ${line.unit} are on their way or missing`
      : `${told}, we shipped ${fromBig(ours)}: ask which shipments make the ${fromBig(difference.abs())} ${line.unit} more`;
  return { ours: fromBig(ours), theirs: fromBig(toBig(quantity)), difference: fromBig(difference), text };
}
