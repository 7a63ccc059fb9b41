import type { Big } from '../../lib/big.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { BlanketPolicy } from '../partner/order-policy.ts';
import type { BlanketEntry, BlanketLine, Cumulative } from './blanket.ts';

/** What the buyer counts, from a day of its own on where it counts each year anew. */
export type BuyersCount = Cumulative & { readonly since?: PlainDate | undefined };

export type Reconciliation = {
  /** What we shipped up to and with the day, less what came back. */
  readonly ours: Decimal;
  readonly theirs: Decimal;
  /** Ours less theirs. */
  readonly difference: Decimal;
  /** Of ours, what may be on its way still on that day. */
  readonly inTransit: Decimal;
  /** Whether the difference is neither on its way nor within the tolerance. */
  readonly beyond: boolean;
  readonly text: string;
};

type Entry = Pick<BlanketEntry, 'line' | 'kind' | 'quantity' | 'at'>;

/** The buyer's cumulative quantity (830, 862: SHP02) against our ledger, as of the buyer's day. */
export function reconcileCumulative(
  line: BlanketLine,
  entries: readonly Entry[],
  count: BuyersCount,
  policy: BlanketPolicy['cumulative'],
): Reconciliation {
  const { quantity: theirs, on, since = '' } = count;
  const counted = entries.filter(
    ({ line: number, at }) => number === line.number && at.slice(0, 10) >= since && at.slice(0, 10) <= on,
  );
  const ours = sum(counted, 'ship').minus(sum(counted, 'return'));
  const inTransit = findInTransit(counted, ours, addDays(on, -policy.transit));
  const difference = ours.minus(theirs);
  const tolerance = ours.times(policy.tolerance).div(100);
  const beyond = difference.gt(inTransit.plus(tolerance)) || difference.lt(tolerance.times(-1));
  const { number, unit } = line;
  const told = `line ${number}: up to ${on} the buyer counts ${theirs} ${unit} received`;
  const moving = `${fromBig(inTransit)} ${unit} in transit, shipped in the ${policy.transit} days before`;
  const rest = () => {
    if (difference.eq(0)) return 'as many as we shipped';
    if (difference.gt(0)) return `we shipped ${fromBig(ours)}, ${fromBig(difference)} more: ${moving}`;
    return `we shipped ${fromBig(ours)}: ask which shipments make the ${fromBig(difference.abs())} ${unit} more`;
  };
  return {
    ours: fromBig(ours),
    theirs: fromBig(toBig(theirs)),
    difference: fromBig(difference),
    inTransit: fromBig(inTransit),
    beyond,
    text: `${told}, ${rest()}`,
  };
}

/** What left after a day; of what the buyer has told as received (861) nothing is on its way any more. */
function findInTransit(entries: readonly Entry[], ours: Big, after: PlainDate): Big {
  const recent = sum(
    entries.filter(({ at }) => at.slice(0, 10) > after),
    'ship',
  );
  const open = ours.minus(sum(entries, 'receive'));
  const most = open.lt(recent) ? open : recent;
  return most.lt(0) ? toBig('0') : most;
}

export function shippedBefore(line: BlanketLine, entries: readonly Entry[], day: PlainDate): Decimal {
  const before = entries.filter(({ line: number, at }) => number === line.number && at.slice(0, 10) < day);
  return fromBig(sum(before, 'ship').minus(sum(before, 'return')));
}

function sum(entries: readonly Entry[], kind: BlanketEntry['kind']): Big {
  return entries
    .filter((entry) => entry.kind === kind)
    .reduce((all, entry) => all.plus(entry.quantity), toBig('0'));
}
