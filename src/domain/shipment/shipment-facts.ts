import type { Decimal } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import type { CertificateKind } from '../certificate/certificate.ts';
import type { Id } from '../exchange/records.ts';
import type { OrderVersion } from '../order/change-decision.ts';
import type { Shipment } from './shipment.ts';
import type { ShippedGoods } from './shipped.ts';

/** Everything that judging a shipment may know, loaded whole before it runs. */
export type ShipmentFacts = {
  /** Under the PO and release numbers that the report names, of the partner that it names or of any. */
  readonly orders: readonly ShippableOrder[];
  /** Items that lines of these orders were answered with. */
  readonly items: ReadonlyMap<string, ShippableItem>;
  /** The shipment under the number of the report, as it stands. */
  readonly earlier?: EarlierShipment | undefined;
  /** Whether a correction may wait for the report that it corrects. */
  readonly mayWait: boolean;
  readonly warehouses: ReadonlySet<string>;
  /** By item: where stock of it is kept. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  /** What is known of the serials that the report names. */
  readonly serials: readonly KnownSerial[];
  /** Items of which each piece is kept by its serial: one that is not known is not ours. */
  readonly keptBySerial: ReadonlySet<string>;
  /** SSCCs of the report that units of other shipments have, with the number of the shipment. */
  readonly usedSsccs: ReadonlyMap<string, string>;
  readonly policies: ReadonlyMap<string, ShippingTerms>;
  readonly certificates: readonly HeldCertificate[];
  /** What people have decided of this shipment. */
  readonly rulings: readonly ShipmentRuling[];
};

export type ShippableItem = Pick<Item, 'number' | 'unit' | 'conversions' | 'serialised'>;

export type ShippableOrder = Omit<OrderVersion, 'version'> & {
  readonly id: Id;
  readonly partner: string;
  readonly test: boolean;
  readonly poNumber: string;
  /** '' for none. */
  readonly releaseNumber: string;
  readonly shipTo: string;
  /** By place of the line from 1: what other shipments than this one have of it. */
  readonly shipped: ReadonlyMap<number, ShippedBefore>;
  /** What is reserved for it or waits, and what this shipment had drawn as it stood. */
  readonly held: readonly HeldStock[];
};

/** In the unit of the line, and in that of the item. */
export type ShippedBefore = { readonly quantity: Decimal; readonly stockQuantity: Decimal };

/** A part of a line in a warehouse, in the item's unit. */
export type HeldStock = {
  readonly id: Id;
  readonly position: number;
  readonly item: string;
  /** Absent of what waits for whatever comes first, and where no stock is kept of the item. */
  readonly warehouse?: string | undefined;
  readonly quantity: Decimal;
  /** `shipped`: left with this shipment, as it stood. */
  readonly state: 'reserved' | 'waiting' | 'shipped';
  readonly serials: readonly string[];
};

/** A shipment that is kept, with what the last report said of it and how far it has come. */
export type EarlierShipment = ShippedGoods & {
  /** As it was told, before numbers were filled in. */
  readonly told: Shipment;
  /** The version that the last ship notice told. */
  readonly noticedVersion?: number | undefined;
  /** Whether it was invoiced. */
  readonly billed: boolean;
};

export type KnownSerial = {
  readonly item: string;
  readonly serial: string;
  /** Absent where it is known from a shipment alone. */
  readonly warehouse?: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  /** The line that it is set aside for. */
  readonly reserved?: {
    readonly order: Id;
    readonly poNumber: string;
    readonly position: number;
  };
  /** Number of the other shipment that it left with, and has not come back from. */
  readonly left?: string | undefined;
};

/** What the partner file says of shipments. */
export type ShippingTerms = {
  /** Percent of a line by which shipments may go over it. */
  readonly over: Decimal;
  /** Kinds of certificates without which no ship notice leaves. */
  readonly gate: readonly CertificateKind[];
};

/** A certificate that stands: none has superseded it. */
export type HeldCertificate = {
  readonly kind: CertificateKind;
  readonly item: string;
  readonly serials: readonly string[];
  readonly lot?: string | undefined;
  readonly order?: Id | undefined;
  /** PO101. */
  readonly line?: string | undefined;
};

/** What a person let pass: exactly what was asked, so that another question is asked anew. */
export type ShipmentRuling = {
  readonly kind: string;
  readonly message: string;
  readonly by: string;
};
