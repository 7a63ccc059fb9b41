import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { isSameData } from '../../lib/same-data.ts';
import { isRejected } from '../order/line-draft.ts';
import {
  compareShips,
  type LineDecision,
  type LineStatus,
  type OrderDecision,
} from '../order/order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';
import type { MailLineStatus, MailModels, MailOrder, MailOrderLine } from './mail-model.ts';

/** An order as it was decided, in the terms of its customer. */
export function describeOrder(order: PurchaseOrder, decision: OrderDecision, currency: string): MailOrder {
  const shipTo = order.parties?.find(({ role }) => role === 'ship-to');
  const { lines: street = [], city, region, postalCode, country } = shipTo?.address ?? {};
  const place = [city, region, postalCode].filter((part) => part !== undefined).join(' ');
  return dropAbsent({
    poNumber: order.poNumber,
    releaseNumber: order.releaseNumber,
    orderDate: order.orderDate,
    currency: order.currency ?? currency,
    amount: decision.amount,
    requestedDelivery: order.requestedDelivery,
    shipTo:
      shipTo === undefined
        ? undefined
        : dropAbsent({
            name: shipTo.name ?? shipTo.id,
            lines: [...street, place, country ?? ''].filter((line) => line !== ''),
          }),
    lines: order.lines.map((line, i) => describeLine(line, decision.lines[i]!)),
  });
}

/** What it is now, against what its customer was told before. */
export function describeChange(
  before: MailOrder,
  after: MailOrder,
  cancelled: boolean,
): MailModels['order-changed']['order'] {
  const earlier = new Map(before.lines.map((line) => [line.number, line]));
  const numbers = new Set(after.lines.map(({ number }) => number));
  return {
    ...after,
    cancelled,
    lines: after.lines.map((line) => {
      const was = earlier.get(line.number);
      if (was === undefined) return { ...line, change: 'added' };
      return isSameData(was, line) ? { ...line, change: 'same' } : { ...line, change: 'changed', was };
    }),
    removed: before.lines.filter(({ number }) => !numbers.has(number)),
  };
}

const STATUSES: Readonly<Record<LineStatus, MailLineStatus>> = {
  IA: 'accepted',
  IB: 'backordered',
  IC: 'accepted-with-changes',
  ID: 'rejected',
  IE: 'on-hold',
  IF: 'on-hold',
  IH: 'on-hold',
  IP: 'price-changed',
  IQ: 'quantity-changed',
  IR: 'rejected',
  IS: 'substituted',
  DR: 'rescheduled',
  BP: 'partly-backordered',
  SP: 'backordered',
  R1: 'not-on-contract',
  R2: 'unknown-item',
  R3: 'unknown-unit',
  R4: 'not-available',
};

const THEIR_NUMBERS: ReadonlySet<string> = new Set(['BP', 'IN', 'SK']);

function describeLine(line: PurchaseOrderLine, decided: LineDecision): MailOrderLine {
  const { status, item, quantity = line.quantity, unit = line.unit, price } = decided;
  return dropAbsent({
    number: line.number,
    item,
    theirItem: line.ids.find(({ qualifier }) => THEIR_NUMBERS.has(qualifier))?.value,
    description: line.description,
    quantity,
    unit,
    price: isRejected(decided) ? undefined : price,
    priceBasis: price === undefined ? undefined : (decided.priceBasis ?? line.priceBasis),
    status: STATUSES[status],
    deliveries: isRejected(decided) ? [] : listDeliveries(line, decided),
  });
}

/** By the day on which it ships; where stock is not kept here, as ordered. */
function listDeliveries(
  { schedule = [] }: PurchaseOrderLine,
  { promises }: LineDecision,
): MailOrderLine['deliveries'] {
  if (promises === undefined) {
    return schedule.flatMap(({ quantity, date }) =>
      quantity === undefined ? [] : [dropAbsent({ quantity, date })],
    );
  }
  const days = Map.groupBy([...promises].sort(compareShips), ({ ships }) => ships);
  return [...days].map(([date, parts]) =>
    dropAbsent({ quantity: sum(parts.map((part) => part.quantity)), date }),
  );
}

function sum(quantities: readonly Decimal[]): Decimal {
  return fromBig(quantities.reduce((total, one) => total.plus(toBig(one)), toBig('0')));
}

/** Absent is absent: a template that asks whether something is there finds no empty value. */
export function dropAbsent<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
