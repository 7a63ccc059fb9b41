import type { Allocation } from '../../domain/allocation/allocation.ts';
import { fillBackorders, settleFilling } from '../../domain/allocation/fill-backorders.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { changeWaiting, loadWaiting, type WaitingLine } from '../../store/backorders.ts';
import type { Database } from '../../store/database.ts';
import { loadStock, reserveStock } from '../../store/stock.ts';

/** A line whose promise is another now; its order is to be answered again. */
export type ChangedPromise = Pick<
  WaitingLine,
  'order' | 'position' | 'item' | 'partner' | 'poNumber' | 'line' | 'quantity' | 'warehouse' | 'ships'
> & {
  /** `filled`: stock is reserved for it. `redated`: it goes on waiting, for another day than was promised. */
  readonly kind: 'filled' | 'redated';
  readonly serials?: readonly string[] | undefined;
};

/**
 * Gives what is free of these items to what waits for it, inside the caller's transaction: after a receipt, after stock was
 * released, after the ERP changed what is expected.
 */
export async function fillWaiting(
  tx: Database,
  items: readonly string[],
  today: PlainDate,
  nextId: () => string,
): Promise<readonly ChangedPromise[]> {
  const { positions, warehouses } = await loadStock(tx, items);
  const queue = await loadWaiting(tx, items);
  const reserved: Allocation[] = [];
  const waiting: Allocation[] = [];
  const redated = new Set<string>();
  for (const [item, lines] of Map.groupBy(queue, (line) => line.item)) {
    const { unit, serialised } = lines[0]!;
    const filling = fillBackorders({
      item: { unit, serialised },
      positions: positions.get(item) ?? [],
      waiting: lines,
      today,
      warehouses,
    });
    const settled = settleFilling(lines, filling, nextId);
    reserved.push(...settled.reserved);
    waiting.push(...settled.waiting);
    for (const { allocation } of filling.redated) redated.add(allocation);
  }
  await changeWaiting(tx, waiting);
  await reserveStock(tx, reserved);
  return [
    ...reserved.map((one) => describeChange('filled', one as WaitingLine)),
    ...waiting
      .filter((one) => redated.has(one.id))
      .map((one) => describeChange('redated', one as WaitingLine)),
  ];
}

function describeChange(kind: ChangedPromise['kind'], line: WaitingLine): ChangedPromise {
  const { order, position, item, partner, poNumber, quantity, warehouse, ships, serials } = line;
  return {
    kind,
    order,
    position,
    item,
    partner,
    poNumber,
    line: line.line,
    quantity,
    warehouse,
    ships,
    serials,
  };
}
