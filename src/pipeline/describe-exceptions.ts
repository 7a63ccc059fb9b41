import { CHOICES, describeArguments } from '../domain/exception/choices.ts';
import { findKind } from '../domain/exception/exception-kinds.ts';
import type { Instant } from '../lib/dates.ts';
import type { StoredException } from '../store/exceptions.ts';

/** Marks what is overdue, for a terminal that has colours. */
export type Alarm = (text: string) => string;

/** What waits for a person, three lines each: how urgent and whose, what it is, what can be done. */
export function describeExceptions(
  exceptions: readonly StoredException[],
  now: Instant,
  alarm: Alarm,
): string[] {
  const rows = exceptions.map((one) => [
    describeDue(one, now),
    one.severity,
    one.partner,
    one.poNumber ?? '–',
    one.kind,
    `for ${one.team}${one.escalated === 0 ? '' : `, step ${one.escalated}`}`,
    `${describeTime(Date.parse(now) - Date.parse(one.at))} old`,
  ]);
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return exceptions.flatMap((one, i) => {
    const row = rows[i]!.map((cell, c) => cell.padEnd(widths[c]!))
      .join('  ')
      .trimEnd();
    return [
      isOverdue(one, now) ? alarm(row) : row,
      `    ${one.message}`,
      `    choices: ${(findKind(one.kind)?.choices ?? one.choices).join(', ')}  [${one.id}]`,
    ];
  });
}

/** All of one exception, with the commands to type. */
export function describeException(exception: StoredException, now: Instant, alarm: Alarm): string[] {
  const { id, kind, partner, message, at, team, severity, escalated, line, state } = exception;
  const known = findKind(kind);
  const about = exception.order ?? exception.document ?? exception.file;
  const due = `${moment(exception.dueAt)} (${describeDue(exception, now)})`;
  const steps =
    escalated === 0 ? '' : `, ${escalated} ${escalated === 1 ? 'step' : 'steps'} of escalation taken`;
  return [
    `${kind}, ${severity}, ${partner}${exception.poNumber === undefined ? '' : `, order ${exception.poNumber}`}${line === undefined ? '' : ` line ${line}`}  [${id}]`,
    `  ${message}`,
    `  raised ${moment(at)}, ${describeTime(Date.parse(now) - Date.parse(at))} ago, for ${team}`,
    state === 'resolved'
      ? `  resolved ${moment(exception.resolvedAt ?? at)} by ${exception.resolvedBy}: ${exception.resolution}`
      : `  due ${isOverdue(exception, now) ? alarm(due) : due}${steps}`,
    ...(known === undefined ? [] : [`  it means: ${known.means}`, `  to do: ${known.advice}`]),
    ...(about === undefined ? [] : [`  its timeline: npx causeway trace ${about} --partner ${partner}`]),
    ...(state === 'resolved' ? [] : describeChoices(exception)),
  ];
}

function describeChoices(exception: StoredException): string[] {
  const { id, line } = exception;
  const known = findKind(exception.kind);
  if (known === undefined) return [`  npx causeway exceptions --resolve ${id} --how "what was done"`];
  return known.choices.flatMap((choice) => [
    `  ${CHOICES[choice].label}:`,
    `    npx causeway exceptions choose ${id} ${choice}${describeArguments(choice, line)}`,
  ]);
}

function isOverdue({ state, dueAt }: StoredException, now: Instant): boolean {
  return state === 'open' && Date.parse(dueAt) < Date.parse(now);
}

function describeDue(exception: StoredException, now: Instant): string {
  if (exception.state === 'resolved') return 'resolved';
  const left = Date.parse(exception.dueAt) - Date.parse(now);
  return left < 0 ? `overdue ${describeTime(-left)}` : `due in ${describeTime(left)}`;
}

const MINUTE = 60_000;

/** `12m`, `3h 5m`, `2d 4h`. */
function describeTime(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return hours === 0 ? `${days}d` : `${days}d ${hours}h`;
  if (hours > 0) return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
  return `${minutes}m`;
}

function moment(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
