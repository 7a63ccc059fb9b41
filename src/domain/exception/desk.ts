import { OFFICE_DAYS } from '../calendar/working-days.ts';
import { type EscalationStep, usualSteps } from './escalation-step.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from './exception-kinds.ts';
import type { KindOfException } from './kind.ts';
import type { SeverityRules } from './severity.ts';
import { TEAMS } from './teams.ts';
import type { WorkCalendar } from './working-hours.ts';

/** Who deals with exceptions, by when, and what happens when nobody does: the settings of all kinds. */
export type Desk = {
  readonly teams: ReadonlyMap<string, DeskTeam>;
  readonly kinds: Readonly<Record<ExceptionKind, DeskKind>>;
  readonly severity: SeverityRules;
};

export type DeskTeam = {
  readonly calendar: WorkCalendar;
  readonly mail?: string | undefined;
  /** Who gets what the team did not resolve in time. */
  readonly lead?: string | undefined;
};

export type DeskKind = {
  readonly team: string;
  readonly hours: number;
  readonly escalate: readonly EscalationStep[];
};

/** What `company.yaml` says of it, beside what every kind and team has by itself. */
export type DeskSettings = {
  readonly teams: Readonly<Record<string, DeskTeam>>;
  readonly kinds: { readonly [Kind in ExceptionKind]?: KindSettings | undefined };
  readonly severity: SeverityRules;
};

export type KindSettings = {
  readonly team?: string | undefined;
  readonly hours?: number | undefined;
  readonly escalate?: readonly EscalationStep[] | undefined;
};

const OFFICE_HOURS: WorkCalendar = {
  zone: 'UTC',
  opens: 8 * 60,
  closes: 17 * 60,
  ...OFFICE_DAYS,
};

export function setUpDesk({ teams, kinds, severity }: DeskSettings): Desk {
  const usual = TEAMS.map((team): [string, DeskTeam] => [team, { calendar: OFFICE_HOURS }]);
  return {
    teams: new Map([...usual, ...Object.entries(teams)]),
    kinds: Object.fromEntries(
      Object.entries(EXCEPTION_KINDS).map(([kind, usual]) => [
        kind,
        decideKind(usual, kinds[kind as ExceptionKind] ?? {}),
      ]),
    ) as Record<ExceptionKind, DeskKind>,
    severity,
  };
}

function decideKind(usual: Pick<KindOfException, 'team' | 'hours'>, own: KindSettings): DeskKind {
  const { team = usual.team, hours = usual.hours } = own;
  const builtIn = TEAMS.find((one) => one === team) ?? usual.team;
  return { team, hours, escalate: own.escalate ?? usualSteps(builtIn, hours) };
}

export const USUAL_SEVERITY: SeverityRules = {
  currency: 'USD',
  value: { normal: '1000', high: '10000', urgent: '100000' },
  priority: { high: 5, urgent: 9 },
  overdue: { high: 0, urgent: 8 },
};

export const USUAL_DESK: Desk = setUpDesk({ teams: {}, kinds: {}, severity: USUAL_SEVERITY });

/** When a team works; one that the settings do not know any more works as most do. */
export function calendarOf(desk: Desk, team: string): WorkCalendar {
  return desk.teams.get(team)?.calendar ?? OFFICE_HOURS;
}
