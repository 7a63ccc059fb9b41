import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Rounding } from '../../lib/money.ts';
import type { Party } from '../document.ts';
import type { Id } from '../exchange/records.ts';
import type { OrderDecision } from '../order/order-decision.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { Reason } from '../reason.ts';
import type { ShippedGoods } from '../shipment/shipped.ts';
import type { Invoice } from './invoice.ts';

/** Everything that billing may know, loaded whole before it runs. */
export type BillingFacts = {
  readonly today: PlainDate;
  /** Our invoice number. */
  readonly number: string;
  readonly orders: readonly BilledOrder[];
  /** What is billed: one shipment, or those of a period where the partner wants one invoice. */
  readonly shipments: readonly ShippedGoods[];
  /** Currency that counts where the order names none. */
  readonly currency: string;
  readonly rounding: Rounding;
  /** Where the order agrees on none. */
  readonly terms: BillingTerms;
  /** Taxes that fall on what goes to the ship-to. */
  readonly taxes: readonly TaxRate[];
  /** N1 RE: where the money goes. */
  readonly remitTo: Party;
  /** Qualifiers of the references of the order that are repeated. */
  readonly references?: readonly string[] | undefined;
};

/** An order as it stands, and what was billed of it before. */
export type BilledOrder = {
  readonly id: Id;
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
  /** By place of the line from 1, in its unit. */
  readonly shipped: ReadonlyMap<number, Decimal>;
  readonly invoiced: ReadonlyMap<number, Decimal>;
  /** Charges and allowances in an amount that the order names: billed with its first invoice. */
  readonly chargesBilled: boolean;
};

/** `2% 10 net 30`. */
export type BillingTerms = {
  readonly discountPercent?: Decimal | undefined;
  readonly discountDays?: number | undefined;
  readonly netDays: number;
};

/** TXI: type (ST state sales tax, VA value added, …) and its rate in percent. */
export type TaxRate = {
  readonly type: string;
  readonly percent: Decimal;
  readonly jurisdiction?: string | undefined;
  readonly onFreight: boolean;
};

/** What an invoice asks for one line of an order, as it was shipped once. */
export type BilledLine = {
  readonly position: number;
  readonly order: Id;
  readonly orderPosition: number;
  readonly shipment: Id;
  readonly item: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly price: Decimal;
  readonly basis: string;
  /** With its allowances and charges, before tax. */
  readonly amount: Decimal;
};

/** Where a figure of an invoice came from, in words: `PO1000417 line 2, price as answered`. */
export type FigureSource = { readonly path: string; readonly from: string };

export type Bill = {
  readonly invoice: Invoice;
  readonly lines: readonly BilledLine[];
  readonly amount: Decimal;
  readonly currency: string;
  readonly due: PlainDate;
  readonly figures: readonly FigureSource[];
  /** Why it may not leave; empty where it matches order and shipment. */
  readonly reasons: readonly Reason[];
};
