import type { Stock } from '../../domain/allocation/stock.ts';
import type { Database } from '../../store/database.ts';
import { loadStock, readStock, type StockHold } from '../../store/stock.ts';

/** Where something waits nothing is to overtake it, which only the locks can tell. */
export async function findStock(
  tx: Database,
  items: readonly string[],
  hold: StockHold,
): Promise<{ readonly stock: Omit<Stock, 'weights'>; readonly hold: StockHold }> {
  if (hold === 'locked') return { stock: await loadStock(tx, items), hold };
  const stock = await readStock(tx, items);
  const waits = [...stock.positions.values()].flat().some(({ waiting = [] }) => waiting.length > 0);
  return waits ? await findStock(tx, items, 'locked') : { stock, hold };
}
