import type { CertificateKind, KeptCertificate } from '../domain/certificate/certificate.ts';
import type { ExistingCertificate } from '../domain/certificate/require-certificates.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type CertificateRecord = {
  readonly id: Id;
  readonly number: string;
  readonly kind: CertificateKind;
  readonly partner?: string | undefined;
  readonly content: KeptCertificate;
  /** SHA-256 in hex of the content in canonical JSON. */
  readonly contentHash: string;
  /** Unguessable: the end of the address that confirms it. */
  readonly code: string;
  readonly order?: Id | undefined;
  readonly line?: string | undefined;
  readonly item: string;
  readonly lot?: string | undefined;
  readonly serials: readonly string[];
  readonly at: Instant;
  readonly shipment?: Id | undefined;
  readonly origin: 'issued' | 'brought';
  /** Of a certificate that a laboratory brought. */
  readonly pdf?: Uint8Array | undefined;
  readonly fileHash?: string | undefined;
};

export type StoredCertificate = Omit<CertificateRecord, 'pdf'> & {
  /** Number of the certificate that replaces it. */
  readonly replacedBy?: string | undefined;
  readonly withdrawnAt?: Instant | undefined;
};

const INSERT: Statement = {
  name: 'certificate-insert',
  text: `
    with given as (
      select * from json_to_record($1::json) as r(id uuid, number text, kind text, partner text, content json,
        "contentHash" text, code text, "order" uuid, line text, item text, lot text, at timestamptz, shipment uuid,
        origin text, "fileHash" text, serials json)
    ), saved as (
      insert into certificate (id, number, kind, partner, content, content_hash, code, order_id, order_line, item, lot,
        at, shipment_id, origin, file_hash, pdf)
      select id, number, kind, partner, content, "contentHash", code, "order", line, item, lot, at, shipment, origin,
        "fileHash", $2 from given
      returning id
    )
    insert into certificate_serial (certificate_id, item, serial)
    select s.id, g.item, json_array_elements_text(g.serials) from saved s join given g on g.id = s.id`,
};

export async function insertCertificate(tx: Database, { pdf, ...record }: CertificateRecord): Promise<void> {
  await run(tx, INSERT, [toJson(record), pdf === undefined ? null : Buffer.from(pdf)]);
}

const COLUMNS = `c.id, c.number, c.kind, c.partner, c.content, c.content_hash as "contentHash", c.code,
  c.order_id as "order", c.order_line as line, c.item, c.lot, c.at, c.shipment_id as shipment, c.origin,
  c.file_hash as "fileHash", c.withdrawn_at as "withdrawnAt",
  (select number from certificate n where n.id = c.superseded_by) as "replacedBy",
  array(select serial from certificate_serial s where s.certificate_id = c.id order by serial) as serials`;

const FIND: Statement = {
  name: 'certificate-find',
  text: `
    select ${COLUMNS} from certificate c
    where ($1::text is null or c.number = $1) and ($2::text is null or c.code = $2)
      and ($3::text is null or c.lot = $3 or $3 = any(string_to_array(c.lot, ', ')))
      and ($4::text is null or exists (select from certificate_serial s where s.certificate_id = c.id and s.serial = $4))
      and ($5::text is null or c.item = $5) and ($6::text is null or c.partner = $6)
      and ($7::text is null or c.order_id in (select id from purchase_order where po_number = $7))
      and ($8::uuid is null or c.shipment_id = $8)
    order by c.at desc, c.number desc limit $9`,
};

export type CertificateQuery = {
  readonly number?: string | undefined;
  readonly code?: string | undefined;
  readonly lot?: string | undefined;
  readonly serial?: string | undefined;
  readonly item?: string | undefined;
  readonly partner?: string | undefined;
  readonly poNumber?: string | undefined;
  readonly shipment?: Id | undefined;
  readonly most?: number | undefined;
};

/** Newest first, whatever became of them. */
export async function findCertificates(
  db: Database,
  query: CertificateQuery,
): Promise<readonly StoredCertificate[]> {
  const { number, code, lot, serial, item, partner, poNumber, shipment, most = 200 } = query;
  const asked = [number, code, lot, serial, item, partner, poNumber, shipment].map((one) => one ?? null);
  const rows = await run<StoredCertificate>(db, FIND, [...asked, most]);
  return rows.map((row) => withoutNulls(row) as StoredCertificate);
}

const STANDING: Statement = {
  name: 'certificate-standing',
  text: `
    select ${COLUMNS} from certificate c
    where c.superseded_by is null and c.withdrawn_at is null and c.item = any($1::text[])
      and (c.order_id = any($2::uuid[]) or c.lot = any($3::text[])
        or exists (select from certificate_serial s where s.certificate_id = c.id and s.item = c.item and s.serial = any($4::text[])))
    order by c.id`,
};

export type CertifiedGoods = {
  readonly items: readonly string[];
  readonly orders: readonly Id[];
  readonly lots: readonly string[];
  readonly serials: readonly string[];
};

