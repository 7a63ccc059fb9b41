import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { WorkingDays } from '../calendar/working-days.ts';

/** What decides where a line ships from and when; quantities are in the item's unit. */
export type Stock = {
  readonly warehouses: readonly Warehouse[];
  /** By item. */
  readonly positions: ReadonlyMap<string, readonly StockPosition[]>;
  readonly weights: RouteWeights;
};

export type Warehouse = {
  readonly id: string;
  readonly name: string;
  /** Hazard classes that it is certified for. */
  readonly hazards: readonly string[];
  /** Where it may ship to: `US`, `US-OH`; anywhere where undefined. */
  readonly destinations?: readonly string[] | undefined;
  /** Cost and days of a shipment, by zone of the ship-to. */
  readonly zones: ReadonlyMap<string, { readonly cost: Decimal; readonly days: number }>;
  /** Orders in hand, against each other. */
  readonly load: number;
  /** The days on which it ships; every day where undefined. */
  readonly calendar?: WorkingDays | undefined;
};

export type StockPosition = {
  readonly warehouse: string;
  readonly onHand: Decimal;
  readonly allocated: Decimal;
  readonly safety: Decimal;
  /** On their way, by date. */
  readonly receipts: readonly { readonly date: PlainDate; readonly quantity: Decimal }[];
  /** What waits for those receipts: promised for a day, or where none is known for as soon as something comes. */
  readonly waiting?: readonly Waiting[] | undefined;
  /** Free serials of a serialised item, with what is known of each. */
  readonly serials: readonly Serial[];
};

export type Waiting = { readonly ships?: PlainDate | undefined; readonly quantity: Decimal };

export type Serial = { readonly serial: string; readonly attributes: Readonly<Record<string, string>> };

/** How much each criterion counts when warehouses are ranked; they need not sum up to anything. */
export type RouteWeights = {
  readonly wholeLine: number;
  readonly wholeOrder: number;
  readonly meetsDate: number;
  readonly cost: number;
  readonly load: number;
};
