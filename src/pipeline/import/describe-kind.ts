import type { Column } from './kind.ts';
import { type ImportKind, KINDS } from './kinds.ts';

export type ColumnDescription = {
  readonly name: string;
  readonly needed: boolean;
  readonly wanted: string;
  readonly meaning: string;
  readonly only?: 'json' | 'older';
};

export function describeColumns(kind: ImportKind): readonly ColumnDescription[] {
  return listColumns(kind).map(([name, column]) => ({
    name,
    needed: column.needed,
    wanted: column.cell.wanted,
    meaning: column.meaning,
    ...(column.only === undefined ? {} : { only: column.only }),
  }));
}

/** A CSV file with its header and one row, to begin from. */
export function makeTemplate(kind: ImportKind): string {
  const columns = listColumns(kind).filter(([, column]) => column.only === undefined);
  const header = columns.map(([name]) => name);
  const example = columns.map(([, column]) => writeCell(column.example));
  return `${header.join(',')}\n${example.join(',')}\n`;
}

function listColumns(kind: ImportKind): readonly (readonly [string, Column])[] {
  return Object.entries<Column>(KINDS[kind].columns);
}

function writeCell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