/** Certificates that stand, of these orders, lots or serials. */
export async function loadStandingCertificates(
  db: Database,
  { items, orders, lots, serials }: CertifiedGoods,
): Promise<readonly (StoredCertificate & ExistingCertificate)[]> {
  const rows = await run<StoredCertificate>(db, STANDING, [items, orders, lots, serials]);
  return rows.map((row) => withoutNulls(row) as StoredCertificate);
}

const SUPERSEDE: Statement = {
  name: 'certificate-supersede',
  text: `update certificate set superseded_by = $2 where id = $1 and superseded_by is null and withdrawn_at is null returning id`,
};

/** False where another one has replaced it already, or it was withdrawn. */
export async function supersedeCertificate(tx: Database, id: Id, by: Id): Promise<boolean> {
  return (await run(tx, SUPERSEDE, [id, by])).length > 0;
}

const WITHDRAW: Statement = {
  name: 'certificate-withdraw',
  text: 'update certificate set withdrawn_at = $2 where id = any($1::uuid[]) and superseded_by is null and withdrawn_at is null',
};

export async function withdrawCertificates(tx: Database, ids: readonly Id[], at: Instant): Promise<void> {
  if (ids.length > 0) await run(tx, WITHDRAW, [ids, at]);
}

/** That no person is asked about. */
export const UNPRINTED_CERTIFICATE = `c.pdf is null
  and not exists (select from exception e where e.id = c.stopped_by and e.state = 'open')`;

const UNPRINTED: Statement = {
  name: 'certificate-unprinted',
  text: `select ${COLUMNS} from certificate c where ${UNPRINTED_CERTIFICATE} order by c.id limit $1`,
};

/** Those of which there is no PDF yet, and that no person is asked about. */
export async function listUnprinted(db: Database, most: number): Promise<readonly StoredCertificate[]> {
  const rows = await run<StoredCertificate>(db, UNPRINTED, [most]);
  return rows.map((row) => withoutNulls(row) as StoredCertificate);
}

const PRINT: Statement = {
  name: 'certificate-print',
  text: 'update certificate set pdf = $2, file_hash = $3 where id = $1 and pdf is null',
};

export async function saveCertificatePdf(tx: Database, id: Id, pdf: Uint8Array, hash: string): Promise<void> {
  await run(tx, PRINT, [id, Buffer.from(pdf), hash]);
}

const STOP: Statement = {
  name: 'certificate-stop',
  text: 'update certificate set stopped_by = $2 where id = $1',
};

/** `exception`: asks a person why it cannot be printed. */
export async function stopPrinting(tx: Database, id: Id, exception: Id): Promise<void> {
  await run(tx, STOP, [id, exception]);
}

const PDF: Statement = { name: 'certificate-pdf', text: 'select pdf from certificate where id = $1' };

export async function readCertificatePdf(db: Database, id: Id): Promise<Uint8Array | undefined> {
  const [row] = await run<{ pdf: Uint8Array | null }>(db, PDF, [id]);
  return row?.pdf ?? undefined;
}

export const CERTIFICATES_DUE = `s.certificates = 'due' and s.state = 'shipped'`;

const DUE: Statement = {
  name: 'certificate-due',
  text: `select s.id, s.number, s.partner, s.test from shipment s where ${CERTIFICATES_DUE} order by s.at, s.id limit $1`,
};

/** Shipments whose certificates have not gone out. */
export async function listCertificatesDue(
  db: Database,
  most: number,
): Promise<
  readonly { readonly id: Id; readonly number: string; readonly partner: string; readonly test: boolean }[]
> {
  return await run(db, DUE, [most]);
}

/* One exception may stop several shipments that are billed together. */
const AWAITING: Statement = {
  name: 'certificate-awaiting',
  text: `
    select e.id as exception, 'notice' as waits, s.partner, array[s.id] as shipments
    from exception e join shipment s on s.id = e.shipment_id
    where e.kind = 'certificate-missing' and e.state = 'open' and s.notice = 'stopped' and s.state = 'shipped'
    union all
    select e.id, 'invoice', e.partner, array_agg(s.id order by s.id)
    from exception e join shipment s on s.stopped_by = e.id and s.billing = 'stopped'
    where e.kind = 'invoice-without-certificate' and e.state = 'open'
    group by e.id
    order by 1`,
};

/** What a certificate is awaited for: the notice of a shipment, or one invoice for these. */
export type Awaiting = {
  readonly exception: Id;
  readonly waits: 'notice' | 'invoice';
  readonly partner: string;
  readonly shipments: readonly Id[];
};

export async function listAwaiting(db: Database): Promise<readonly Awaiting[]> {
  return await run(db, AWAITING, []);
}

const MARK: Statement = {
  name: 'certificate-mark',
  text: 'update shipment set certificates = $2 where id = $1 and certificates <> $2 returning id',
};

/** False where it was so already. */
export async function markCertificates(
  tx: Database,
  shipment: Id,
  state: 'none' | 'due' | 'sent',
): Promise<boolean> {
  return (await run(tx, MARK, [shipment, state])).length > 0;
}
