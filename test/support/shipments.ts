import type { Shipment } from '../../src/domain/shipment/shipment.ts';
import { announcePromises } from '../../src/pipeline/revise/announce-promises.ts';
import { shipLane } from '../../src/pipeline/ship/ship-lane.ts';
import { type Answered, tellShipment } from '../../src/pipeline/ship/take-report.ts';
import { type Announce, receiveStock } from '../../src/pipeline/stock/receive-stock.ts';
import type { Lanes } from './gateway-lane.ts';

/** `PO-1 1 4`: order, line, quantity; `PO-1/R1` names a release. */
export function pack(text: string, more: Partial<Packed> = {}): Packed {
  const [order = '', line = '', quantity = ''] = text.split(' ');
  const [poNumber = '', releaseNumber] = order.split('/');
  return {
    poNumber,
    ...(releaseNumber === undefined ? {} : { releaseNumber }),
    line,
    quantity,
    ...more,
  };
}

export type Packed = NonNullable<Shipment['loose']>[number];

/** Goods in no unit, from one warehouse. */
export function shipmentOf(number: string | undefined, goods: readonly (string | Packed)[]): Shipment {
  return {
    kind: 'shipment',
    purpose: 'original',
    ...(number === undefined ? {} : { number }),
    shipDate: '2026-11-21',
    loose: goods.map((one) => (typeof one === 'string' ? pack(one) : one)),
  };
}

export async function tell(
  { context }: Pick<Lanes, 'context'>,
  content: Shipment,
  key?: string,
): Promise<Answered> {
  return await tellShipment(context, { origin: 'command', content, key });
}

/** `SH-1 v1 shipped, notice sent`, the first first. */
export async function readShipments({ context: { db } }: Pick<Lanes, 'context'>): Promise<readonly string[]> {
  const rows = await db('shipment').orderBy('id').select('number', 'version', 'state', 'notice');
  return rows.map(({ number, version, state, notice }) => `${number} v${version} ${state}, notice ${notice}`);
}

/** Looks at all reports that wait to be looked at. */
export async function drainReports({ context }: Pick<Lanes, 'context'>): Promise<void> {
  await shipLane(context, new AbortController().signal);
}

export async function receive({ context }: Lanes, item: string, quantity: string, warehouse = 'DAY') {
  const announce: Announce = (tx, changes) => announcePromises(context, tx, changes);
  return await receiveStock({ ...context, announce }, { item, warehouse, quantity, serials: [] });
}

/** What is in hand, set aside and left, by item: `HB-1001 94 36`. */
export async function readStock({ context: { db } }: Lanes): Promise<readonly string[]> {
  const rows = await db('stock')
    .orderBy(['item', 'warehouse'])
    .select(db.raw("item || ' ' || trim_scale(on_hand) || ' ' || trim_scale(allocated) as held"));
  return rows.map(({ held }) => held);
}
