/** The teams that there are without any settings; `company.yaml` may name more. */
export const TEAMS = ['orders', 'sales', 'operations', 'finance', 'warehouse'] as const;

export type Team = (typeof TEAMS)[number];
