import { availableNow, openShelf } from '../../domain/allocation/available-to-promise.ts';
import type { StockPosition } from '../../domain/allocation/stock.ts';
import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import { fromBig } from '../../lib/decimal.ts';
import { findStockItem, loadWaiting, type StockItem, type WaitingLine } from '../../store/backorders.ts';
import type { Database } from '../../store/database.ts';
import { readStock } from '../../store/stock.ts';

export type StockReport = Omit<StockItem, 'receipts'> & {
  readonly warehouses: readonly WarehouseReport[];
  /** The first to be filled first. */
  readonly waiting: readonly WaitingLine[];
};

export type WarehouseReport = Pick<StockPosition, 'warehouse' | 'onHand' | 'allocated' | 'safety'> & {
  readonly name: string;
  /** What a new order would get from it now. */
  readonly available: Decimal;
  readonly receipts: readonly (Pick<StockItem['receipts'][number], 'reference' | 'date' | 'quantity'> & {
    /** Its day has passed: nothing is promised of it. */
    readonly overdue: boolean;
  })[];
  /** Free ones. */
  readonly serials: readonly string[];
};

/** Undefined where there is no such item. */
export async function reportStock(
  db: Database,
  number: string,
  today: PlainDate,
): Promise<StockReport | undefined> {
  const item = await findStockItem(db, number);
  if (item === undefined) return undefined;
  const { receipts, ...about } = item;
  const { warehouses, positions } = await readStock(db, [number]);
  const names = new Map(warehouses.map((one) => [one.id, one.name]));
  const describe = (position: StockPosition): WarehouseReport => {
    const { warehouse, onHand, allocated, safety, serials } = position;
    return {
      warehouse,
      name: names.get(warehouse) ?? warehouse,
      onHand,
      allocated,
      safety,
      available: fromBig(availableNow(openShelf(position, today))),
      receipts: receipts
        .filter((one) => one.warehouse === warehouse)
        .map(({ reference, date, quantity }) => ({ reference, date, quantity, overdue: date < today })),
      serials: serials.map((one) => one.serial),
    };
  };
  return {
    ...about,
    warehouses: (positions.get(number) ?? []).map(describe),
    waiting: await loadWaiting(db, [number]),
  };
}
