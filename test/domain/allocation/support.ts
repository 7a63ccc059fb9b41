import type { Allocation } from '../../../src/domain/allocation/allocation.ts';
import type { LineToPromise } from '../../../src/domain/allocation/outlook.ts';
import { type LinesToPromise, promiseLines } from '../../../src/domain/allocation/promise-lines.ts';
import type { Stock, StockPosition, Warehouse } from '../../../src/domain/allocation/stock.ts';
import type { Item } from '../../../src/domain/catalogue/catalogue.ts';

/** One item in one warehouse that may ship it; each test changes what it is about. */
export const TODAY = '2026-11-22';

export function item(changes: Partial<Item> = {}): Item {
  return {
    number: 'W-1',
    unit: 'EA',
    conversions: new Map(),
    status: 'active',
    serialised: false,
    barred: [],
    substitutes: [],
    incompatible: [],
    requires: [],
    ...changes,
  };
}

export function position(changes: Partial<StockPosition> = {}): StockPosition {
  return {
    warehouse: 'A',
    onHand: '10',
    allocated: '0',
    safety: '0',
    receipts: [],
    serials: [],
    ...changes,
  };
}

export function warehouse(id: string, changes: Partial<Warehouse> = {}): Warehouse {
  return { id, name: id, hazards: [], zones: new Map(), load: 0, ...changes };
}

export function stock(positions: readonly StockPosition[], changes: Partial<Stock> = {}): Stock {
  const ids = [...new Set(positions.map((one) => one.warehouse))];
  return {
    warehouses: ids.map((id) => warehouse(id)),
    positions: new Map([['W-1', positions]]),
    weights: { wholeLine: 8, wholeOrder: 4, meetsDate: 2, cost: 1, load: 1 },
    ...changes,
  };
}

export function line(quantity: string, changes: Partial<LineToPromise> = {}): LineToPromise {
  return { line: '1', item: item(), quantity, ...changes };
}

export function promise(
  lines: readonly LineToPromise[],
  given: Stock,
  changes: Partial<LinesToPromise> = {},
) {
  return promiseLines({ lines, stock: given, short: 'ship-partial', today: TODAY, ...changes });
}

let made = 0;

export function waiting(quantity: string, changes: Partial<Allocation> = {}): Allocation {
  made += 1;
  return {
    id: `wait-${String(made).padStart(4, '0')}`,
    order: 'order',
    position: 1,
    item: 'W-1',
    warehouse: 'A',
    quantity,
    state: 'waiting',
    priority: 0,
    ships: '2026-12-01',
    at: '2026-11-20T10:00:00Z',
    eligible: ['A'],
    whole: false,
    requires: {},
    ...changes,
  };
}
