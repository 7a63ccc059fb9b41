import type { Team } from './teams.ts';

/**
 * What happens to an exception that nobody resolves: after so much of its time (`50%`) or so many working hours
 * (`24h`) its team is reminded (`team`), its team's lead gets it (`lead`), or another team does.
 */
export type EscalationStep = { readonly after: After; readonly to: string };

export type After = `${number}%` | `${number}h`;

/** Working hours from the raising of an exception that has `hours` to the step. */
export function hoursUntil(after: After, hours: number): number {
  const number = Number(after.slice(0, -1));
  return after.endsWith('%') ? (hours * number) / 100 : number;
}

/** Who takes over what a team leaves lying. */
const NEXT_TEAM: Readonly<Record<Team, Team>> = {
  orders: 'sales',
  sales: 'orders',
  operations: 'orders',
  finance: 'sales',
  warehouse: 'orders',
};

/** The steps of every kind that names none, in the order of time whatever time it has. */
export function usualSteps(team: Team, hours: number): readonly EscalationStep[] {
  return [
    { after: '50%', to: 'team' },
    { after: '100%', to: 'lead' },
    { after: hours > 12 ? '200%' : '24h', to: NEXT_TEAM[team] },
  ];
}
