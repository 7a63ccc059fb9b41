import type { Instant, PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Allocation } from '../allocation/allocation.ts';
import type { Blanket, BlanketEntry } from '../blanket/blanket.ts';
import type { LineCount, LinePlan, PlanDocument } from '../blanket/plan.ts';
import type { Severity } from '../exception/severity.ts';
import type { Ruling } from '../order/ruling.ts';

/**
 * What the gateway keeps of every exchange. All ids are made by the application (UUID version 7, so that they
 * sort by time): an outcome is plain data that refers to itself and is saved by one set of inserts.
 */
export type Id = string;

export type Direction = 'in' | 'out';

/**
 * received → done | quarantined for what came in; ready for what goes out.
 * Quarantined: the raw bytes are kept, a person sees the reason, nothing else is touched.
 */
export type FileState = 'received' | 'done' | 'quarantined' | 'ready';

export type FileRecord = {
  readonly id: Id;
  readonly direction: Direction;
  readonly partner: string;
  /** `sftp-hosted`, `sftp`, `command`, … */
  readonly channel: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly at: Instant;
  readonly state: FileState;
  /** How often processing has begun; counted before the first byte is parsed. */
  readonly attempts: number;
  readonly reason?: string | undefined;
};

export type FileContent = FileRecord & { readonly bytes: Uint8Array };

export type InterchangeRecord = {
  readonly id: Id;
  readonly file: Id;
  readonly direction: Direction;
  readonly partner: string;
  /** `ZZ:ACMEIND`. */
  readonly sender: string;
  readonly receiver: string;
  /** ISA13 as written. */
  readonly control: string;
  readonly version: string;
  /** ISA15. */
  readonly usage: string;
  readonly sha256: string;
  /** Place in the file. */
  readonly offset: number;
  readonly length: number;
  /** TA104 of what came in: A, E, R. Of two interchanges under one control number only one is not R. */
  readonly status: 'A' | 'E' | 'R';
  /** TA105. */
  readonly note: string;
  /** The inbound interchange that this outbound one answers. */
  readonly answers?: Id | undefined;
};

/** none: nobody owes one. waiting → accepted | accepted-with-errors | rejected, or overdue on the way. */
export type AcknowledgementState =
  | 'none'
  | 'waiting'
  | 'accepted'
  | 'accepted-with-errors'
  | 'rejected'
  | 'overdue';

/** One transaction set, in or out. */
export type DocumentRecord = {
  readonly id: Id;
  readonly interchange: Id;
  readonly direction: Direction;
  readonly partner: string;
  /** `850`. */
  readonly set: string;
  /** `purchase-order`; absent when the set was refused or has no map. */
  readonly kind?: string | undefined;
  readonly functionalId: string;
  readonly groupControl: string;
  readonly control: string;
  readonly version: string;
  readonly offset: number;
  readonly length: number;
  /** AK501 for what came in; A for what goes out. */
  readonly status: 'A' | 'E' | 'R';
  readonly canonical?: unknown;
  /** The report of what is wrong with it, when anything is. */
  readonly problems?: unknown;
  /** Version (hash) of the partner's files that it was processed with. */
  readonly partnerVersion: string;
  readonly acknowledgement: AcknowledgementState;
  /** When an acknowledgement that is `waiting` becomes `overdue`. */
  readonly acknowledgeBy?: Instant | undefined;
  /** What the partner's application said of it last (824): accepted, rejected, … */
  readonly advice?: string | undefined;
  readonly answers?: Id | undefined;
  readonly order?: Id | undefined;
};

export type OrderRecord = {
  readonly id: Id;
  readonly partner: string;
  /** The document that it came with. */
  readonly document: Id;
  /** What it asks, where that is not what the document says: an 830 that calls quantities firm. */
  readonly content?: unknown;
  readonly poNumber: string;
  /** '' for none: part of the key. */
  readonly releaseNumber: string;
  /** Id (or else name) of the ship-to party, '' for none: part of the key. */
  readonly shipTo: string;
  /** ISA15 = T: kept apart from live orders and never counted with them. */
  readonly test: boolean;
  /** SHA-256 over what the order says, whatever envelope it came in. */
  readonly contentHash: string;
  readonly orderDate?: PlainDate | undefined;
  readonly currency?: string | undefined;
  /** accepted, accepted-with-changes, held, rejected. */
  readonly outcome: string;
  readonly decision: unknown;
  /** Of the lines that stand, as far as it counts for the customer's credit. */
  readonly amount?: Decimal | undefined;
  readonly at: Instant;
};

export type OrderLineRecord = {
  readonly order: Id;
  readonly position: number;
  readonly number: string;
  readonly item?: string | undefined;
  readonly quantity?: Decimal | undefined;
  readonly unit?: string | undefined;
  readonly orderedPrice?: Decimal | undefined;
  readonly price?: Decimal | undefined;
  /** ACK01. */
  readonly outcome: string;
};

export type EventRecord = {
  readonly id: Id;
  readonly at: Instant;
  readonly partner: string;
  readonly file?: Id | undefined;
  readonly interchange?: Id | undefined;
  readonly document?: Id | undefined;
  readonly order?: Id | undefined;
  readonly shipment?: Id | undefined;
  /** `file-received`, `set-accepted`, `order-decided`, `document-queued`, `delivered`, … */
  readonly kind: string;
  /** One line for a person. */
  readonly text: string;
};

/** pending → delivered, or failed after the last try. A hosted partner fetches: pending → available → delivered. */
export type DeliveryState = 'pending' | 'available' | 'delivered' | 'failed';

