import { interchangeKey } from '../../domain/exchange/natural-keys.ts';
import type { Id } from '../../domain/exchange/records.ts';
import type { EarlierOrder, SharedFacts } from '../../domain/order/order-facts.ts';
import type { StockHold } from '../../store/stock.ts';
import { NO_PLANS, namePlans } from './enter-plan.ts';
import type { Inbound } from './inbound.ts';
import { nameBlanket, nameNewBlankets } from './record-effects.ts';
import type { Changing, Judged, KnownPlans, Ledger, Ref, Standing } from './verdict.ts';

/** What must be known before a file is judged; loaded whole, so that the judgement itself is pure. */
export type FileFacts = {
  /** Inbound interchanges already taken, by `interchangeKey`. */
  readonly interchanges: ReadonlyMap<string, { readonly id: string; readonly sha256: string }>;
  readonly live: KnownBefore;
  /** Kept apart, so that a test never holds up a live order. */
  readonly tests: KnownBefore;
  /** What all orders are decided by, as the decisions before have left it. */
  readonly shared: SharedFacts;
  /** Those that test orders opened, and draw on. */
  readonly testBlankets: SharedFacts['blankets'];
  /** How its stock was loaded, where there is any. */
  readonly hold?: StockHold | undefined;
};

export type KnownBefore = {
  /** Orders already known, by `orderKey`. */
  readonly orders: ReadonlyMap<string, EarlierOrder>;
  /** Orders that changes may be about. */
  readonly standing: readonly Standing[];
  readonly changes: readonly Changing[];
  readonly plans: KnownPlans;
};

export const NOTHING_BEFORE: KnownBefore = { orders: new Map(), standing: [], changes: [], plans: NO_PLANS };

/** What is known after a file was judged, before any of it is stored: the next one of the same lane is judged by it. */
export function learnFacts(facts: FileFacts, { live, tests }: Judged, inbound: Inbound): FileFacts {
  const taken = inbound.interchanges.filter((interchange) => interchange.status !== 'R');
  return {
    shared:
      live === undefined
        ? facts.shared
        : { ...live.shared, blankets: nameNewBlankets(live.shared.blankets, inbound) },
    testBlankets: tests === undefined ? facts.testBlankets : nameNewBlankets(tests.shared.blankets, inbound),
    interchanges: new Map([
      ...facts.interchanges,
      ...taken.map((each) => [interchangeKey(each), each] as const),
    ]),
    live: live === undefined ? facts.live : nameLedger(live, inbound),
    tests: tests === undefined ? facts.tests : nameLedger(tests, inbound),
  };
}

/** What refers to sets of the file refers to what they were stored as. */
function nameLedger({ orders, standing, changes, plans }: Ledger, inbound: Inbound): KnownBefore {
  const named = (ref: Ref, ids: ReadonlyMap<NonNullable<Ref['set']>, Id>): Ref => {
    const id = ref.id ?? (ref.set && ids.get(ref.set));
    return id === undefined ? ref : { id };
  };
  return {
    orders,
    standing: standing.map(({ ref, order }) => ({
      ref: named(ref, inbound.orderOf),
      order: { ...order, bookedOn: order.bookedOn && nameBlanket(order.bookedOn, inbound) },
    })),
    changes: changes.map((one) => ({ ...one, ref: named(one.ref, inbound.documentOf) })),
    plans: namePlans(plans, (blanket) => nameBlanket(blanket, inbound)),
  };
}
