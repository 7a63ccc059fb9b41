import type {
  DocumentRecord,
  EventRecord,
  FileRecord,
  Id,
  InterchangeRecord,
  OrderRecord,
} from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { DELIVERY_COLUMNS, type StoredDelivery } from './deliveries.ts';
import { DOCUMENT_COLUMNS } from './documents.ts';
import { EXCEPTION_COLUMNS, type StoredException } from './exceptions.ts';
import { ORDER_COLUMNS, readOrder } from './facts.ts';
import { FILE_COLUMNS } from './files.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';
import type { StoredShipment } from './shipments.ts';
import { type Connected, findConnected, type TraceQuery } from './trace-search.ts';

export type { TraceQuery } from './trace-search.ts';

export type TraceEntry =
  | { readonly kind: 'file'; readonly at: Instant; readonly file: FileRecord }
  | { readonly kind: 'interchange'; readonly at: Instant; readonly interchange: InterchangeRecord }
  | { readonly kind: 'document'; readonly at: Instant; readonly document: DocumentRecord }
  | { readonly kind: 'order'; readonly at: Instant; readonly order: OrderRecord }
  | { readonly kind: 'shipment'; readonly at: Instant; readonly shipment: ShipmentEntry }
  | { readonly kind: 'delivery'; readonly at: Instant; readonly delivery: StoredDelivery }
  | { readonly kind: 'event'; readonly at: Instant; readonly event: EventRecord }
  | { readonly kind: 'exception'; readonly at: Instant; readonly exception: StoredException };

/** A shipment in a story, with the numbers of its units. */
export type ShipmentEntry = Pick<
  StoredShipment,
  'id' | 'number' | 'partner' | 'test' | 'version' | 'state' | 'notice'
> & { readonly ssccs: readonly string[] };

export type Trace = {
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
  /** More was connected than is shown. */
  readonly truncated: boolean;
};

type Source = {
  readonly kind: TraceEntry['kind'];
  readonly statement: Statement;
  /** Which of the connected ids it asks for. */
  readonly by: readonly (keyof Omit<Connected, 'truncated'>)[];
};

const INTERCHANGE_COLUMNS = `i.id, i.file_id as file, i.direction, i.partner, i.sender, i.receiver, i.control,
  i.version, i.usage, i.sha256, i."offset", i.length, i.status, i.note, i.answers`;

/** In the order in which entries of one moment are shown. */
const SOURCES: readonly Source[] = [
  source('file', `select f.at as moment, ${FILE_COLUMNS} from file f where f.id = any($1::uuid[])`, [
    'files',
  ]),
  source(
    'interchange',
    `select f.at as moment, ${INTERCHANGE_COLUMNS} from interchange i join file f on f.id = i.file_id
      where i.id = any($1::uuid[])`,
    ['interchanges'],
  ),
  source(
    'document',
    `select f.at as moment, ${DOCUMENT_COLUMNS} from document d join interchange i on i.id = d.interchange_id
      join file f on f.id = i.file_id where d.id = any($1::uuid[])`,
    ['documents'],
  ),
  source(
    'order',
    `select o.at as moment, ${ORDER_COLUMNS} from purchase_order o where o.id = any($1::uuid[])`,
    ['orders'],
  ),
  source(
    'shipment',
    `select s.at as moment, s.id, s.number, s.partner, s.test, s.version, s.state, s.notice,
        array(select u.sscc from handling_unit u where u.shipment_id = s.id and u.place is not null
          order by u.place collate "C") as ssccs
      from shipment s where s.id = any($1::uuid[])`,
    ['shipments'],
  ),
  source(
    'event',
    `select e.at as moment, e.id, e.at, e.partner, e.file_id as file, e.interchange_id as interchange,
        e.document_id as document, e.order_id as "order", e.kind, e.text
      from event e where e.id in (
        select id from event where order_id = any($1::uuid[])
        union select id from event where shipment_id = any($5::uuid[]) and order_id is null
        union select id from event where document_id = any($2::uuid[])
        union select id from event where interchange_id = any($3::uuid[]) and document_id is null
        union select id from event where file_id = any($4::uuid[]) and document_id is null
          and interchange_id is null and order_id is null
      )`,
    ['orders', 'documents', 'interchanges', 'files', 'shipments'],
  ),
  source(
    'exception',
    `select x.at as moment, ${EXCEPTION_COLUMNS} from exception x where x.id in (
        select id from exception where order_id = any($1::uuid[])
        union select id from exception where shipment_id = any($4::uuid[])
        union select id from exception where document_id = any($2::uuid[])
        union select id from exception where file_id = any($3::uuid[]) and document_id is null
          and order_id is null
      )`,
    ['orders', 'documents', 'files', 'shipments'],
  ),
  source(
    'delivery',
    `select coalesce(v.delivered_at, v.created_at) as moment, ${DELIVERY_COLUMNS}
      from delivery v join file f on f.id = v.file_id where v.file_id = any($1::uuid[])`,
    ['files'],
  ),
];

/** The whole story of an order, document, file or control number, as one timeline; empty when nothing matches. */
export async function trace(db: Database, what: string | TraceQuery): Promise<Trace> {
  const connected = await findConnected(db, typeof what === 'string' ? { what } : what);
  const found = await Promise.all(SOURCES.map((each) => loadEntries(db, each, connected)));
  const entries = found
    .flat()
    .map((entry, place) => ({ entry, place, moment: Date.parse(entry.at) }))
    .sort((a, b) => a.moment - b.moment || a.place - b.place)
    .map(({ entry }) => entry);
  return { entries, truncated: connected.truncated };
}

async function loadEntries(db: Database, from: Source, connected: Connected): Promise<readonly TraceEntry[]> {
  const ids = from.by.map((each) => connected[each]);
  if (ids.every((each) => each.length === 0)) return [];
  const rows = await run<{ moment: Instant; id: Id }>(db, from.statement, ids);
  return rows.map(({ moment, ...row }) => {
    const read = from.kind === 'order' ? readOrder(row as OrderRecord) : withoutNulls(row);
    return { kind: from.kind, at: moment, [from.kind]: read } as unknown as TraceEntry;
  });
}

function source(kind: Source['kind'], text: string, by: Source['by']): Source {
  return { kind, statement: { name: `trace-${kind}`, text: `${text} order by moment, 2` }, by };
}
