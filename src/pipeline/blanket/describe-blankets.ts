import { describeAllowance } from '../../domain/blanket/balance.ts';
import type { BlanketEntry } from '../../domain/blanket/blanket.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { describeSchedule } from '../recurrence/report-schedules.ts';
import type { BlanketReport, LineReport } from './report-blankets.ts';

/** A row a blanket. */
export function describeBlankets(blankets: readonly BlanketReport[]): readonly string[] {
  const rows = blankets.map((one) => [
    one.partner,
    one.poNumber,
    one.state,
    one.validTo ?? 'open end',
    `${drawBar(one.consumed)} ${describeShare(one.consumed).padStart(5)}`,
    one.depletion ?? '–',
    one.plannedDepletion ?? '–',
    one.alerts.length === 0 ? '–' : String(one.alerts.length),
  ]);
  const head = ['partner', 'PO', 'state', 'valid to', 'consumed', 'used up by', 'as planned', 'alerts'];
  const [heading, ...lines] = alignColumns([head, ...rows], new Set());
  return [
    heading!,
    ...blankets.flatMap(({ alerts, schedules }, index) => [
      lines[index]!,
      ...alerts.map((text) => `    ! ${text}`),
      ...schedules.map((one) => `    schedule ${describeSchedule(one)}`),
    ]),
  ];
}

/** All of one blanket: what it is, its balances, and what was booked, the oldest first. */
export function describeBlanket(blanket: BlanketReport, ledger: readonly BlanketEntry[]): readonly string[] {
  const { partner, poNumber, firm, state, validFrom, validTo, contractNumber, alerts } = blanket;
  const validity = [
    ...(validFrom === undefined ? [] : [`from ${validFrom}`]),
    ...(validTo === undefined ? [] : [`to ${validTo}`]),
  ].join(' ');
  return [
    `blanket order ${poNumber} of ${partner}, ${firm ? 'firm (BK)' : 'estimated (BE)'}, ${state}`,
    `  valid ${validity === '' ? 'without end' : validity}, ${describeAllowance(blanket)}${contractNumber === undefined ? '' : `, contract ${contractNumber}`}`,
    ...alerts.map((text) => `  ! ${text}`),
    ...blanket.schedules.map((one) => `  schedule ${describeSchedule(one)}`),
    '',
    ...describeLines(blanket.lines),
    '',
    ...describePlans(blanket.lines),
    ...describeLedger(blanket.lines, ledger),
  ];
}

const QUANTITIES = [
  'committed',
  'released',
  'remaining',
  'shipped',
  'inTransit',
  'received',
  'returned',
] as const;

function describeLines(lines: readonly LineReport[]): readonly string[] {
  const head = ['line', 'item', 'unit', 'committed', 'released', 'left', 'shipped', 'in transit', 'received'];
  const rows = lines.map((line) => [
    line.number,
    line.item,
    line.unit,
    ...QUANTITIES.map((name) => groupDigits(line[name])),
    line.cumulative === undefined ? '–' : groupDigits(line.cumulative.quantity),
    `${drawBar(line.consumed)} ${describeShare(line.consumed).padStart(5)}`,
    line.depletion ?? '–',
    line.plannedDepletion ?? '–',
  ]);
  const all = [...head, 'returned', 'buyer counts', 'consumed', 'used up by', 'as planned'];
  return alignColumns([all, ...rows], new Set([3, 4, 5, 6, 7, 8, 9, 10]));
}

/** What the buyer plans from today on; nothing where it told no plan. */
function describePlans(lines: readonly LineReport[]): readonly string[] {
  const rows = lines.flatMap(({ number, unit, planned }) =>
    planned.map(({ date, quantity, certainty, total }) => [
      date,
      `line ${number}`,
      certainty,
      groupDigits(quantity),
      unit,
      total === undefined ? '–' : groupDigits(total),
    ]),
  );
  if (rows.length === 0) return [];
  const head = ['planned for', 'line', 'how sure', 'quantity', 'unit', 'in all'];
  return [...alignColumns([head, ...rows], new Set([3, 5])), ''];
}

function describeLedger(lines: readonly LineReport[], ledger: readonly BlanketEntry[]): readonly string[] {
  const units = new Map(lines.map(({ number, unit }) => [number, unit]));
  const left = new Map<string, Decimal>();
  const rows = ledger.map(({ at, line, kind, quantity, reference }) => {
    const sign = kind === 'commit' ? 1 : kind === 'release' || kind === 'adjust' ? -1 : 0;
    left.set(line, fromBig(toBig(left.get(line) ?? '0').plus(toBig(quantity).times(sign))));
    const moment = at.slice(0, 16).replace('T', ' ');
    return [
      moment,
      `line ${line}`,
      kind,
      groupDigits(quantity),
      units.get(line) ?? '',
      groupDigits(left.get(line)!),
      reference,
    ];
  });
  const head = ['booked (UTC)', 'line', 'kind', 'quantity', 'unit', 'left', 'for'];
  return alignColumns([head, ...rows], new Set([3, 5]));
}

const BAR = 10;

function drawBar(share: number | undefined): string {
  const full = Math.max(0, Math.min(BAR, Math.floor(((share ?? 0) * BAR) / 100)));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function describeShare(share: number | undefined): string {
  return share === undefined ? '–' : `${share} %`;
}

/** `1,234,567.5`. */
function groupDigits(quantity: Decimal): string {
  const [whole, fraction] = fromBig(toBig(quantity)).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function alignColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
}
