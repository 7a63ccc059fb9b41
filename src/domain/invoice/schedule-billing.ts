import { addDays, type Instant } from '../../lib/dates.ts';
import type { InvoicePolicy } from '../partner/send-policy.ts';

/** When what leaves now is billed: at once where absent, else with what leaves until then. */
export function scheduleBilling(
  now: Instant,
  consolidate: InvoicePolicy['consolidate'],
): Instant | undefined {
  const today = now.slice(0, 10);
  switch (consolidate) {
    case 'none':
    case 'order':
      return undefined;
    case 'day':
      return startOf(addDays(today, 1));
    case 'week':
      return startOf(addDays(today, 8 - isoWeekday(today)));
    case 'month':
      return startOf(`${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`);
  }
}

function startOf(date: string): Instant {
  return `${date}T00:00:00.000Z`;
}

/** 1 for Monday. */
function isoWeekday(date: string): number {
  return new Date(date).getUTCDay() || 7;
}
