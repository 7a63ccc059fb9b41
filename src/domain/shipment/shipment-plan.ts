import type { Id } from '../exchange/records.ts';
import type { Reason } from '../reason.ts';
import type { StockDraw } from './draw-stock.ts';
import type { Shipment } from './shipment.ts';
import type { EarlierShipment, ShippableOrder } from './shipment-facts.ts';
import type { ShippedLine } from './shipped.ts';

/** What becomes of what a warehouse told. */
export type ShipmentPlan =
  | PlannedShipment
  /** All of it is taken back. */
  | { readonly outcome: 'cancelled'; readonly earlier: EarlierShipment }
  /** It says what is known already. */
  | { readonly outcome: 'repeated'; readonly earlier: EarlierShipment }
  /** It corrects what has not been told yet. */
  | { readonly outcome: 'waiting'; readonly reason: Reason }
  /** It cannot be so: nothing is booked, and a person is asked. */
  | { readonly outcome: 'refused'; readonly reasons: readonly Reason[] };

/** Goods that left: they are booked, whatever stops their notice. */
export type PlannedShipment = {
  readonly outcome: 'shipped';
  readonly partner: string;
  readonly test: boolean;
  /** As it was told, with lines and SSCCs as we write them. */
  readonly content: Shipment;
  readonly lines: readonly ShippedLine[];
  /** In the order in which lines name them. */
  readonly orders: readonly ShippableOrder[];
  readonly earlier?: EarlierShipment | undefined;
  readonly draws: readonly StockDraw[];
  readonly stops: readonly ShipmentStop[];
};

export type StopKind = 'over-shipment' | 'shipment-serial-missing' | 'certificate-missing';

/** Why no ship notice leaves before a person has looked. */
export type ShipmentStop = {
  readonly kind: StopKind;
  readonly message: string;
  readonly order: Id;
  /** PO101. */
  readonly line: string;
};
