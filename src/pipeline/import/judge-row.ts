import { suggest } from '../../lib/suggest.ts';
import type { MasterRecord } from '../../store/master-data-tables.ts';
import type { Kind, SayAt } from './kind.ts';

/** The record that a row asks for; undefined once everything that is wrong with it was said. */
export function judgeRow(
  kind: Pick<Kind, 'columns' | 'toRecord'>,
  values: Readonly<Record<string, unknown>>,
  sayAt: SayAt,
): MasterRecord | undefined {
  let right = true;
  const say: SayAt = (column, message) => {
    right = false;
    sayAt(column, message);
  };
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(kind.columns, name))
      say(name, `is not known${suggest(name, Object.keys(kind.columns))}`);
  }
  const read: Record<string, unknown> = {};
  for (const [name, { cell, needed }] of Object.entries(kind.columns)) {
    const value = values[name];
    if (value !== undefined && value !== null && value !== '') {
      read[name] = cell.read(value, (message) => say(name, message));
    } else if (needed) say(name, `expected a value: ${cell.wanted}`);
    else if (value !== undefined) read[name] = undefined;
  }
  if (!right) return undefined;
  const record = kind.toRecord(read, say);
  return right ? withNulls(record) : undefined;
}

/** A key without a value would be lost on the way to the database. */
function withNulls(record: MasterRecord): MasterRecord {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) result[name] = value ?? null;
  return result;
}