export type DeliveryRecord = {
  readonly id: Id;
  readonly file: Id;
  readonly partner: string;
  readonly channel: string;
  readonly state: DeliveryState;
  readonly attempts: number;
};

export type ExceptionRecord = {
  readonly id: Id;
  readonly at: Instant;
  /** `duplicate-order`, `price-outside-tolerance`, `quarantined-file`, `delivery-failed`, `acknowledgement-overdue`, … */
  readonly kind: string;
  readonly partner: string;
  /** Who owns it: `orders`, `operations`, `sales`, … */
  readonly team: string;
  readonly severity: Severity;
  readonly message: string;
  readonly dueAt: Instant;
  /** When it is told on if nobody resolves it; absent where nothing is left to tell. */
  readonly escalateAt?: Instant | undefined;
  /** What a person may do to resolve it: ids of choices. */
  readonly choices: readonly string[];
  /** PO101 of the line that it asks about. */
  readonly line?: string | undefined;
  readonly file?: Id | undefined;
  readonly document?: Id | undefined;
  readonly order?: Id | undefined;
  readonly shipment?: Id | undefined;
  /** What a warehouse told of a shipment. */
  readonly report?: Id | undefined;
};

/** What an inbound 997 says of documents that we sent. */
export type Settlement = {
  readonly partner: string;
  readonly functionalId: string;
  readonly groupControl: string;
  /** ST02; absent settles the whole group. */
  readonly control?: string | undefined;
  readonly state: 'accepted' | 'accepted-with-errors' | 'rejected';
  /** What it finds wrong, in words. */
  readonly reasons?: string | undefined;
  /** The 997 that says so. */
  readonly by: Id;
};

/** All that follows from processing one file: saved in one transaction or not at all. */
export type Outcome = Effects & {
  readonly interchanges: readonly InterchangeRecord[];
  readonly documents: readonly DocumentRecord[];
  readonly orders: readonly OrderRecord[];
  readonly lines: readonly OrderLineRecord[];
  readonly events: readonly EventRecord[];
  /** Outbound files with their bytes. */
  readonly files: readonly FileContent[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly settlements: readonly Settlement[];
  /** Inbound interchanges seen before with the same bytes: their stored answers are to be offered again. */
  readonly repeats: readonly Id[];
  readonly changes: readonly ChangeRecord[];
  /** In the order in which they were made. */
  readonly revisions: readonly Revision[];
  readonly plans?: readonly PlanRecord[] | undefined;
};

/** A schedule or receiving advice that was acted on. */
export type PlanRecord = {
  readonly document: Id;
  readonly partner: string;
  readonly kind: PlanDocument['kind'];
  readonly number: string;
  readonly test: boolean;
  readonly contentHash: string;
  /** Places of its lines that are dealt with. */
  readonly settled: readonly number[];
  readonly plans: readonly LinePlan[];
  readonly counts: readonly LineCount[];
  readonly at: Instant;
};

/** A change of an order, as far as it has come. */
export type ChangeRecord = {
  /** The 860. */
  readonly document: Id;
  readonly partner: string;
  readonly poNumber: string;
  readonly releaseNumber: string;
  readonly test: boolean;
  /** BCH05; 0 where it is no number. */
  readonly sequence: number;
  readonly contentHash: string;
  readonly state: 'waiting' | 'held' | 'applied' | 'refused';
  readonly decision: unknown;
  readonly order?: Id | undefined;
  readonly at: Instant;
};

/** An order in its next version; what it had drawn before is given back first. */
export type Revision = {
  readonly order: Id;
  /** The version that ends, with what it said. */
  readonly version: number;
  readonly before: { readonly content: unknown; readonly decision: unknown };
  /** The change that led to it; absent where a person ruled. */
  readonly changedBy?: Id | undefined;
  readonly difference: unknown;
  readonly at: Instant;
  readonly next: {
    readonly version: number;
    readonly state: 'open' | 'closed' | 'cancelled';
    readonly content: unknown;
    readonly decision: unknown;
    readonly outcome: string;
    readonly amount?: Decimal | undefined;
  };
  readonly lines: readonly OrderLineRecord[];
  /** What it draws on instead of what it drew on before; absent where that stays. */
  readonly allocations?: readonly Allocation[] | undefined;
  /** Rulings on what the buyer has changed since: they count no more. */
  readonly overtaken?: readonly Ruling[] | undefined;
  /** A blanket order with its lines, prices and dates as they are now. */
  readonly blanket?: Blanket | undefined;
};

/** A blanket as it is opened, without the sums of its ledger, and the order that opens it. */
export type NewBlanket = { readonly blanket: Blanket; readonly order: Id };

/** What live orders draw on. */
export type Effects = {
  readonly allocations: readonly Allocation[];
  readonly blankets: readonly NewBlanket[];
  readonly bookings: readonly BlanketEntry[];
  /** Accepted and not shipped, added to what the customer owes or may owe. */
  readonly exposures: readonly { readonly customer: string; readonly amount: Decimal }[];
  /** Used of purchase orders that authorise an amount; less with a minus sign. */
  readonly authorised?: readonly {
    readonly customer: string;
    readonly poNumber: string;
    readonly amount: Decimal;
  }[];
  /** Ordered under agreements whose tiers go by the quantity to date, in the item's unit. */
  readonly ordered: readonly {
    readonly agreement: string;
    readonly item: string;
    readonly customer: string;
    readonly quantity: Decimal;
  }[];
};
