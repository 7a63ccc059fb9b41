import type { Instant } from '../../lib/dates.ts';
import { calendarOf, type Desk, type DeskKind } from './desk.ts';
import { type EscalationStep, hoursUntil } from './escalation-step.ts';
import type { ExceptionKind } from './exception-kinds.ts';
import { gravest, judgeDelay, type Severity } from './severity.ts';
import { addWorkingTime, workingTimeBetween } from './working-hours.ts';

/** What escalation knows of an exception that nobody has resolved yet. */
export type Waiting = {
  readonly kind: string;
  readonly at: Instant;
  readonly team: string;
  readonly severity: Severity;
  readonly dueAt: Instant;
  /** As it was due when it was raised. */
  readonly firstDueAt: Instant;
  /** Steps that were taken. */
  readonly escalated: number;
};

/** A step that is taken now, and how the exception stands after it. */
export type Escalation = {
  readonly escalated: number;
  readonly team: string;
  readonly dueAt: Instant;
  readonly severity: Severity;
  /** When the step after this one comes; absent where there is none. */
  readonly escalateAt: Instant | undefined;
  /** What happened, for a person. */
  readonly text: string;
};

type Start = { readonly kind: string; readonly at: Instant; readonly escalated: number };

/** When the next step comes; absent after the last, and for kinds that this version does not know. */
export function escalatesAt({ kind, at, escalated }: Start, desk: Desk): Instant | undefined {
  const rules = rulesOf(kind, desk);
  const step = rules?.escalate[escalated];
  if (rules === undefined || step === undefined) return undefined;
  return addWorkingTime(at, hoursUntil(step.after, rules.hours), calendarOf(desk, rules.team));
}

/** The next step where its time has come. A gateway that was away takes those it missed one after the other. */
export function nextEscalation(waiting: Waiting, now: Instant, desk: Desk): Escalation | undefined {
  const rules = rulesOf(waiting.kind, desk);
  const step = rules?.escalate[waiting.escalated];
  const comes = escalatesAt(waiting, desk);
  if (rules === undefined || step === undefined || comes === undefined) return undefined;
  if (Date.parse(comes) > Date.parse(now)) return undefined;
  const escalated = waiting.escalated + 1;
  return {
    escalated,
    ...takeStep(step, waiting, rules, now, desk),
    severity: gravest(waiting.severity, findDelay(waiting, now, desk)),
    escalateAt: escalatesAt({ ...waiting, escalated }, desk),
  };
}

type Taken = Pick<Escalation, 'team' | 'dueAt' | 'text'>;

/** Who gets an exception gets time for it as well; who has it already is only reminded. */
function takeStep(step: EscalationStep, waiting: Waiting, rules: DeskKind, now: Instant, desk: Desk): Taken {
  const { team, dueAt } = waiting;
  const due = (owner: string) => addWorkingTime(now, rules.hours, calendarOf(desk, owner));
  if (step.to === 'lead') {
    const lead = desk.teams.get(team)?.lead;
    const who = lead === undefined ? '' : ` (${lead})`;
    return { team, dueAt: due(team), text: `to the lead of ${team}${who}, ${describeWait(step, rules)}` };
  }
  if (step.to === 'team' || step.to === team) {
    return {
      team,
      dueAt,
      text: `${team} is reminded, ${describeWait(step, rules)}; due ${describeMoment(dueAt)}`,
    };
  }
  return {
    team: step.to,
    dueAt: due(step.to),
    text: `from ${team} to ${step.to}, ${describeWait(step, rules)}`,
  };
}

function describeWait({ after }: EscalationStep, { hours }: DeskKind): string {
  const waited = hoursUntil(after, hours);
  return `unresolved for ${waited} working ${waited === 1 ? 'hour' : 'hours'}`;
}

function findDelay({ firstDueAt, team }: Waiting, now: Instant, desk: Desk): Severity {
  if (Date.parse(now) < Date.parse(firstDueAt)) return 'low';
  return judgeDelay(workingTimeBetween(firstDueAt, now, calendarOf(desk, team)), desk.severity);
}

function describeMoment(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function rulesOf(kind: string, desk: Desk): DeskKind | undefined {
  return Object.hasOwn(desk.kinds, kind) ? desk.kinds[kind as ExceptionKind] : undefined;
}
