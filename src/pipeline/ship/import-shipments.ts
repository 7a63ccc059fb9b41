import type { Context } from '../../context.ts';
import { judgeRow } from '../import/judge-row.ts';
import { type ImportMistake, UnreadableFile } from '../import/mistakes.ts';
import { readRows } from '../import/read-rows.ts';
import type { ImportSource } from '../import/read-text.ts';
import { type PlacedRow, SHIPMENT_COLUMNS, type ShipmentRow } from './shipment-columns.ts';
import { type BuiltShipment, buildShipment } from './shipment-rows.ts';
import { type Answered, judgeShipment, tellShipment } from './take-report.ts';

export type ImportedShipments = {
  readonly rows: number;
  /** Shipments that were told first, those that were told otherwise, and those that said nothing new. */
  readonly booked: number;
  readonly corrected: number;
  readonly unchanged: number;
  /** Numbers of corrections that wait for their shipment. */
  readonly waiting: readonly string[];
  /** Ship notices that wait for a person: `SH-1: …`. */
  readonly stopped: readonly string[];
  readonly mistakes: readonly ImportMistake[];
};

/**
 * Shipments from CSV (with a header) or JSON (objects), one row a packed item. Each shipment is told by itself, as if it came
 * alone: one that is refused stops no other. Importing the same file again changes nothing.
 */
export async function importShipments(
  context: Context,
  source: ImportSource,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ImportedShipments> {
  const mistakes: ImportMistake[] = [];
  const rows: PlacedRow[] = [];
  // Of a shipment with a row that cannot be read nothing is told: it would claim less than left.
  const unread = new Set<string>();
  let count = 0;
  try {
    for await (const batch of readRows(source, SHIPMENT_COLUMNS)) {
      count += batch.length;
      for (const one of batch) {
        const row = 'values' in one ? readShipmentRow(one, mistakes) : undefined;
        if (row !== undefined) rows.push({ line: one.line, row });
        else if ('values' in one) unread.add(String(one.values['shipment'] ?? ''));
        else {
          mistakes.push(one);
          unread.add('');
        }
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { rows: 0, ...NOTHING, mistakes: error.mistakes };
  }
  const told: { readonly built: BuiltShipment; readonly answered: Answered }[] = [];
  for (const own of Map.groupBy(rows, ({ row }) => row.shipment).values()) {
    const { built, mistakes: wrong } = buildShipment(own);
    mistakes.push(...wrong);
    if (built === undefined || unread.has('') || unread.has(own[0]!.row.shipment)) continue;
    const report = { origin: 'import', content: built.content } as const;
    told.push({ built, answered: await (dryRun ? judgeShipment : tellShipment)(context, report) });
  }
  return {
    rows: count,
    ...countAnswers(told),
    mistakes: [...mistakes, ...told.flatMap(tellRefused)].toSorted(byLine),
  };
}

const NOTHING = { booked: 0, corrected: 0, unchanged: 0, waiting: [], stopped: [] } as const;

function readShipmentRow(
  { line, values }: { readonly line: number; readonly values: Readonly<Record<string, unknown>> },
  mistakes: ImportMistake[],
): ShipmentRow | undefined {
  const kind = { columns: SHIPMENT_COLUMNS, toRecord: (row: Readonly<Record<string, unknown>>) => row };
  const record = judgeRow(kind, values, (column, message) =>
    mistakes.push({ line, column, message: `${column}: ${message}` }),
  );
  if (record === undefined) return undefined;
  const said = Object.entries(record).filter(([, value]) => value !== null);
  return Object.fromEntries(said) as ShipmentRow;
}

type Told = { readonly built: BuiltShipment; readonly answered: Answered };

function countAnswers(told: readonly Told[]): Omit<ImportedShipments, 'rows' | 'mistakes'> {
  const done = told.map(({ answered }) => answered).filter(({ state }) => state === 'done');
  const fresh = done.filter(({ repeated }) => !repeated);
  return {
    booked: fresh.filter(({ version }) => version === 1).length,
    corrected: fresh.filter(({ version }) => version !== 1).length,
    unchanged: done.length - fresh.length,
    waiting: told.flatMap(({ answered }) => (answered.state === 'waiting' ? (answered.number ?? []) : [])),
    stopped: fresh.flatMap(({ number, stops = [] }) => stops.map(({ message }) => `${number}: ${message}`)),
  };
}

/** At the row that the reason speaks of, or at the first of the shipment. */
function tellRefused({ built, answered }: Told): readonly ImportMistake[] {
  if (answered.state !== 'refused') return [];
  return (answered.reasons ?? []).map(({ text }) => {
    const [, at = '', rest = ''] = /^(\S+\]): (.*)$/s.exec(text) ?? [];
    const line = built.lines.get(at);
    const message = line === undefined ? text : rest;
    return { line: line ?? built.line, message: `shipment ${built.content.number}: ${message}` };
  });
}

function byLine(a: ImportMistake, b: ImportMistake): number {
  return a.line - b.line;
}
