import { type Decimal, toBig } from '../../lib/decimal.ts';

/** The least first. */
export const SEVERITIES = ['low', 'normal', 'high', 'urgent'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What makes an exception weigh more. What is not known is left out. */
export type Weight = {
  /** Of the order, in `currency`. */
  readonly amount?: Decimal | undefined;
  readonly currency?: string | undefined;
  /** Of the customer: the greater, the more it matters. */
  readonly priority?: number | undefined;
};

/** From which value on an exception has which severity. */
export type SeverityRules = {
  /** Amounts in other currencies are not compared. */
  readonly currency: string;
  readonly value: Readonly<Record<'normal' | 'high' | 'urgent', Decimal>>;
  readonly priority: Readonly<Record<'high' | 'urgent', number>>;
  /** Working hours past due. */
  readonly overdue: Readonly<Record<'high' | 'urgent', number>>;
};

/** The graver of what value and priority give; an unknown value is a normal one. */
export function judgeSeverity({ amount, currency, priority }: Weight, rules: SeverityRules): Severity {
  const known = amount !== undefined && (currency ?? rules.currency) === rules.currency;
  return gravest(
    known ? judgeValue(amount, rules.value) : 'normal',
    priority === undefined ? 'low' : judgeNumber(priority, rules.priority),
  );
}

/** What an exception becomes by waiting, whatever it was: it has been overdue for so many working hours. */
export function judgeDelay(overdue: number, rules: SeverityRules): Severity {
  return judgeNumber(overdue, rules.overdue);
}

export function gravest(...severities: readonly Severity[]): Severity {
  const most = Math.max(0, ...severities.map((severity) => SEVERITIES.indexOf(severity)));
  return SEVERITIES[most] ?? 'low';
}

function judgeValue(amount: Decimal, from: SeverityRules['value']): Severity {
  const value = toBig(amount);
  return (['urgent', 'high', 'normal'] as const).find((severity) => value.gte(from[severity])) ?? 'low';
}

function judgeNumber(value: number, from: Readonly<Record<'high' | 'urgent', number>>): Severity {
  return (['urgent', 'high'] as const).find((severity) => value >= from[severity]) ?? 'low';
}
