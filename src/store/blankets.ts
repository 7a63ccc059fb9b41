import type { Blanket, BlanketEntry, BlanketLine, Cumulative } from '../domain/blanket/blanket.ts';
import type { Id, NewBlanket } from '../domain/exchange/records.ts';
import type { PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

const OPEN: Statement = {
  name: 'blanket-open',
  text: `
    with opened as (
      select r, o.test from json_array_elements($1::json) as r
      join purchase_order o on o.id = (r->>'order')::uuid
    ), blankets as (
      insert into blanket (id, order_id, partner, po_number, contract_number, firm, test, valid_from, valid_to,
        allowance)
      select b.id, (r->>'order')::uuid, b.partner, b."poNumber", b."contractNumber", b.firm, test, b."validFrom",
        b."validTo", b.allowance
      from opened, json_to_record(r->'blanket') as b(id uuid, partner text, "poNumber" text,
        "contractNumber" text, firm boolean, "validFrom" date, "validTo" date, allowance numeric)
    )
    insert into blanket_line (blanket_id, number, item, unit, price, price_basis, committed)
    select (r->'blanket'->>'id')::uuid, l.number, l.item, l.unit, l.price, l."priceBasis", 0
    from opened, json_to_recordset(r->'blanket'->'lines') as l(number text, item text, unit text, price numeric,
      "priceBasis" text)`,
};

/** Blankets whose orders are stored. Their sums begin at nothing: what they commit to is for `bookEntries` to count. */
export async function insertBlankets(tx: Database, blankets: readonly NewBlanket[]): Promise<void> {
  if (blankets.length > 0) await run(tx, OPEN, [toJson(blankets)]);
}

const COLUMNS = `b.id, b.partner, b.po_number as "poNumber", b.contract_number as "contractNumber", b.firm,
  b.valid_from as "validFrom", b.valid_to as "validTo", b.state, b.allowance, b.told,
  l.number, l.item, l.unit, l.price, l.price_basis as "priceBasis", trim_scale(l.committed) as committed,
  trim_scale(l.released) as released, trim_scale(l.shipped) as shipped, trim_scale(l.received) as received,
  trim_scale(l.returned) as returned, trim_scale(l.cumulative) as cumulative, l.cumulative_on as "cumulativeOn"`;

/*
 * Under READ COMMITTED who waited for a lock reads the locked rows as they are then, and those of other tables as they
 * were: so blanket and lines are both locked, and the balance is in the lines, not added up from the ledger. All callers
 * lock in the order of ids.
 */
const BY_NUMBER = 'b.po_number = any($3) or b.contract_number = any($4)';

const LOAD: Statement = { name: 'blanket-load', text: lockBlankets(BY_NUMBER) };

const LOAD_WITH_ITEMS: Statement = {
  name: 'blanket-load-items',
  text: lockBlankets(`${BY_NUMBER} or b.state = 'open' and exists (
      select from blanket_line x where x.blanket_id = b.id and x.item = any($5::text[]))`),
};

function lockBlankets(which: string): string {
  return `
    select ${COLUMNS} from blanket b join blanket_line l on l.blanket_id = b.id
    where b.partner = $1 and b.test = $2 and (${which})
    order by b.id, length(l.number), l.number
    for update of b, l`;
}

export type BlanketKeys = {
  readonly numbers: readonly string[];
  readonly contracts?: readonly string[];
  /** Of which any that is open is loaded. */
  readonly items?: readonly string[];
  readonly test?: boolean;
};

/** The partner's blankets under these PO and contract numbers, or of these items, locked until the transaction ends. */
export async function loadBlankets(
  tx: Database,
  partner: string,
  { numbers, contracts = [], items = [], test = false }: BlanketKeys,
): Promise<readonly Blanket[]> {
  if (numbers.length + contracts.length + items.length === 0) return [];
  const named = [partner, test, numbers, contracts];
  if (items.length === 0) return groupLines(await run<Row>(tx, LOAD, named));
  return groupLines(await run<Row>(tx, LOAD_WITH_ITEMS, [...named, items]));
}

const BOOK: Statement = {
  name: 'blanket-book',
  text: `
    with entries as (
      select blanket, line, kind, quantity, at, reference, "order", place
      from rows from (json_to_recordset($1::json) as (blanket uuid, line text, kind text, quantity numeric,
        at timestamptz, reference text, "order" uuid)) with ordinality
        as e(blanket, line, kind, quantity, at, reference, "order", place)
    ), booked as (
      insert into blanket_entry (blanket_id, line, kind, quantity, at, reference, order_id)
      select blanket, line, kind, quantity, at, reference, "order" from entries order by place
    ), closed as (
      update blanket set state = 'closed' where id in (select blanket from entries where kind = 'close')
    ), sums as (
      select blanket, line,
        coalesce(sum(quantity) filter (where kind = 'commit'), 0) as committed,
        coalesce(sum(quantity) filter (where kind in ('release', 'adjust')), 0) as released,
        coalesce(sum(quantity) filter (where kind = 'ship'), 0) as shipped,
        coalesce(sum(quantity) filter (where kind = 'receive'), 0) as received,
        coalesce(sum(quantity) filter (where kind = 'return'), 0) as returned
      from entries group by blanket, line
    )
    update blanket_line l set committed = l.committed + s.committed, released = l.released + s.released,
      shipped = l.shipped + s.shipped, received = l.received + s.received, returned = l.returned + s.returned
    from sums s where l.blanket_id = s.blanket and l.number = s.line`,
};

/** Appends to the ledger and adds to the sums beside it. The blankets are locked by `loadBlankets`, or new. */
export async function bookEntries(tx: Database, entries: readonly BlanketEntry[]): Promise<void> {
  if (entries.length > 0) await run(tx, BOOK, [toJson(entries)]);
}

const AMEND: Statement = {
  name: 'blanket-amend',
  text: `
    with lines as (
      insert into blanket_line (blanket_id, number, item, unit, price, price_basis, committed)
      select $1, number, item, unit, price, "priceBasis", 0 from json_to_recordset($2::json) as r(number text,
        item text, unit text, price numeric, "priceBasis" text)
      on conflict (blanket_id, number) do update set price = excluded.price, price_basis = excluded.price_basis
    )
    update blanket set valid_from = $3, valid_to = $4 where id = $1`,
};

/** What an 860 may change beside the ledger: prices, validity, and lines that are new. */
export async function saveAmendment(tx: Database, blanket: Blanket): Promise<void> {
  const { id, lines, validFrom = null, validTo = null } = blanket;
  await run(tx, AMEND, [id, toJson(lines), validFrom, validTo]);
}

const TELL: Statement = {
  name: 'blanket-tell',
  text: `update blanket set told = array(select distinct unnest(told || $2::text[]) order by 1) where id = $1`,
};

/** So that an alert is told once. */
export async function rememberAlerts(tx: Database, blanket: Id, crossed: readonly string[]): Promise<void> {
  if (crossed.length > 0) await run(tx, TELL, [blanket, crossed]);
}

const COUNT: Statement = {
  name: 'blanket-cumulative',
  text: `
    update blanket_line l set cumulative = r.quantity, cumulative_on = r."on"
    from json_to_recordset($1::json) as r(blanket uuid, line text, quantity numeric, "on" date)
    where l.blanket_id = r.blanket and l.number = r.line
      and (l.cumulative_on is null or l.cumulative_on <= r."on")`,
};

/** What the buyer's schedule counts as received; one that is older than what is known changes nothing. */
export async function recordCumulative(
  tx: Database,
  counts: readonly (Cumulative & { readonly blanket: Id; readonly line: string })[],
): Promise<void> {
  if (counts.length > 0) await run(tx, COUNT, [toJson(counts)]);
}

export type BlanketFilter = {
  readonly partner?: string;
  readonly poNumber?: string;
  readonly state?: Blanket['state'];
};

const LIST: Statement = {
  name: 'blanket-list',
  text: `
    select ${COLUMNS} from blanket b join blanket_line l on l.blanket_id = b.id
    where not b.test and ($1::text is null or b.partner = $1) and ($2::text is null or b.po_number = $2)
      and ($3::text is null or b.state = $3)
    order by b.partner, b.po_number, b.id, length(l.number), l.number`,
};

/** By partner and PO number; test orders open none of them. */
export async function listBlankets(
  db: Database,
  { partner, poNumber, state }: BlanketFilter = {},
): Promise<readonly Blanket[]> {
  return groupLines(await run<Row>(db, LIST, [partner ?? null, poNumber ?? null, state ?? null]));
}

const LEDGER: Statement = {
  name: 'blanket-ledger',
  text: `
    select blanket_id as blanket, line, kind, quantity, at, reference, order_id as "order" from blanket_entry
    where blanket_id = any($1::uuid[]) and ($2::timestamptz is null or at >= $2) order by id`,
};

/** Entries in the order in which they were booked, from a day on where one is given. */
export async function readLedger(
  db: Database,
  blankets: readonly Id[],
  since?: PlainDate,
): Promise<readonly BlanketEntry[]> {
  if (blankets.length === 0) return [];
  return (await run<BlanketEntry>(db, LEDGER, [blankets, since ?? null])).map(pickEntry);
}

const OF_ORDER: Statement = {
  name: 'blanket-of-order',
  text: `
    select blanket_id as blanket, line, kind, quantity, at, reference, order_id as "order" from blanket_entry
    where order_id = $1 order by id`,
};

/** What an order has booked so far: its release, what was given back of it, and shipped. */
export async function readOrderEntries(db: Database, order: Id): Promise<readonly BlanketEntry[]> {
  return (await run<BlanketEntry>(db, OF_ORDER, [order])).map(pickEntry);
}

function pickEntry(row: BlanketEntry): BlanketEntry {
  return withoutNulls(row) as BlanketEntry;
}

type Row = Omit<Blanket, 'lines'> &
  Omit<BlanketLine, 'cumulative'> & {
    readonly cumulative: string | null;
    readonly cumulativeOn: string | null;
  };

function groupLines(rows: readonly Row[]): readonly Blanket[] {
  const blankets = new Map<string, Blanket & { readonly lines: BlanketLine[] }>();
  for (const row of rows) {
    const {
      id,
      partner,
      poNumber,
      contractNumber,
      firm,
      validFrom,
      validTo,
      state,
      allowance,
      told,
      ...line
    } = row;
    const head = { id, partner, poNumber, contractNumber, firm, validFrom, validTo, state, allowance, told };
    const blanket =
      blankets.get(id) ?? ({ ...withoutNulls(head), lines: [] } as Blanket & { lines: BlanketLine[] });
    blanket.lines.push(pickLine(line));
    blankets.set(id, blanket);
  }
  return [...blankets.values()];
}

function pickLine({
  cumulative,
  cumulativeOn,
  ...line
}: Omit<Row, keyof Omit<Blanket, 'lines'>>): BlanketLine {
  const told =
    cumulative === null || cumulativeOn === null
      ? {}
      : { cumulative: { quantity: cumulative, on: cumulativeOn } };
  return { ...withoutNulls(line), ...told };
}
