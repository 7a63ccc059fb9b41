import type { Transaction } from './database.ts';
import { makeSave, type SavedRow } from './master-data-statements.ts';
import type { MasterRecord, MasterTable } from './master-data-tables.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** A record and a number of the caller's by which he knows it again. */
export type Placed = { readonly place: number; readonly record: MasterRecord };

export type Refused = {
  readonly place: number;
  readonly record: MasterRecord;
  /** Places in `checks` of the table. */
  readonly checks: readonly number[];
};

export type Contradicted = Placed & {
  /** Key of the row that it contradicts. */
  readonly other: MasterRecord;
};

export type Saved = {
  readonly inserted: number;
  /** Changed or taken away. */
  readonly updated: number;
  readonly refused: readonly Refused[];
  /** Left out as well. They may go in once the rows that they contradict have changed. */
  readonly contradicted: readonly Contradicted[];
};

const statements = new Map<MasterTable, Statement>();

function statementOf(table: MasterTable): Statement {
  const statement = statements.get(table) ?? makeSave(table);
  statements.set(table, statement);
  return statement;
}

/** Writes records with different keys, all of which speak of the same columns; one statement does it. */
export async function saveRecords(
  tx: Database,
  table: MasterTable,
  placed: readonly Placed[],
): Promise<Omit<Saved, 'contradicted'>> {
  const first = placed[0];
  if (first === undefined) return { inserted: 0, updated: 0, refused: [] };
  const rows = await run<SavedRow>(tx, statementOf(table), [writeRows(placed), Object.keys(first.record)]);
  const recordAt = new Map(placed.map(({ place, record }) => [place, record]));
  return {
    inserted: rows.filter((row) => row.inserted === true).length,
    updated: rows.filter((row) => row.inserted === false).length,
    refused: rows
      .filter((row) => row.failed !== null)
      .map(({ place, failed }) => ({ place: place!, record: recordAt.get(place!)!, checks: failed! })),
  };
}

/**
 * The same where rows of the table may contradict each other: what would is taken back and left out, the first to
 * come staying.
 */
export async function saveConsistent(
  tx: Transaction,
  table: MasterTable,
  placed: readonly Placed[],
): Promise<Saved> {
  if (table.contradiction === undefined)
    return { ...(await saveRecords(tx, table, placed)), contradicted: [] };
  const contradicted: Contradicted[] = [];
  let rest = placed;
  for (;;) {
    await tx.raw('savepoint batch');
    const saved = await saveRecords(tx, table, rest);
    const found = await findContradictions(tx, table, table.contradiction.holds, rest);
    if (found.length === 0) return { ...saved, contradicted };
    await tx.raw('rollback to savepoint batch');
    contradicted.push(...found);
    const out = new Set(found.map(({ place }) => place));
    rest = rest.filter(({ place }) => !out.has(place));
  }
}

async function findContradictions(
  tx: Database,
  table: MasterTable,
  holds: string,
  placed: readonly Placed[],
): Promise<Contradicted[]> {
  const keys = Object.entries(table.key);
  const names = keys.map(([name]) => name);
  const other = names.map((name) => `'${name}', o.${name}`).join(', ');
  const statement = {
    name: `contradictions-${table.name}`,
    text: `
      select r.place, json_build_object(${other}) as other
      from json_to_recordset($1::json) as r(place int, ${keys.map(([name, { type }]) => `${name} ${type}`).join(', ')})
      join ${table.name} t using (${names.join(', ')})
      join ${table.name} o on ${holds}
      order by r.place`,
  };
  type Row = { place: number; other: Record<string, unknown> };
  const rows = await run<Row>(tx, statement, [writeRows(placed)]);
  const keyOf = (record: MasterRecord) => JSON.stringify(names.map((name) => String(record[name])));
  const placeOf = new Map(placed.map(({ place, record }) => [keyOf(record), place]));
  const recordAt = new Map(placed.map(({ place, record }) => [place, record]));
  const found = new Map<number, Contradicted>();
  for (const { place, other: rival } of rows) {
    const placeOfRival = placeOf.get(keyOf(rival));
    // Of two rows of the batch the later one goes, unless the earlier one went for another reason.
    if (placeOfRival !== undefined && (placeOfRival > place || found.has(placeOfRival))) continue;
    if (!found.has(place)) found.set(place, { place, record: recordAt.get(place)!, other: rival });
  }
  return [...found.values()];
}

function writeRows(placed: readonly Placed[]): string {
  return toJson(placed.map(({ place, record }) => ({ place, ...record })));
}

/** What a check would let pass, to say which of it may have been meant. */
export async function listKnown(tx: Database, known: string, most: number): Promise<readonly string[]> {
  const { rows } = await tx.raw(`select * from (${known}) as k(value) limit ${most}`);
  return (rows as { value: string }[]).map(({ value }) => value);
}

/** Any number: imports go one after the other, so that two of the same rows do not wait for each other. */
const LOCK = 7_263_514_903;

/** Until the transaction ends; waits as long as another import needs. */
export async function lockImports(tx: Transaction): Promise<void> {
  await tx.raw('set local statement_timeout = 0');
  await tx.raw('set local lock_timeout = 0');
  await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
  await tx.raw('set local statement_timeout to default');
  await tx.raw('set local lock_timeout to default');
}
