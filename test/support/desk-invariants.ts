import type { ExecutionContext } from 'ava';
import type { OrderDecision } from '../../src/domain/order/order-decision.ts';
import { countedOf } from '../../src/domain/order/share-facts.ts';
import { unpackDecision } from '../../src/domain/order/stored-decision.ts';
import { fromBig, toBig } from '../../src/lib/decimal.ts';
import type { Lanes } from './gateway-lane.ts';

/** Sums that stand beside what they are sums of: each query lists where the two differ. */
const SUMS: Readonly<Record<string, string>> = {
  'stock.allocated is what is reserved': `
    select item, warehouse, s.allocated::text, coalesce(a.quantity, 0)::text as reserved
    from stock s full join (
      select item, warehouse, sum(quantity) as quantity from allocation where state = 'reserved'
      group by item, warehouse
    ) a using (item, warehouse)
    where coalesce(s.allocated, -1) <> coalesce(a.quantity, 0)`,
  'never more is reserved than there is': `
    select item, warehouse, on_hand::text, allocated::text from stock
    where allocated > greatest(on_hand - safety, 0) or allocated < 0`,
  'every reserved piece of a serialised item has its serial': `
    select a.id, a.quantity::text, count(s.serial) as serials
    from allocation a join item i on i.number = a.item and i.serialised
    left join stock_serial s on s.allocation_id = a.id and s.item = a.item and s.warehouse = a.warehouse
    where a.state = 'reserved'
    group by a.id having count(s.serial) <> a.quantity`,
  'a serial is held by a reservation that stands, or has left': `
    select s.item, s.serial, a.state from stock_serial s join allocation a on a.id = s.allocation_id
    where a.state not in ('reserved', 'shipped')`,
  'what left is what the shipments that stand say': `
    select * from (
      select l.shipment_id, l.order_id, l.order_position as position, sum(l.stock_quantity) as told
      from shipment_line l join shipment h on h.id = l.shipment_id where not h.test group by 1, 2, 3
    ) told full join (
      select shipment_id, order_id, position, sum(quantity) as kept from allocation where state = 'shipped'
      group by 1, 2, 3
    ) kept using (shipment_id, order_id, position)
    where told.told is distinct from kept.kept`,
  'nothing stands of a shipment that was taken back': `
    select h.number from shipment h join shipment_line l on l.shipment_id = h.id where h.state = 'cancelled'`,
  'the lines of a shipment are those of its last version': `
    select h.number from shipment h join shipment_version v on v.shipment_id = h.id and v.version = h.version
    where h.state = 'shipped' and json_array_length(v.lines) <> (
      select count(*) from shipment_line l where l.shipment_id = h.id)`,
  'an order that is shipped whole takes nothing off what may be accepted any more': `
    select po_number, amount::text, shipped_amount::text from purchase_order
    where not test and (shipped_amount > coalesce(amount, 0) or state = 'closed' and shipped_amount <> amount)`,
  'the ledger of a blanket order counts what left of its releases': `
    select e.order_id from (
      select order_id, sum(quantity) as booked from blanket_entry where kind = 'ship' group by 1
    ) e full join (
      select l.order_id, sum(l.stock_quantity) as shipped from shipment_line l
      where exists (select from blanket_entry b where b.order_id = l.order_id and b.kind = 'release') group by 1
    ) s using (order_id)
    where coalesce(e.booked, 0) <> coalesce(s.shipped, 0)`,
  'only live open orders hold stock': `
    select o.po_number, o.state, o.test from allocation a join purchase_order o on o.id = a.order_id
    where a.state in ('reserved', 'waiting') and (o.test or o.state <> 'open')`,
  'the sums of a blanket are those of its ledger': `
    select l.blanket_id, l.number, l.committed::text, l.released::text, s.committed::text as booked_commit,
      s.released::text as booked_release
    from blanket_line l left join (
      select blanket_id, line, coalesce(sum(quantity) filter (where kind = 'commit'), 0) as committed,
        coalesce(sum(quantity) filter (where kind in ('release', 'adjust')), 0) as released,
        coalesce(sum(quantity) filter (where kind = 'ship'), 0) as shipped
      from blanket_entry group by blanket_id, line
    ) s on s.blanket_id = l.blanket_id and s.line = l.number
    where l.committed <> coalesce(s.committed, 0) or l.released <> coalesce(s.released, 0)
      or l.shipped <> coalesce(s.shipped, 0)`,
  'releases stay within the commitment and its allowance': `
    select b.po_number, l.number, l.committed::text, l.released::text
    from blanket b join blanket_line l on l.blanket_id = b.id
    where l.released < 0 or l.committed < 0
      or (b.state = 'open' and l.released > l.committed * (1 + b.allowance / 100))`,
  'a blanket is opened by an order of the same kind, live or test': `
    select b.po_number from blanket b join purchase_order o on o.id = b.order_id
    where b.test <> o.test or b.partner <> o.partner or b.po_number <> o.po_number`,
  'a release draws on a blanket of its own kind, live or test': `
    select o.po_number, o.release_number from blanket_entry e join purchase_order o on o.id = e.order_id
    join blanket b on b.id = e.blanket_id where b.test <> o.test or b.partner <> o.partner`,
  'every booking that a decision speaks of is on a blanket that is here': `
    select po_number, release_number from purchase_order o,
      json_array_elements(coalesce(o.decision->'bookings', '[]')) as b
    where not exists (select from blanket where id::text = b->>'blanket')`,
  'an order in version n has n - 1 versions before, without a gap': `
    select o.po_number, o.release_number, o.version, array_agg(v.version order by v.version) as versions
    from purchase_order o left join order_version v on v.order_id = o.id
    group by o.id
    having o.version <> 1 + count(v.version) or max(v.version) is distinct from nullif(o.version - 1, 0)`,
  'the lines of an order are those of what it says now': `
    select o.po_number, o.release_number, count(l.position) as lines
    from purchase_order o join document d on d.id = o.document_id
    left join purchase_order_line l on l.order_id = o.id
    group by o.id, d.id
    having count(l.position) <> json_array_length(coalesce(o.content, d.canonical)->'lines')
      or count(l.position) <> json_array_length(o.decision->'lines')`,
  'no change waits for an order that is here and for no change before it': `
    select c.po_number, c.release_number, c.sequence from order_change c
    where c.state = 'waiting' and c.sequence = 1 and exists (
      select from purchase_order o where o.partner = c.partner and o.po_number = c.po_number
        and o.release_number = c.release_number and o.test = c.test)`,
};

