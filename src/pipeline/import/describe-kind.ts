import type { Column, Columns } from './kind.ts';

export type ColumnDescription = {
  readonly name: string;
  readonly needed: boolean;
  readonly wanted: string;
  readonly meaning: string;
  readonly only?: 'json' | 'older';
};

export function describeColumns(columns: Columns): readonly ColumnDescription[] {
  return listColumns(columns).map(([name, column]) => ({
    name,
    needed: column.needed,
    wanted: column.cell.wanted,
    meaning: column.meaning,
    ...(column.only === undefined ? {} : { only: column.only }),
  }));
}

/** A CSV file with its header and one row, to begin from. */
export function makeTemplate(kind: Columns): string {
  const columns = listColumns(kind).filter(([, column]) => column.only === undefined);
  const header = columns.map(([name]) => name);
  const example = columns.map(([, column]) => writeCell(column.example));
  return `${header.join(',')}\n${example.join(',')}\n`;
}

function listColumns(columns: Columns): readonly (readonly [string, Column])[] {
  return Object.entries<Column>(columns);
}

function writeCell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
