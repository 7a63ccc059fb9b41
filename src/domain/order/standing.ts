import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Stock, StockPosition } from '../allocation/stock.ts';
import type { BlanketBooking } from '../blanket/blanket.ts';
import { orderedKey } from '../pricing/price-terms.ts';
import type { EarlierChange, StandingOrder } from './change-decision.ts';
import type { OrderChange } from './order-change.ts';
import type { LinePromise, OrderDecision } from './order-decision.ts';
import type { SharedFacts } from './order-facts.ts';
import type { Ruling } from './ruling.ts';
import { countedOf, useAuthorities } from './share-facts.ts';

/** What an order has drawn from stock: reserved, waiting for what is to come, or shipped. In the item's unit. */
export type Drawn = Omit<LinePromise, 'quantity'> & {
  readonly item: string;
  /** Place of the line in the order, from 1. */
  readonly position: number;
};

/** An order that a change may be about, and what must be given back before it is decided again. */
export type KnownOrder = {
  readonly poNumber: string;
  readonly releaseNumber: string;
  readonly shipTo: string;
  readonly standing: StandingOrder;
  readonly drawn: readonly Drawn[];
  /** Counted as accepted and not shipped, but for what of it has been shipped. */
  readonly amount?: Decimal | undefined;
  readonly shippedAmount?: Decimal | undefined;
  /** By line of the blanket, what it has booked as a release. */
  readonly booked: ReadonlyMap<string, Decimal>;
  /** The blanket that it has booked on. */
  readonly bookedOn?: string | undefined;
  readonly rulings: readonly Ruling[];
};

/** A change that came before, with what people have ruled of it. */
export type KnownChange = {
  readonly change: OrderChange;
  readonly earlier: EarlierChange;
  readonly rulings: readonly Ruling[];
};

export function listDrawn({ lines }: OrderDecision): readonly Drawn[] {
  return lines.flatMap(({ item, promises = [] }, i) =>
    item === undefined
      ? []
      : promises.map(({ quantity: _quantity, ...promise }) => ({ ...promise, item, position: i + 1 })),
  );
}

/** What a release has booked goes back whole. */
export function giveBackBooked(
  { booked, bookedOn: blanket }: Pick<KnownOrder, 'booked' | 'bookedOn'>,
  reference: string,
): readonly BlanketBooking[] {
  if (blanket === undefined) return [];
  return [...booked].map(([line, quantity]) => {
    const back = fromBig(toBig(quantity).times(-1));
    return { blanket, line, kind: 'release', quantity: back, reference };
  });
}

/** The facts as they would be without what this order has drawn. Blankets keep it: a release may keep what it has. */
export function giveBack(shared: SharedFacts, { drawn, amount = '0', standing }: KnownOrder): SharedFacts {
  const { stock, credit, prices } = shared;
  return {
    ...shared,
    prices: { ...prices, ordered: countBack(prices.ordered, standing.decision) },
    ...(shared.authorities === undefined
      ? {}
      : { authorities: useAuthorities(shared.authorities, standing.decision, -1) }),
    ...(stock === undefined ? {} : { stock: { ...stock, positions: returnStock(stock, drawn) } }),
    ...(credit === undefined
      ? {}
      : {
          credit: {
            ...credit,
            acceptedNotShipped: fromBig(toBig(credit.acceptedNotShipped).minus(amount)),
          },
        }),
  };
}

function countBack(
  ordered: ReadonlyMap<string, Decimal>,
  { lines }: OrderDecision,
): ReadonlyMap<string, Decimal> {
  const counted = lines.flatMap((line) => countedOf(line) ?? []);
  if (counted.length === 0) return ordered;
  const before = new Map(ordered);
  for (const { agreement, item, quantity } of counted) {
    const key = orderedKey(agreement, item);
    before.set(key, fromBig(toBig(before.get(key) ?? '0').minus(quantity)));
  }
  return before;
}

function returnStock(stock: Stock, drawn: readonly Drawn[]): Stock['positions'] {
  const positions = new Map(stock.positions);
  for (const one of drawn) {
    const before = positions.get(one.item);
    if (before === undefined) continue;
    positions.set(
      one.item,
      before.map((position) => returnTo(position, one)),
    );
  }
  return positions;
}

function returnTo(
  position: StockPosition,
  { kind, warehouse, stockQuantity, ships, serials }: Drawn,
): StockPosition {
  if (kind === 'shipped' || (warehouse !== undefined && position.warehouse !== warehouse)) return position;
  if (kind === 'now') {
    const allocated = fromBig(toBig(position.allocated).minus(stockQuantity));
    const back = (serials ?? []).map((serial) => ({ serial, attributes: {} }));
    return { ...position, allocated, serials: [...position.serials, ...back] };
  }
  const { waiting = [] } = position;
  const place = waiting.findIndex((one) => one.ships === ships && toBig(one.quantity).eq(stockQuantity));
  return place < 0 ? position : { ...position, waiting: waiting.toSpliced(place, 1) };
}
