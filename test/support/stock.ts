import { randomUUID } from 'node:crypto';
import type { ExecutionContext } from 'ava';
import { type Allocation, allocateLine } from '../../src/domain/allocation/allocation.ts';
import type { LineToPromise } from '../../src/domain/allocation/outlook.ts';
import { promiseLines } from '../../src/domain/allocation/promise-lines.ts';
import type { Stock } from '../../src/domain/allocation/stock.ts';
import type { Item } from '../../src/domain/catalogue/catalogue.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';
import { insertFile } from '../../src/store/files.ts';
import { saveOutcome } from '../../src/store/outcomes.ts';
import { loadStock, reserveStock } from '../../src/store/stock.ts';
import { testDatabase } from './database.ts';
import { makeExchange } from './exchange.ts';

const TODAY = '2026-11-22';
const WEIGHTS = { wholeLine: 8, wholeOrder: 4, meetsDate: 2, cost: 1, load: 1 };

/** Items in the warehouses A and B, and orders to reserve for. */
export async function openStock(t: ExecutionContext, orders: number) {
  const { db, url } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(orders);
  await insertFile(db, inbound);
  await saveOutcome(db, outcome);
  await db('item').insert([
    { number: 'W-1', unit: 'EA' },
    { number: 'W-2', unit: 'EA' },
    { number: 'W-3', unit: 'EA', serialised: true },
  ]);
  await db('warehouse').insert([
    { id: 'A', name: 'North', zones: JSON.stringify({ Z1: { cost: '5.00', days: 2 } }) },
    { id: 'B', name: 'South', destinations: ['US'] },
  ]);
  return { db, url, orders: outcome.orders.map((order) => order.id) };
}

export const place = (item: string, warehouse: string, onHand: number, safety = 0) => ({
  item,
  warehouse,
  on_hand: onHand,
  safety,
});

type Ask = Partial<LineToPromise> & { readonly at?: string; readonly priority?: number };

/** Promises a line and stores what was promised, as the decision of an order does. */
export async function promiseIn(
  tx: Database,
  order: string,
  number: string,
  quantity: string,
  ask: Ask = {},
) {
  const { at = '2026-11-22T10:00:00Z', priority = 0, ...over } = ask;
  const stock = { ...(await loadStock(tx, [number])), weights: WEIGHTS };
  const asked: LineToPromise = { line: '1', item: itemOf(number), quantity, destination: 'US-OH', ...over };
  const [promised] = promiseLines({
    lines: [asked],
    stock,
    short: 'ship-partial',
    today: TODAY,
  });
  const claim = { order, position: 1, priority, at };
  await reserveStock(tx, allocateLine(promised!, asked, 'ship-partial', claim, randomUUID));
  return promised!;
}

export function promise(db: Database, ...args: [order: string, number: string, quantity: string, ask?: Ask]) {
  return inTransaction(db, (tx) => promiseIn(tx, ...args));
}

/** What is to be stored of the lines of an order that are promised from this stock. */
export function allocate(
  stock: Omit<Stock, 'weights'>,
  order: string,
  lines: readonly (readonly [item: string, quantity: string])[],
): readonly Allocation[] {
  const asked = lines.map(
    ([number, quantity], i): LineToPromise => ({
      line: String(i + 1),
      item: itemOf(number),
      quantity,
      destination: 'US-OH',
    }),
  );
  const weighed = { ...stock, weights: WEIGHTS };
  const promised = promiseLines({ lines: asked, stock: weighed, short: 'ship-partial', today: TODAY });
  return promised.flatMap((one, i) => {
    const claim = { order, position: i + 1, priority: 0, at: '2026-11-22T10:00:00Z' };
    return allocateLine(one, asked[i]!, 'ship-partial', claim, randomUUID);
  });
}

function itemOf(number: string): Item {
  return {
    number,
    unit: 'EA',
    conversions: new Map(),
    status: 'active',
    serialised: number === 'W-3',
    barred: [],
    substitutes: [],
    incompatible: [],
    requires: [],
  };
}
