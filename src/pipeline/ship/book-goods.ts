import type { BlanketEntry } from '../../domain/blanket/blanket.ts';
import { unitsIn } from '../../domain/catalogue/convert-unit.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { isShippedWhole } from '../../domain/order/is-shipped-whole.ts';
import type { StockDraw } from '../../domain/shipment/draw-stock.ts';
import { settleReservations } from '../../domain/shipment/settle-reservations.ts';
import type { ShippableItem, ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { ShippedLine } from '../../domain/shipment/shipped.ts';
import { valueOfLine, valueOfShipped } from '../../domain/shipment/value-shipped.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { bookEntries } from '../../store/blankets.ts';
import { addExposure } from '../../store/credit.ts';
import { loadDrawnBlanketLines, saveProgress, type ValuedLine } from '../../store/shipments.ts';
import { type ShortStock, shipStock } from '../../store/shipped-stock.ts';
import type { LoadedFacts } from './plan-report.ts';
import { customerOf, type Shipping } from './shipping.ts';

/** Goods that left instead of what was told before; nothing where all is taken back. */
export type Goods = {
  readonly shipment: Id;
  readonly number: string;
  readonly test: boolean;
  readonly lines: readonly ValuedLine[];
  readonly draws: readonly StockDraw[];
  /** What the same shipment was told to hold before, and what that added to shipped and not invoiced: by order. */
  readonly before: readonly ShippedLine[];
  readonly amounts: ReadonlyMap<Id, Decimal>;
  /** What was told before is invoiced: what is owed changes with a credit memo, and not with a correction. */
  readonly billed: boolean;
};

export type Booked = {
  /** Where less lies now than is set aside. */
  readonly short: readonly ShortStock[];
  /** Items of which something may be free now. */
  readonly freed: readonly string[];
};

/** Stock, what the customer owes, blanket orders and the orders themselves, under the locks of their facts. */
export async function bookGoods(shipping: Shipping, goods: Goods, loaded: LoadedFacts): Promise<Booked> {
  const orders = listOrders(goods, loaded);
  if (!goods.test) await moveExposure(shipping, goods, orders, loaded);
  await saveProgress(
    shipping.tx,
    orders.map((order) => makeProgress(shipping, order, goods.lines)),
  );
  await bookBlankets(shipping, goods, orders, loaded);
  return goods.test ? { short: [], freed: [] } : await bookStock(shipping, goods, orders);
}

/** Those that it is about now, or was before. */
function listOrders({ lines, before }: Goods, { facts }: LoadedFacts): readonly ShippableOrder[] {
  const ids = new Set([...lines, ...before].map(({ order }) => order));
  return facts.orders.filter(({ id }) => ids.has(id));
}

/** What has left of each line of an order, with what is in `lines`. */
export function countShipped(
  { id, shipped }: ShippableOrder,
  lines: readonly ShippedLine[],
): ReadonlyMap<number, Decimal> {
  const all = new Map([...shipped].map(([position, { quantity }]) => [position, quantity]));
  for (const { order, orderPosition, quantity } of lines)
    if (order === id) all.set(orderPosition, fromBig(toBig(all.get(orderPosition) ?? '0').plus(quantity)));
  return all;
}

/** What is owed is kept in one currency: the account's. */
function isCounted(
  shipping: Shipping,
  { order, partner }: ShippableOrder,
  { accounts }: LoadedFacts,
): boolean {
  const { currency } = shipping.company;
  return (order.currency ?? currency) === accounts.get(customerOf(shipping, partner));
}

/** With what each adds to shipped and not invoiced: nothing where that is not counted. */
export function valueLines(
  shipping: Shipping,
  lines: readonly ShippedLine[],
  loaded: LoadedFacts,
): readonly ValuedLine[] {
  return lines.map((line) => valueLine(shipping, line, loaded));
}

function valueLine(shipping: Shipping, line: ShippedLine, loaded: LoadedFacts): ValuedLine {
  const order = loaded.facts.orders.find(({ id }) => id === line.order)!;
  if (order.test || !isCounted(shipping, order, loaded)) return { ...line, amount: '0' };
  const { currency } = shipping.company;
  const before = order.shipped.get(line.orderPosition)?.quantity ?? '0';
  const after = fromBig(toBig(before).plus(line.quantity));
  const value = (quantity: Decimal) => valueOfLine(order, line.orderPosition, quantity, currency);
  return { ...line, amount: fromBig(toBig(value(after)).minus(value(before))) };
}

function makeProgress({ company }: Shipping, order: ShippableOrder, lines: readonly ShippedLine[]) {
  const shipped = countShipped(order, lines);
  const whole = isShippedWhole(order.order, order.decision, (position) => shipped.get(position));
  const { id, state, test } = order;
  return {
    id,
    shippedAmount: test ? '0' : valueOfShipped(order, shipped, company.currency),
    state: state === 'cancelled' ? state : whole ? ('closed' as const) : ('open' as const),
  };
}

/** From accepted and not shipped to shipped and not invoiced. */
async function moveExposure(
  shipping: Shipping,
  { lines, amounts, billed }: Goods,
  orders: readonly ShippableOrder[],
  loaded: LoadedFacts,
): Promise<void> {
  const sums = new Map<string, { shipped: Decimal; owed: Decimal }>();
  for (const order of orders.filter((one) => isCounted(shipping, one, loaded))) {
    const customer = customerOf(shipping, order.partner);
    const { shipped, owed } = sums.get(customer) ?? { shipped: '0', owed: '0' };
    const { shippedAmount } = makeProgress(shipping, order, lines);
    const own = lines.filter((line) => line.order === order.id);
    const now = own.reduce((all, { amount }) => all.plus(amount), toBig('0'));
    sums.set(customer, {
      shipped: fromBig(toBig(shipped).plus(shippedAmount).minus(loaded.stored.get(order.id)!.shippedAmount)),
      owed: fromBig(
        toBig(owed)
          .plus(now)
          .minus(amounts.get(order.id) ?? '0'),
      ),
    });
  }
  for (const [customer, { shipped, owed }] of sums)
    await addExposure(shipping.tx, customer, {
      acceptedNotShipped: fromBig(toBig(shipped).neg()),
      shippedNotInvoiced: billed ? '0' : owed,
    });
}

/** The ledger of a blanket order counts what left of its releases: a correction as the difference. */
async function bookBlankets(
  { tx, now }: Shipping,
  { lines, before, number }: Goods,
  orders: readonly ShippableOrder[],
  { facts }: LoadedFacts,
): Promise<void> {
  const releases = orders.filter(({ order }) => order.type === 'release').map(({ id }) => id);
  if (releases.length === 0) return;
  const drawn = await loadDrawnBlanketLines(tx, releases);
  const entries = drawn.flatMap(({ order, blanket, line, item, unit }): BlanketEntry[] => {
    const sum = (of: readonly ShippedLine[]) =>
      of
        .filter((one) => one.order === order && one.item === item)
        .reduce((all, one) => all.plus(one.stockQuantity), toBig('0'));
    const units = holdsOf(facts.items.get(item), unit);
    const quantity = divide(sum(lines).minus(sum(before)), toBig(units));
    if (quantity.eq(0)) return [];
    const reference = `shipment ${number}`;
    return [{ blanket, line, kind: 'ship', quantity: fromBig(quantity), at: now, reference, order }];
  });
  await bookEntries(tx, entries);
}

function holdsOf(item: ShippableItem | undefined, unit: string): Decimal {
  return (item && unitsIn(item, unit)) ?? '1';
}

async function bookStock(
  { context, tx, now }: Shipping,
  { shipment, lines, draws, before }: Goods,
  orders: readonly ShippableOrder[],
): Promise<Pick<Booked, 'short' | 'freed'>> {
  const changes = orders.map((order) => ({
    order,
    ...settleReservations(
      order,
      draws.filter((draw) => draw.order === order.id),
    ),
  }));
  const left = draws.map((draw, i) => {
    const first = draws.findIndex((one) => one.order === draw.order && one.position === draw.position) === i;
    const gone = first ? changes.find(({ order }) => order.id === draw.order)?.gone.get(draw.position) : [];
    return { ...draw, id: context.ids(), serials: [...draw.serials, ...(gone ?? [])] };
  });
  const items = [...new Set([...lines, ...before].map(({ item }) => item))];
  const stock = {
    shipment,
    at: now,
    draws: left,
    changes: {
      cut: changes.flatMap(({ cut }) => cut),
      restored: changes.flatMap(({ restored }) => restored),
    },
  };
  const short = await shipStock(tx, stock, items);
  return { short, freed: findFreed(orders, draws, before) };
}

/** What comes back, and what was set aside elsewhere than where the goods left from. */
function findFreed(
  orders: readonly ShippableOrder[],
  draws: readonly StockDraw[],
  before: readonly ShippedLine[],
): readonly string[] {
  const back = before.map(({ item }) => item);
  const elsewhere = orders.flatMap(({ id, held }) =>
    held
      .filter(({ state, position, warehouse, serials }) => {
        if (state !== 'reserved') return false;
        const own = draws.filter((draw) => draw.order === id && draw.position === position);
        const told = new Set(own.flatMap((draw) => draw.serials));
        const others = serials.some((serial) => !told.has(serial));
        return own.length > 0 && (others || own.some((draw) => draw.warehouse !== warehouse));
      })
      .map(({ item }) => item),
  );
  return [...new Set([...back, ...elsewhere])].toSorted();
}