/** What must hold over the whole database, whatever has come in. */
export async function assertDesk(t: ExecutionContext, { context }: Lanes): Promise<void> {
  for (const [name, sql] of Object.entries(SUMS)) {
    const { rows } = await context.db.raw<{ rows: readonly object[] }>(sql);
    t.deepEqual(rows, [], name);
  }
  const orders = await readOrders(context);
  t.deepEqual(await listWrongExposures(context, orders), [], 'what is accepted and not shipped');
  t.deepEqual(await listWrongDebts(context), [], 'what is shipped and not invoiced');
  t.deepEqual(await listWrongCounts(context, orders), [], 'what is ordered under cumulative tiers');
  t.deepEqual(await listWrongAllocations(context, orders), [], 'what is promised is reserved or waits');
  t.deepEqual(await listWrongReleases(context, orders), [], 'a release has booked what its lines draw');
}

type Order = {
  readonly id: string;
  readonly name: string;
  readonly customer: string;
  readonly test: boolean;
  readonly type: string;
  readonly state: string;
  readonly currency: string | null;
  readonly amount: string | null;
  readonly decision: OrderDecision;
};
type Context = Lanes['context'];

async function readOrders({ db, configuration }: Context): Promise<readonly Order[]> {
  const { rows } = await db.raw<{ rows: readonly (Order & { readonly partner: string })[] }>(`
    select o.id, o.partner, o.po_number || ' ' || o.release_number as name, o.test, o.state, o.currency,
      (o.amount - o.shipped_amount)::text as amount, o.decision, coalesce(o.content, d.canonical)->>'type' as type
    from purchase_order o join document d on d.id = o.document_id order by 3`);
  const { partners } = configuration();
  return rows.map((row) => ({
    ...row,
    decision: unpackDecision(row.decision),
    customer: partners.get(row.partner)?.file.customer ?? row.partner,
  }));
}

async function listWrongExposures({ db }: Context, orders: readonly Order[]): Promise<readonly object[]> {
  const customers: readonly { number: string; currency: string; kept: string }[] = await db(
    'customer',
  ).select(
    'number',
    db.raw(`coalesce(credit_currency, 'USD') as currency`),
    db.raw('trim_scale(accepted_not_shipped)::text as kept'),
  );
  return customers.flatMap(({ number, currency, kept }) => {
    const own = orders.filter(
      (one) =>
        one.customer === number && !one.test && one.state === 'open' && (one.currency ?? 'USD') === currency,
    );
    const sum = fromBig(own.reduce((all, { amount }) => all.plus(amount ?? '0'), toBig('0')));
    return sum === kept ? [] : [{ number, kept, orders: sum }];
  });
}

