import { z } from 'zod';
import { toBig } from '../../lib/decimal.ts';
import { DAYS_PATTERN, DAYS_WANTED, parseDays } from '../calendar/working-days.ts';
import { type Desk, type DeskTeam, setUpDesk, USUAL_DESK, USUAL_SEVERITY } from './desk.ts';
import { type After, hoursUntil } from './escalation-step.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from './exception-kinds.ts';
import { TEAMS } from './teams.ts';
import type { WorkCalendar } from './working-hours.ts';

/** What `company.yaml` says of teams and of what waits for them. */

const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';

const hours = z
  .string()
  .regex(new RegExp(`^${TIME}-(${TIME}|24:00)$`), {
    abort: true,
    error: 'expected opening and closing time such as "08:00-17:00"',
  })
  .refine(
    (text) => text.slice(0, 5) < text.slice(6),
    'expected a closing time after the opening, both of one day, such as "08:00-17:00"',
  );

const team = z.strictObject({
  zone: z.string().refine(isZone, 'expected a time zone such as America/New_York').default('UTC'),
  hours: hours.default('08:00-17:00'),
  days: z.string().regex(DAYS_PATTERN, DAYS_WANTED).default('mon-fri'),
  holidays: z
    .array(z.iso.date('expected a date such as 2026-12-25'))
    .default([])
    .describe('Days on which the team does not work.'),
  mail: z.email().optional().describe('Kept, and without effect yet.'),
  lead: z.string().optional().describe('Who gets what the team does not resolve in time.'),
});

const step = z.strictObject({
  after: z
    .string()
    .regex(/^(\d{1,3}%|\d{1,4}h)$/, 'expected a share of the time such as 50%, or working hours such as 24h')
    .transform((text) => text as After),
  to: z.string().describe('`team` reminds, `lead` hands it to the lead, the name of a team to that team.'),
});

const kind = z.strictObject({
  team: z.string().optional(),
  hours: z.number().min(0).max(2000).optional().describe('Working hours of the team.'),
  escalate: z.array(step).optional(),
});

const amount = z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal such as "10000"');

const { value, priority, overdue } = USUAL_SEVERITY;

export const teamsFile = z
  .record(
    z
      .string()
      .regex(/^(?!(team|lead)$)[a-z][a-z0-9-]*$/, 'expected a name in lower case, not `team` or `lead`'),
    team,
  )
  .default({});

export const exceptionsFile = z
  .strictObject(
    Object.fromEntries(Object.keys(EXCEPTION_KINDS).map((name) => [name, kind.optional()])) as Record<
      ExceptionKind,
      z.ZodOptional<typeof kind>
    >,
  )
  .prefault({});

export const severityFile = z
  .strictObject({
    value: z
      .strictObject({
        normal: amount.default(value.normal),
        high: amount.default(value.high),
        urgent: amount.default(value.urgent),
      })
      .prefault({})
      .describe('From which value of the order on, in our currency.'),
    priority: z
      .strictObject({ high: z.int().default(priority.high), urgent: z.int().default(priority.urgent) })
      .prefault({})
      .describe('From which priority of the customer on.'),
    overdue: z
      .strictObject({
        high: z.number().min(0).default(overdue.high),
        urgent: z.number().min(0).default(overdue.urgent),
      })
      .prefault({})
      .describe('After how many working hours past due.'),
  })
  .prefault({});

type DeskFile = {
  readonly currency: string;
  readonly teams: z.output<typeof teamsFile>;
  readonly exceptions: z.output<typeof exceptionsFile>;
  readonly severity: z.output<typeof severityFile>;
};

export function readDesk({ currency, teams, exceptions, severity }: DeskFile): Desk {
  const known = Object.entries(teams).map(([name, file]): [string, DeskTeam] => [
    name,
    { calendar: readCalendar(file), mail: file.mail, lead: file.lead },
  ]);
  return setUpDesk({
    teams: Object.fromEntries(known),
    kinds: exceptions,
    severity: { currency, ...severity },
  });
}

function readCalendar({ zone, hours: open, days, holidays }: z.output<typeof team>): WorkCalendar {
  return {
    zone,
    opens: minutesOf(open.slice(0, 5)),
    closes: minutesOf(open.slice(6)),
    days: parseDays(days),
    holidays: new Set(holidays),
  };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isZone(zone: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, zone);
    return true;
  } catch {
    return false;
  }
}

type Say = (path: readonly PropertyKey[], message: string) => void;

/** What no single value shows to be wrong. */
export function checkDesk(
  { teams, exceptions, severity }: Omit<DeskFile, 'currency'>,
  context: z.RefinementCtx,
): void {
  const say: Say = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  const known = [...new Set<string>([...TEAMS, ...Object.keys(teams)])];
  for (const [name, own] of Object.entries(exceptions)) {
    if (own === undefined) continue;
    const path = ['exceptions', name];
    if (own.team !== undefined && !known.includes(own.team)) {
      say([...path, 'team'], `expected one of the teams ${known.join(', ')}`);
    }
    const allowed = own.hours ?? USUAL_DESK.kinds[name as ExceptionKind].hours;
    checkSteps(own.escalate ?? [], allowed, known, (inner, message) =>
      say([...path, 'escalate', ...inner], message),
    );
  }
  for (const [name, from] of Object.entries(severity)) {
    const levels = Object.entries(from);
    for (const [i, [level, least]] of levels.entries()) {
      const [lower, before] = levels[i - 1] ?? [level, least];
      if (toBig(String(least)).lt(String(before))) {
        say(['severity', name, level], `expected no less than for ${lower}, ${before}`);
      }
    }
  }
}

/** Teams that there are none of, steps that would come before an earlier one. */
function checkSteps(
  steps: readonly z.output<typeof step>[],
  hoursOfKind: number,
  teams: readonly string[],
  say: Say,
): void {
  let before = 0;
  for (const [i, { after, to }] of steps.entries()) {
    if (!['team', 'lead', ...teams].includes(to)) {
      say([i, 'to'], `expected team, lead, or one of the teams ${teams.join(', ')}`);
    }
    const at = hoursUntil(after, hoursOfKind);
    if (at < before)
      say([i, 'after'], `expected no less than the ${before} working hours of the step before`);
    before = Math.max(before, at);
  }
}
