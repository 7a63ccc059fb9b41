import type { MasterRecord, MasterTable } from '../../store/master-data-tables.ts';
import type { Cell } from './cells.ts';

/** One column of a CSV file, or key of a JSON object. */
export type Column<T = unknown> = {
  readonly cell: Cell<T>;
  /** Every row must have it. */
  readonly needed: boolean;
  readonly meaning: string;
  /** What the template shows. */
  readonly example: string;
  /** `json`: only objects of a JSON file can have it. `older`: files that exist have it, new ones should not. */
  readonly only?: 'json' | 'older';
};

export type Columns = Readonly<Record<string, Column>>;

/** Undefined where the row says that there is nothing; no key where it does not speak of the column at all. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends Column<infer T>
    ? C[K] extends { needed: true }
      ? T
      : T | undefined
    : never;
};

/** Says what is wrong in a row, and in which of its columns. */
export type SayAt = (column: string, message: string) => void;

/** One kind of master data: what its rows look like, when they make sense, and where they go. */
export type Kind = {
  readonly meaning: string;
  readonly columns: Columns;
  readonly table: MasterTable;
  /** What it brings may fill what waits for stock. */
  readonly fills?: boolean;
  /** Judges a row whose cells were all read; undefined after it said what is wrong. */
  readonly toRecord: (row: Readonly<Record<string, unknown>>, say: SayAt) => MasterRecord;
};

/** `toRecord` is left out where columns of file and table have the same names and any row makes sense. */
export function defineKind<const C extends Columns>(kind: {
  readonly meaning: string;
  readonly columns: C;
  readonly table: MasterTable;
  readonly fills?: boolean;
  readonly toRecord?: (row: RowOf<C>, say: SayAt) => MasterRecord;
}): Kind {
  return { toRecord: (row: MasterRecord) => row, ...kind } as unknown as Kind;
}

export function needed<T>(cell: Cell<T>, example: string, meaning: string) {
  return { cell, needed: true, example, meaning } as const satisfies Column<T>;
}

export function optional<T>(cell: Cell<T>, example: string, meaning: string) {
  return { cell, needed: false, example, meaning } as const satisfies Column<T>;
}

/** Told for the later of two dates. */
export function checkDates(
  row: { readonly valid_from?: string | undefined; readonly valid_to?: string | undefined },
  say: SayAt,
): void {
  const { valid_from: from, valid_to: to } = row;
  if (from !== undefined && to !== undefined && to < from)
    say('valid_to', `valid_to is before valid_from (${to} before ${from})`);
}