async function listWrongCounts({ db }: Context, orders: readonly Order[]): Promise<readonly object[]> {
  const sums = new Map<string, string>();
  const add = (key: string, quantity: string, sign: number) =>
    sums.set(key, fromBig(toBig(sums.get(key) ?? '0').plus(toBig(quantity).times(sign))));
  for (const { customer, decision, test, state } of orders) {
    if (test || state === 'cancelled') continue;
    for (const counted of decision.lines.flatMap((line) => countedOf(line) ?? []))
      add(`${counted.agreement} ${counted.item} ${customer}`, counted.quantity, 1);
  }
  for (const row of await db('agreement_ordered').select('*'))
    add(`${row.agreement} ${row.item} ${row.customer}`, String(row.quantity), -1);
  return [...sums].filter(([, left]) => !toBig(left).eq(0)).map(([key, missing]) => ({ key, missing }));
}

async function listWrongAllocations({ db }: Context, orders: readonly Order[]): Promise<readonly object[]> {
  const { rows } = await db.raw<{ rows: readonly { order: string; position: number; sum: string }[] }>(`
    select order_id as order, position, sum(quantity)::text as sum from allocation
    where state in ('reserved', 'waiting') group by order_id, position`);
  const held = new Map(rows.map(({ order, position, sum }) => [`${order} ${position}`, sum]));
  const left = await sumShipped({ db });
  return orders.flatMap(({ id, name, test, state, decision }) =>
    decision.lines.flatMap(({ promises = [] }, i) => {
      const own = test || state !== 'open' ? [] : promises;
      const all = own.reduce((sum, one) => sum.plus(one.stockQuantity), toBig('0'));
      const toCome = all.minus(left.get(`${id} ${i + 1}`) ?? '0');
      const promised = toCome.lt(0) ? toBig('0') : toCome;
      const kept = held.get(`${id} ${i + 1}`) ?? '0';
      return promised.eq(kept) ? [] : [{ name, line: i + 1, promised: fromBig(promised), kept }];
    }),
  );
}

/** By order and place of the line, in the unit of its item. */
async function sumShipped({ db }: Pick<Context, 'db'>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.raw<{ rows: readonly { order: string; position: number; sum: string }[] }>(`
    select order_id as order, order_position as position, sum(stock_quantity)::text as sum
    from shipment_line group by 1, 2`);
  return new Map(rows.map(({ order, position, sum }) => [`${order} ${position}`, sum]));
}

/** Shipped and not invoiced is what the lines of shipments that are not invoiced come to. */
async function listWrongDebts({ db, configuration }: Context): Promise<readonly object[]> {
  const { partners } = configuration();
  const { rows } = await db.raw<{ rows: readonly { partner: string; sum: string }[] }>(`
    select h.partner, sum(l.amount)::text as sum from shipment_line l join shipment h on h.id = l.shipment_id
    where h.billing <> 'billed' group by 1`);
  const customers: readonly { number: string; kept: string }[] = await db('customer').select(
    'number',
    db.raw('shipped_not_invoiced::text as kept'),
  );
  return customers.flatMap(({ number, kept }) => {
    const own = rows.filter(({ partner }) => (partners.get(partner)?.file.customer ?? partner) === number);
    const sum = own.reduce((all, one) => all.plus(one.sum), toBig('0'));
    return sum.eq(kept) ? [] : [{ number, kept, shipments: fromBig(sum) }];
  });
}

const REFUSED = new Set(['IR', 'R1', 'R2', 'R3', 'R4', 'ID', 'IE', 'IF', 'IH']);

/** Where lines count in the unit of their blanket. */
async function listWrongReleases({ db }: Context, orders: readonly Order[]): Promise<readonly object[]> {
  const { rows } = await db.raw<{ rows: readonly { order: string; item: string; booked: string }[] }>(`
    select e.order_id as order, l.item, sum(e.quantity)::text as booked
    from blanket_entry e join blanket_line l on l.blanket_id = e.blanket_id and l.number = e.line
    where e.kind = 'release' group by e.order_id, l.item`);
  const booked = new Map(rows.map((row) => [`${row.order} ${row.item}`, row.booked]));
  const lines: readonly { order_id: string; item: string | null; quantity: string; outcome: string }[] =
    await db('purchase_order_line').select('order_id', 'item', 'quantity', 'outcome');
  return orders
    .filter(({ type }) => type === 'release')
    .flatMap(({ id, name, state, decision }) => {
      const items = new Set(decision.lines.flatMap(({ item }) => item ?? []));
      return [...items].flatMap((item) => {
        const firm = state !== 'cancelled' && decision.outcome !== 'rejected';
        const own = lines.filter(
          (one) => firm && one.order_id === id && one.item === item && !REFUSED.has(one.outcome),
        );
        const drawn = own.reduce((all, one) => all.plus(one.quantity), toBig('0'));
        const kept = booked.get(`${id} ${item}`) ?? '0';
        return drawn.eq(kept) ? [] : [{ name, item, drawn: fromBig(drawn), booked: kept }];
      });
    });
}
