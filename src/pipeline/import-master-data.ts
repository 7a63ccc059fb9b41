import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { inTransaction, type Transaction } from '../store/database.ts';
import { type ImportCounts, importCrossReferences, importItems, importPrices } from '../store/master-data.ts';

const decimal = z.string().regex(/^\d{1,14}(\.\d{1,10})?$/, 'expected a decimal such as 3.25');
const date = z.iso.date('expected a date such as 2026-01-31');
const text = z.string().trim().min(1, 'expected a value');
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', 'yes', 'no', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === 'yes' || value === '1');

/** What can be imported: the columns of each kind, as they stand in the header of its CSV file. */
const KINDS = {
  items: {
    schema: z.strictObject({
      number: text,
      description: text.optional(),
      unit: text,
      active: flag.prefault(true),
    }),
    save: (tx: Transaction, rows: readonly unknown[]) =>
      importItems(tx, rows as Parameters<typeof importItems>[1]),
  },
  'cross-references': {
    schema: z.strictObject({ partner: text, qualifier: text, value: text, item: text }),
    save: (tx: Transaction, rows: readonly unknown[]) =>
      importCrossReferences(tx, rows as Parameters<typeof importCrossReferences>[1]),
  },
  prices: {
    schema: z
      .strictObject({
        partner: text,
        item: text,
        unit: text,
        currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO currency such as USD'),
        price: decimal,
        basis: z.enum(['PE', 'HP', 'TP']).default('PE'),
        valid_from: date,
        valid_to: date.optional(),
      })
      .refine(
        (row) => row.valid_to === undefined || row.valid_to >= row.valid_from,
        'valid_to is before valid_from',
      )
      .transform(({ basis, valid_from, valid_to, ...row }) => ({
        ...row,
        priceBasis: basis,
        validFrom: valid_from,
        validTo: valid_to,
      })),
    save: (tx: Transaction, rows: readonly unknown[]) =>
      importPrices(tx, rows as Parameters<typeof importPrices>[1]),
  },
} as const;

export type ImportKind = keyof typeof KINDS;
export const IMPORT_KINDS = Object.keys(KINDS) as readonly ImportKind[];

export type ImportMistake = { readonly line: number; readonly message: string };
export type Imported = ImportCounts & { readonly mistakes: readonly ImportMistake[]; readonly rows: number };

type Row = { readonly line: number; readonly value: unknown };

/**
 * Imports master data from CSV (with a header) or JSON (an array of objects). Good rows go in together, bad ones are
 * told with their line; importing the same file again changes nothing. A dry run changes nothing at all.
 */
export async function importMasterData(
  context: Context,
  kind: ImportKind,
  source: string,
  dryRun: boolean,
): Promise<Imported> {
  const { rows, mistakes } = readRows(source, KINDS[kind].schema);
  const counts = await inRehearsal(context, dryRun, (tx) => KINDS[kind].save(tx, rows));
  const unknown = counts.unknownItems.map((item) => ({
    line: 0,
    message: `there is no item ${item}; its rows are left out`,
  }));
  return { ...counts, mistakes: [...mistakes, ...unknown], rows: rows.length + mistakes.length };
}

/** In a dry run everything is done and then taken back, so that the counts are true. */
async function inRehearsal<T>(
  context: Context,
  dryRun: boolean,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  const taken = new Error('dry run');
  try {
    await inTransaction(context.db, async (tx) => {
      result = { value: await work(tx) };
      if (dryRun) throw taken;
    });
  } catch (error) {
    if (error !== taken) throw error;
  }
  return result!.value;
}

function readRows(source: string, schema: z.ZodType): { rows: unknown[]; mistakes: ImportMistake[] } {
  const mistakes: ImportMistake[] = [];
  const rows: unknown[] = [];
  for (const { line, value } of parseRows(source, mistakes)) {
    const result = schema.safeParse(value);
    if (result.success) rows.push(result.data);
    else {
      const reasons = result.error.issues.map(
        (issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`,
      );
      mistakes.push({ line, message: reasons.join('; ') });
    }
  }
  return { rows, mistakes };
}

function parseRows(source: string, mistakes: ImportMistake[]): Row[] {
  try {
    return source.trimStart().startsWith('[') ? parseJsonRows(source) : parseCsvRows(source);
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    mistakes.push({ line, message: (error as Error).message });
    return [];
  }
}

function parseJsonRows(source: string): Row[] {
  return (JSON.parse(source) as unknown[]).map((value, i) => ({ line: i + 1, value }));
}

function parseCsvRows(source: string): Row[] {
  const records = parse(source, {
    bom: true,
    columns: (header: string[]) => refuseDoubledColumns(header.map((name) => name.trim())),
    skip_empty_lines: true,
    info: true,
  }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
  return records.map(({ record, info }) => ({
    line: info.lines,
    // An empty cell says nothing, so its column's default counts.
    value: Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')),
  }));
}

function refuseDoubledColumns(header: string[]): string[] {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`column "${twice}" is there twice`);
  return header;
}
