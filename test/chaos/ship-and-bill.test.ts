import test, { type ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import type { Shipment } from '../../src/domain/shipment/shipment.ts';
import { billLane } from '../../src/pipeline/bill/bill-lane.ts';
import { certifyLane } from '../../src/pipeline/certify/certify-lane.ts';
import { shipLane } from '../../src/pipeline/ship/ship-lane.ts';
import { tellShipment } from '../../src/pipeline/ship/take-report.ts';
import { openDatabase } from '../../src/store/database.ts';
import { signed } from '../support/billing.ts';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { watchStatements } from '../support/gateway-faults.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import { pack } from '../support/shipments.ts';

/** `CAUSEWAY_CHAOS=full` is the whole of it; what runs with every test is a sample. */
const FULL = process.env['CAUSEWAY_CHAOS'] === 'full';
const ORDERS = FULL ? 200 : 24;
const ROLLBACKS = FULL ? 3_000 : 500;
const WORKERS = 8;
const PARTNERS = ['alpha', 'beta', 'gamma', 'delta'] as const;

async function openOrders(t: ExecutionContext): Promise<Lanes> {
  const desk = await openDesk(t, {
    orders: '{ promise: stock }',
    yaml: 'send: { "856": {}, "810": {}, certificates: { kinds: [conformance], via: sftp } }\n',
    partners: PARTNERS,
    alter: signed,
    master: {
      customers: [
        'number,name,credit_limit,credit_currency',
        ...PARTNERS.map((id) => `${id},${id},1000000,USD`),
      ].join('\n'),
      warehouses: 'id,name\nDAY,Dayton',
      stock: stockOf({ 'HB-1001': 100_000, 'WS-2001': 100_000 }),
    },
  });
  for (const [i, partner] of PARTNERS.entries()) {
    const own = listOrders().filter((n) => n % PARTNERS.length === i);
    const lines = ['10 HB-1001 3.25', '5 WS-2001 0.13'];
    await desk.send(partner, openPost(partner).file(...own.map((n) => writeOrder(`PO-${n}`, lines))));
  }
  await desk.context.db.raw(`
    update purchase_order set content = jsonb_set(d.canonical::jsonb, '{allowanceCharges}',
      '[{"indicator":"charge","code":"D240","amount":"12.50"}]') from document d where d.id = document_id`);
  return desk;
}

function listOrders(): readonly number[] {
  return Array.from({ length: ORDERS }, (_, n) => n);
}

/** Each order leaves in three parts, in cartons on a pallet, loose, or both; numbers and SSCCs are ours to give. */
function listParcels(): readonly { readonly key: string; readonly content: Shipment }[] {
  return listOrders().flatMap((n) => {
    const parts: readonly Partial<Shipment>[] = [
      { loose: [pack(`PO-${n} 1 3`)] },
      {
        units: [
          {
            kind: 'pallet',
            units: [
              { kind: 'carton', contents: [pack(`PO-${n} 1 2`), pack(`PO-${n} 2 1`)] },
              { kind: 'carton', contents: [pack(`PO-${n} 1 2`)] },
            ],
          },
        ],
      },
      { units: [{ kind: 'carton', contents: [pack(`PO-${n} 1 3`)] }], loose: [pack(`PO-${n} 2 4`)] },
    ];
    return parts.map((part, i) => ({
      key: `PO-${n} part ${i}`,
      content: { kind: 'shipment', purpose: 'original', shipDate: '2026-11-21', ...part } as Shipment,
    }));
  });
}

/** Loses the connection, or a race for a lock, at random statements of transactions, until so many were rolled back. */
function breakAtRandom(seed: number) {
  let state = seed;
  let rolledBack = 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const before = (statement: string) => {
    if (/^ROLLBACK/i.test(statement)) rolledBack += 1;
    // An end that nobody hears of is what bill-steps and ship-steps are about.
    if (rolledBack >= ROLLBACKS || /^(BEGIN|COMMIT|ROLLBACK|set|SET)/.test(statement) || random() > 0.08)
      return;
    if (random() < 0.5) throw new Error('Connection terminated unexpectedly');
    throw Object.assign(new Error('could not serialize access'), { code: '40001' });
  };
  return { before, rolledBack: () => rolledBack };
}

const NEVER = new AbortController().signal;

/** Takes parcels until none is left, and lets all lanes run in between, as eight processes would. */
async function work(
  context: Context,
  parcels: { readonly key: string; readonly content: Shipment }[],
  goOn: () => boolean,
): Promise<void> {
  const attempt = async (what: () => Promise<unknown>) => {
    try {
      await what();
      return true;
    } catch {
      return false;
    }
  };
  for (let round = 0; parcels.length > 0 || goOn(); round += 1) {
    const parcel = parcels.shift();
    if (parcel !== undefined) {
      const told = await attempt(() => tellShipment(context, { origin: 'command', ...parcel }));
      // Who did not hear that it was taken tells it again, under the same key.
      if (!told) parcels.push(parcel);
    }
    const lane = [billLane, shipLane, certifyLane][round % 3]!;
    await attempt(() => lane(context, NEVER));
  }
}

function count(prefix: string, digits: number, most: number): readonly string[] {
  return Array.from({ length: most }, (_, i) => `${prefix}${String(i + 1).padStart(digits, '0')}`);
}

/** Numbers of the SSCCs without extension, prefix and check digit. */
async function listSerialReferences({ context: { db } }: Lanes): Promise<readonly number[]> {
  const ssccs: readonly string[] = await db('handling_unit').orderBy('sscc').pluck('sscc');
  return ssccs.map((sscc) => Number(sscc.slice(8, 17)));
}

/** Each query lists what is not as it must be. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'a shipment is noticed once': `
    select s.number, count(d.id) from shipment s left join document d on d.direction = 'out' and d.set = '856'
      and d.canonical->>'shipmentId' = s.number group by 1 having count(d.id) <> 1`,
  'a shipment is on one invoice, and its 810 was sent': `
    select s.number, count(distinct i.id), count(distinct d.id) from shipment s
    left join invoice_line l on l.shipment_id = s.id left join invoice i on i.id = l.invoice_id
    left join document d on d.id = i.document_id and d.set = '810'
    group by 1 having count(distinct i.id) <> 1 or count(distinct d.id) <> 1`,
  'there is one 810 for each invoice': `
    select i.number, count(d.id) from invoice i left join document d on d.direction = 'out' and d.set = '810'
      and d.canonical->>'invoiceNumber' = i.number group by 1 having count(d.id) <> 1`,
  'what is ordered is shipped, and what is shipped is billed': `
    select o.po_number, l.position, l.quantity::text, s.quantity::text as shipped, i.quantity::text as billed
    from purchase_order o join purchase_order_line l on l.order_id = o.id
    left join (select order_id, order_position, sum(quantity) as quantity from shipment_line group by 1, 2) s
      on s.order_id = o.id and s.order_position = l.position
    left join (select order_id, order_position, sum(quantity) as quantity from invoice_line group by 1, 2) i
      on i.order_id = o.id and i.order_position = l.position
    where s.quantity is distinct from l.quantity or i.quantity is distinct from l.quantity`,
  'a charge of the order is on one of its invoices': `
    select o.po_number, count(*) from purchase_order o join (
      select distinct l.order_id, i.id from invoice_line l join invoice i on i.id = l.invoice_id
      where json_array_length(i.content->'allowanceCharges') > 0
    ) c on c.order_id = o.id group by 1 having count(*) <> 1
    union all
    select 'all', count(*) from invoice where json_array_length(content->'allowanceCharges') > 0
    having count(*) <> (select count(*) from purchase_order)`,
  'each line that left has one certificate, with its PDF': `
    select s.number, l.position, count(c.id) from shipment s join shipment_line l on l.shipment_id = s.id
    left join certificate c on c.shipment_id = s.id and c.item = l.item and c.pdf is not null
    group by 1, 2 having count(c.id) <> 1`,
  'control numbers have no gap': `
    select partner, functional_id, count(*), max(group_control::int) from (
      select distinct partner, functional_id, group_control from document where direction = 'out'
    ) g group by 1, 2 having count(*) <> max(group_control::int)`,
};

async function listDifferences({ context: { db } }: Lanes): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [name, sql] of Object.entries(DIFFERENCES)) {
    const { rows } = await db.raw<{ rows: readonly object[] }>(sql);
    wrong.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`));
  }
  return wrong;
}

test(`eight workers ship, certify and bill through ${ROLLBACKS} rollbacks: all once, and no series has a gap`, async (t) => {
  t.timeout(FULL ? 3_600_000 : 300_000);
  const desk = await openOrders(t);
  const { db } = desk.context;
  const faults = breakAtRandom(Number(process.env['CAUSEWAY_SEED'] ?? 1));
  const parcels = [...listParcels()];
  const shipments = parcels.length;
  const pools = Array.from({ length: WORKERS }, () => openDatabase(desk.url, { poolSize: 3 }));
  let rounds = 0;
  // Once all is told, lanes that find nothing give nothing to roll back: a few rounds more, and not for ever.
  const goOn = () => {
    rounds += 1;
    return faults.rolledBack() < ROLLBACKS && rounds < 2_000;
  };
  try {
    await Promise.all(
      pools.map((pool) => work({ ...desk.context, db: watchStatements(pool, faults) }, parcels, goOn)),
    );
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
  t.true(faults.rolledBack() >= ROLLBACKS, `${faults.rolledBack()} rollbacks`);
  // What failed last is left for the lanes, as after any fault.
  for (const lane of [shipLane, certifyLane, billLane]) await lane(desk.context, NEVER);

  t.deepEqual(await db('shipment_report').whereNot({ state: 'done' }).select('state', 'content'), []);
  t.deepEqual(await db('shipment').orderBy('number').pluck('number'), count('', 8, shipments));
  t.deepEqual(await db('invoice').orderBy('number').pluck('number'), count('INV-2026-', 5, shipments));
  const lines = await db('shipment_line').count();
  const certificates = await db('certificate').orderBy('number').pluck('number');
  t.deepEqual(certificates, count('C-2026-', 5, Number(lines[0]!['count'])));
  t.deepEqual(
    await listSerialReferences(desk),
    Array.from({ length: ORDERS * 4 }, (_, i) => i + 1),
  );
  t.deepEqual(await db('shipment').whereNot({ notice: 'sent', billing: 'billed', certificates: 'sent' }), []);
  t.deepEqual(await listDifferences(desk), []);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});
