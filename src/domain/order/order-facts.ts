import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Stock } from '../allocation/stock.ts';
import type { Blanket } from '../blanket/blanket.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Authority } from '../credit/authorised-value.ts';
import type { CreditAccount } from '../credit/credit.ts';
import type { OrderPolicy } from '../partner/order-policy.ts';
import type { PriceBook } from '../pricing/price-terms.ts';
import type { Quote } from '../quote/quote.ts';
import type { OrderDecision } from './order-decision.ts';
import type { Ruling } from './ruling.ts';

/** Everything the decision may know, loaded whole before it runs. */
export type OrderFacts = {
  readonly today: PlainDate;
  readonly policy: OrderPolicy;
  /** Currency that counts where the order names none. */
  readonly currency: string;
  readonly customer: Customer;
  readonly catalogue: Catalogue;
  readonly prices: PriceBook;
  /** The order already known under this partner, PO number, release and ship-to. */
  readonly earlier: EarlierOrder | undefined;
  /** The blanket order that a release names; absent for other orders, and where there is none. */
  readonly blanket?: Blanket | undefined;
  /** A blanket order under the number of this one, which would be a second. */
  readonly taken?: Blanket | undefined;
  /** What an earlier version of this release has booked, by line of the blanket. */
  readonly booked?: ReadonlyMap<string, Decimal> | undefined;
  /** By number, those that orders name; absent where none names any. */
  readonly quotes?: ReadonlyMap<string, Quote> | undefined;
  /** Of an order that is decided again: what has left of it, by line number, in the unit of the line. */
  readonly shipped?: ReadonlyMap<string, Decimal> | undefined;
  /** Absent where stock is not kept here: then lines are promised as ordered. */
  readonly stock?: Stock | undefined;
  /** Absent where the customer has no limit. */
  readonly credit?: CreditAccount | undefined;
  /** Purchase orders of the customer that authorise an amount, in the order in which they are used up. */
  readonly authorities?: readonly Authority[] | undefined;
  /** What people have decided of this order, in the order of time. */
  readonly rulings: readonly Ruling[];
};

/** What is the same for all orders of one partner that are decided together; what each decides the next one knows. */
export type SharedFacts = Omit<
  OrderFacts,
  'earlier' | 'blanket' | 'taken' | 'booked' | 'shipped' | 'rulings' | 'prices'
> & {
  readonly prices: Omit<PriceBook, 'zone'>;
  readonly blankets: readonly Blanket[];
};

export type EarlierOrder = {
  readonly contentHash: string;
  readonly decision: OrderDecision;
};

/** Who buys: the partner itself, unless its file names another customer number. */
export type Customer = {
  readonly number: string;
  readonly group?: string | undefined;
  /** The greater, the earlier a backorder is filled. */
  readonly priority: number;
  /** What it owes is kept in this currency; absent where we have no such customer in our books. */
  readonly accountCurrency?: string | undefined;
  /** The partner's file names its number, and our books know no such customer. */
  readonly missing?: true | undefined;
  /** Whether its ship-tos are listed at all; `shipTos` holds those that orders name. */
  readonly listsShipTos: boolean;
  readonly shipTos: readonly ShipTo[];
};

export type ShipTo = {
  readonly code: string;
  readonly zone?: string | undefined;
  /** `US-OH`, or `US` where no region is known. */
  readonly destination?: string | undefined;
};
