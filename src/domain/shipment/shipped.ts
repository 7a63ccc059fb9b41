import type { Instant, PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Id } from '../exchange/records.ts';
import type { Shipment } from './shipment.ts';

/** A shipment as it is kept: what the warehouse told, with our number, an SSCC on every unit, and its lines. */
export type ShippedGoods = {
  readonly id: Id;
  /** BSN02. */
  readonly number: string;
  readonly partner: string;
  readonly test: boolean;
  readonly version: number;
  readonly state: 'shipped' | 'cancelled';
  readonly at: Instant;
  readonly shipDate: PlainDate;
  /** With every number filled in. */
  readonly content: Shipment;
  readonly lines: readonly ShippedLine[];
};

/** All of one line of an order that is in the shipment, in the unit of that line. */
export type ShippedLine = {
  /** Of the shipment, from 1, in the order of orders and their lines. */
  readonly position: number;
  readonly order: Id;
  readonly poNumber: string;
  readonly releaseNumber: string;
  /** PO101, and its place in the order from 1. */
  readonly line: string;
  readonly orderPosition: number;
  /** Our item number. */
  readonly item: string;
  readonly quantity: Decimal;
  readonly unit: string;
  /** The same in the unit that the item is stocked in. */
  readonly stockQuantity: Decimal;
  readonly lots: readonly string[];
  readonly serials: readonly string[];
};

/** none: the partner wants none. stopped: a person was asked. */
export type NoticeState = 'none' | 'waiting' | 'stopped' | 'sent' | 'cancelled';
