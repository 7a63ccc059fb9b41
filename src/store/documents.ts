import type { DocumentRecord, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

const SHORT_COLUMNS = `d.id, d.interchange_id as interchange, d.direction, d.partner, d.set, d.kind,
  d.functional_id as "functionalId", d.group_control as "groupControl", d.control, d.version, d."offset",
  d.length, d.status, d.partner_version as "partnerVersion", d.acknowledgement,
  d.acknowledge_by as "acknowledgeBy", d.answers, d.order_id as "order",
  (select r.outcome from application_result r where r.document_id = d.id
    order by r.advice_id desc, r.position desc limit 1) as advice`;

/** Columns of a document without what it says. */
export const DOCUMENT_COLUMNS = SHORT_COLUMNS;

const OVERDUE: Statement = {
  name: 'document-overdue',
  text: `
    update document d set acknowledgement = 'overdue'
    where d.id in (
      select id from document where acknowledgement = 'waiting' and acknowledge_by <= $1
      order by acknowledge_by limit 1000 for update skip locked
    )
    returning ${SHORT_COLUMNS}`,
};

/** Marks the documents whose acknowledgement should have come by now, at most a thousand at a time. */
export async function overdueDocuments(tx: Database, now: Instant): Promise<readonly DocumentRecord[]> {
  const rows = await run<DocumentRecord>(tx, OVERDUE, [now]);
  return rows.map((row) => withoutNulls(row) as DocumentRecord);
}

const ACKNOWLEDGED_BY: Statement = {
  name: 'document-acknowledged-by',
  text: `select ${SHORT_COLUMNS} from document d where d.acknowledged_by = any($1::uuid[]) order by d.id`,
};

/** The documents of ours that these acknowledgements of the partner settled. */
export async function listAcknowledgedBy(
  tx: Database,
  acknowledgements: readonly Id[],
): Promise<readonly DocumentRecord[]> {
  const rows = await run<DocumentRecord>(tx, ACKNOWLEDGED_BY, [acknowledgements]);
  return rows.map((row) => withoutNulls(row) as DocumentRecord);
}

const READ: Statement = {
  name: 'document-read',
  text: `select ${SHORT_COLUMNS}, d.canonical, d.problems, i.file_id as file
    from document d join interchange i on i.id = d.interchange_id where d.id = $1`,
};

export type DocumentInFile = DocumentRecord & { readonly file: Id };

export async function readDocument(db: Database, id: Id): Promise<DocumentInFile | undefined> {
  const [row] = await run<DocumentInFile>(db, READ, [id]);
  return row && (withoutNulls(row) as DocumentInFile);
}

const LIST_LINES: Statement = {
  name: 'order-lines',
  text: `select order_id as "order", position, number, item, quantity, unit,
      ordered_price as "orderedPrice", price, outcome
    from purchase_order_line where order_id = $1 order by position`,
};

export async function listOrderLines(db: Database, order: Id) {
  type Line = import('../domain/exchange/records.ts').OrderLineRecord;
  const rows = await run<Line>(db, LIST_LINES, [order]);
  return rows.map((row) => withoutNulls(row) as Line);
}

const CONTENT: Statement = {
  name: 'document-content',
  text: `select d.canonical as content, i.usage from document d join interchange i on i.id = d.interchange_id
    where d.id = $1`,
};

/** What a document says, and the ISA15 that it came with. */
export async function readContent(
  db: Database,
  id: Id,
): Promise<{ readonly content: unknown; readonly usage: string } | undefined> {
  const [row] = await run<{ content: unknown; usage: string }>(db, CONTENT, [id]);
  return row;
}

const SENT: Statement = {
  name: 'document-sent',
  text: `select ${SHORT_COLUMNS}, d.canonical, d.problems, i.file_id as file
    from document d join interchange i on i.id = d.interchange_id
    where d.id = (select document_id from invoice where number = $1)
      or (d.direction = 'out' and d.set = '856' and d.canonical->>'shipmentId' = $1)
    order by d.id desc limit 1`,
};

/** The 810 of an invoice or credit memo, or the last 856 of a shipment, by the number of either. */
export async function findSentDocument(db: Database, number: string): Promise<DocumentInFile | undefined> {
  const [row] = await run<DocumentInFile>(db, SENT, [number]);
  return row && (withoutNulls(row) as DocumentInFile);
}
