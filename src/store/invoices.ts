import type { Id } from '../domain/exchange/records.ts';
import type { BilledLine, FigureSource } from '../domain/invoice/billing.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import type { Instant, PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type InvoiceRecord = {
  readonly id: Id;
  readonly number: string;
  readonly kind: 'invoice' | 'credit-memo';
  readonly partner: string;
  readonly customer?: string | undefined;
  readonly test: boolean;
  readonly currency: string;
  /** Below zero for a credit memo. */
  readonly amount: Decimal;
  readonly issued: PlainDate;
  readonly due?: PlainDate | undefined;
  readonly content: Invoice;
  readonly proof: readonly FigureSource[];
  readonly document?: Id | undefined;
  readonly credits?: Id | undefined;
  readonly at: Instant;
};

export type InvoiceLineRecord = Pick<BilledLine, 'position' | 'quantity' | 'amount'> & {
  readonly order?: Id | undefined;
  readonly orderPosition?: number | undefined;
  readonly shipment?: Id | undefined;
  readonly item?: string | undefined;
  readonly unit?: string | undefined;
  readonly price?: Decimal | undefined;
  /** Of a credit memo: place of the line in the invoice that it takes back from. */
  readonly credits?: number | undefined;
};

const SAVE: Statement = {
  name: 'invoice-save',
  text: `
    with given as (
      select * from json_to_record($1::json) as r(id uuid, number text, kind text, partner text, customer text,
        test boolean, currency text, amount numeric, issued date, due date, content json, proof json, document uuid,
        credits uuid, at timestamptz)
    ), saved as (
      insert into invoice (id, number, kind, partner, customer, test, currency, amount, issued, due, content, proof,
        document_id, credits, at)
      select id, number, kind, partner, customer, test, currency, amount, issued, due, content, proof, document,
        credits, at from given
      returning id
    )
    insert into invoice_line (invoice_id, position, order_id, order_position, shipment_id, item, quantity, unit, price,
      amount, credits)
    select s.id, position, "order", "orderPosition", shipment, item, quantity, unit, price, amount, credits
    from saved s, json_to_recordset($2::json) as r(position int, "order" uuid, "orderPosition" int, shipment uuid,
      item text, quantity numeric, unit text, price numeric, amount numeric, credits int)`,
};

export async function saveInvoice(
  tx: Database,
  invoice: InvoiceRecord,
  lines: readonly InvoiceLineRecord[],
): Promise<void> {
  await run(tx, SAVE, [toJson(invoice), toJson(lines)]);
}

/* What the books owe us, where the customer is one of ours: a credit is owed with a minus sign. */
const OWE: Statement = {
  name: 'invoice-owe',
  text: `
    insert into receivable (customer, number, currency, amount, due)
    select number, $2, $3, $4::numeric, $5::date from customer where number = $1
    on conflict (customer, number) do update set amount = excluded.amount, due = excluded.due`,
};

export async function addReceivable(
  tx: Database,
  { customer, number, currency, amount, due, issued }: InvoiceRecord,
): Promise<void> {
  if (customer !== undefined) await run(tx, OWE, [customer, number, currency, amount, due ?? issued]);
}

const FIND: Statement = {
  name: 'invoice-find',
  text: `
    select i.id, i.number, i.kind, i.partner, i.customer, i.test, i.currency, i.amount, i.issued, i.due, i.content,
      i.proof, i.document_id as document, i.credits, i.at,
      (select json_agg(json_build_object('position', position, 'order', order_id, 'orderPosition', order_position,
        'shipment', shipment_id, 'item', item, 'quantity', quantity::text, 'unit', unit, 'price', price::text,
        'amount', amount::text, 'credits', credits) order by position)
        from invoice_line l where l.invoice_id = i.id) as lines
    from invoice i
    where ($1::text is null or i.number = $1) and ($2::uuid is null or i.id = $2) and ($3::uuid is null or i.document_id = $3)
      and ($4::text is null or i.partner = $4) and ($5::uuid is null or i.credits = $5)
    order by i.at desc, i.number desc limit $6`,
};

export type StoredInvoice = InvoiceRecord & { readonly lines: readonly InvoiceLineRecord[] };

export type InvoiceQuery = {
  readonly number?: string | undefined;
  readonly id?: Id | undefined;
  readonly document?: Id | undefined;
  readonly partner?: string | undefined;
  /** Credit memos against this invoice. */
  readonly credits?: Id | undefined;
  readonly most?: number | undefined;
};

/** Newest first. */
export async function findInvoices(db: Database, query: InvoiceQuery): Promise<readonly StoredInvoice[]> {
  const { number, id, document, partner, credits, most = 200 } = query;
  const rows = await run<StoredInvoice>(db, FIND, [
    number ?? null,
    id ?? null,
    document ?? null,
    partner ?? null,
    credits ?? null,
    most,
  ]);
  return rows.map((row) => ({
    ...(withoutNulls(row) as StoredInvoice),
    lines: (row.lines ?? []).map((line) => withoutNulls(line) as InvoiceLineRecord),
  }));
}

const SENT_AGAIN: Statement = {
  name: 'invoice-sent-again',
  text: 'update invoice set document_id = $2 where id = $1',
};

/** The 810 that counts, where the partner rejected the one before. */
export async function setInvoiceDocument(tx: Database, id: Id, document: Id): Promise<void> {
  await run(tx, SENT_AGAIN, [id, document]);
}

const LOCK: Statement = { name: 'invoice-lock', text: 'select id from invoice where id = $1 for update' };

/** Two credits against one invoice are made one after the other. */
export async function lockInvoice(tx: Database, id: Id): Promise<void> {
  await run(tx, LOCK, [id]);
}
