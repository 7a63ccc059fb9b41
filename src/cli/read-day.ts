import { InvalidArgumentError } from 'commander';

/** A calendar day that there is. */
export function readDay(text: string): string {
  const [year, month, day] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && date.toISOString().slice(0, 10) === text) return text;
  throw new InvalidArgumentError('expected a day such as 2026-12-07');
}
