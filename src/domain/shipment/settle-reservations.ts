import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Id } from '../exchange/records.ts';
import type { StockDraw } from './draw-stock.ts';
import type { HeldStock, ShippableOrder } from './shipment-facts.ts';

/** What becomes of what an order holds. */
export type ReservationChange = {
  /** Reservations and backorders with what is left of them; 0 ends one. */
  readonly cut: readonly {
    readonly id: Id;
    readonly quantity: Decimal;
    readonly serials: readonly string[];
  }[];
  /** Goods that are back on the shelf, for the line that they were for. */
  readonly restored: readonly {
    readonly from: Id;
    readonly quantity: Decimal;
    readonly serials: readonly string[];
  }[];
  /** Serials that were set aside for what left without its serials being told: by place of the line. */
  readonly gone: ReadonlyMap<number, readonly string[]>;
};

/**
 * An order goes on holding what was promised of a line and has not left, no more and no less, whatever was shipped,
 * corrected or taken back before.
 */
export function settleReservations(order: ShippableOrder, draws: readonly StockDraw[]): ReservationChange {
  const positions = new Set([
    ...order.held.filter(({ state }) => state === 'shipped').map(({ position }) => position),
    ...draws.map(({ position }) => position),
  ]);
  const changes = [...positions].map((position) => {
    const held = order.held.filter((one) => one.position === position);
    const own = draws.filter((one) => one.position === position);
    return { position, ...settleLine(held, own, listLeft(order, position, own)) };
  });
  return {
    cut: changes.flatMap(({ cut }) => cut),
    restored: changes.flatMap(({ restored }) => restored),
    gone: new Map(changes.map(({ position, gone }) => [position, gone])),
  };
}

/** Promised of a line and not shipped. */
function listLeft(
  { state, decision, shipped }: ShippableOrder,
  position: number,
  draws: readonly StockDraw[],
): Big {
  if (state === 'cancelled') return toBig('0');
  const promised = add((decision.lines[position - 1]?.promises ?? []).map((one) => one.stockQuantity));
  const left = promised
    .minus(shipped.get(position)?.stockQuantity ?? '0')
    .minus(add(draws.map(({ quantity }) => quantity)));
  return left.lt(0) ? toBig('0') : left;
}

type LineChange = Pick<ReservationChange, 'cut' | 'restored'> & { readonly gone: readonly string[] };

function settleLine(held: readonly HeldStock[], draws: readonly StockDraw[], left: Big): LineChange {
  const standing = held.filter(({ state }) => state !== 'shipped');
  const excess = add(standing.map(({ quantity }) => quantity)).minus(left);
  const told = new Set(draws.flatMap(({ serials }) => serials));
  if (excess.lt(0)) {
    const restored = restore(
      held.filter(({ state }) => state === 'shipped'),
      excess.neg(),
      told,
    );
    return { cut: [], restored, gone: [] };
  }
  const untold = add(draws.map(({ quantity }) => quantity)).minus(String(told.size));
  return { ...cutHeld(sortForCut(standing, draws, told), excess, told, untold), restored: [] };
}

/** First what holds the serials that left, then what lies where the goods left, then other reservations, then what waits. */
function sortForCut(
  standing: readonly HeldStock[],
  draws: readonly StockDraw[],
  told: ReadonlySet<string>,
): readonly HeldStock[] {
  const places = new Set(draws.map(({ warehouse }) => warehouse));
  const rank = ({ state, warehouse, serials }: HeldStock) => {
    if (serials.some((serial) => told.has(serial))) return 0;
    if (state === 'waiting') return 3;
    return places.has(warehouse) ? 1 : 2;
  };
  return standing.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function cutHeld(
  standing: readonly HeldStock[],
  excess: Big,
  told: ReadonlySet<string>,
  untold: Big,
): Pick<LineChange, 'cut' | 'gone'> {
  let over = excess;
  const cut: LineChange['cut'][number][] = [];
  const loose: string[] = [];
  for (const one of standing) {
    const inside = one.serials.filter((serial) => !told.has(serial));
    const off = over.lt(one.quantity) ? over : toBig(one.quantity);
    const quantity = toBig(one.quantity).minus(off);
    over = over.minus(off);
    // What left is not in it any more, even where more is held than was promised.
    const most = one.serials.length === 0 ? 0 : quantity.toNumber();
    const serials = inside.slice(0, most);
    loose.push(...inside.slice(most));
    if (off.gt(0) || serials.length < one.serials.length)
      cut.push({ id: one.id, quantity: fromBig(quantity), serials });
  }
  return { cut, gone: loose.slice(0, Math.max(0, untold.toNumber())) };
}

function restore(
  shipped: readonly HeldStock[],
  wanted: Big,
  told: ReadonlySet<string>,
): LineChange['restored'] {
  let left = wanted;
  return shipped.flatMap(({ id, warehouse, quantity, serials }) => {
    const own = left.lt(quantity) ? left : toBig(quantity);
    if (own.lte(0) || warehouse === undefined) return [];
    left = left.minus(own);
    const back = serials.filter((serial) => !told.has(serial)).slice(0, own.toNumber());
    return [{ from: id, quantity: fromBig(own), serials: back }];
  });
}

function add(quantities: readonly Decimal[]): Big {
  return quantities.reduce((sum, quantity) => sum.plus(quantity), toBig('0'));
}
