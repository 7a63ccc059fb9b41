import { interchangeKey, orderKey } from '../../domain/exchange/natural-keys.ts';
import type { InterchangeRecord, OrderRecord } from '../../domain/exchange/records.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { Catalogue, EarlierOrder, OrderFacts } from '../../domain/order/order-facts.ts';

/** What must be known before a file is judged; loaded whole, so that the judgement itself is pure. */
export type FileFacts = {
  /** Inbound interchanges already taken, by `interchangeKey`. */
  readonly interchanges: ReadonlyMap<string, { readonly id: string; readonly sha256: string }>;
  /** Live orders already known, by `orderKey`. */
  readonly orders: ReadonlyMap<string, EarlierOrder>;
  /** Test orders already known: kept apart, so that a test never holds up a live order. */
  readonly testOrders: ReadonlyMap<string, EarlierOrder>;
  readonly order: Omit<OrderFacts, 'earlier' | 'catalogue'>;
  /** Items and the partner's prices in a currency. */
  readonly catalogue: (currency: string) => Catalogue;
};

/** What is known after a file was judged, before any of it is stored: the next one of the same lane is judged by it. */
export function learnFacts(
  facts: FileFacts,
  {
    interchanges,
    orders,
  }: { readonly interchanges: readonly InterchangeRecord[]; readonly orders: readonly OrderRecord[] },
): FileFacts {
  const taken = interchanges.filter((interchange) => interchange.status !== 'R');
  const learn = (known: FileFacts['orders'], test: boolean) =>
    new Map([
      ...known,
      ...orders
        .filter((order) => order.test === test)
        .map(({ contentHash, decision, ...order }) => {
          const earlier: EarlierOrder = { contentHash, decision: decision as OrderDecision };
          return [orderKey(order), earlier] as const;
        }),
    ]);
  return {
    ...facts,
    interchanges: new Map([
      ...facts.interchanges,
      ...taken.map((each) => [interchangeKey(each), each] as const),
    ]),
    orders: learn(facts.orders, false),
    testOrders: learn(facts.testOrders, true),
  };
}
