import { toBig } from '../../lib/decimal.ts';
import { findNearest } from '../../lib/suggest.ts';

/** Says what is wrong with a value. */
export type Say = (message: string) => void;

/** How a value of a CSV cell (always text) or of a JSON file becomes what it means; undefined once it said why not. */
export type Cell<T> = {
  /** What would be right: `a decimal such as 3.25`. */
  readonly wanted: string;
  readonly read: (value: unknown, say: Say) => T | undefined;
};

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Text of one line or several, as it is but for the spaces around it. */
export const text: Cell<string> = {
  wanted: 'a text',
  read: (value, say) => {
    if (typeof value !== 'string') return refuse(text, value, say);
    const control = CONTROL.exec(value);
    if (control !== null || !value.isWellFormed()) {
      say(`has a character that is no text (${JSON.stringify(control?.[0] ?? '\ufffd')})`);
      return undefined;
    }
    return value.trim();
  },
};

/** A number, name or code by which something is known: one line, no longer than an index takes. */
export const code: Cell<string> = {
  wanted: 'one line of text, up to 200 characters',
  read: (value, say) => {
    const read = text.read(value, say);
    if (read === undefined) return undefined;
    return read.length > 200 || /[\n\t]/.test(read) ? refuse(code, value, say) : read;
  },
};

export const decimal = matching('a decimal such as 3.25', /^\d{1,14}(\.\d{1,10})?$/);
export const signedDecimal = matching('a decimal such as -3.25', /^-?\d{1,14}(\.\d{1,10})?$/);
export const percent = matching('percent such as 12.5', /^\d{1,4}(\.\d{1,6})?$/);
export const currency = matching('an ISO currency such as USD', /^[A-Z]{3}$/);
export const unit = matching('a unit code (element 355) such as EA', /^[A-Z0-9]{2,3}$/);
export const country = matching('a country of two letters such as US', /^[A-Z]{2}$/);
export const destination = matching(
  'a country or a state such as US or US-CA',
  /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
);
export const region = matching('a state or province without its country, such as OH', /^[A-Z0-9]{1,3}$/);

export const positive: Cell<string> = {
  wanted: 'a decimal above 0 such as 12',
  read: (value, say) => {
    const read = decimal.read(value, say);
    if (read === undefined) return undefined;
    return toBig(read).gt(0) ? read : refuse(positive, value, say);
  },
};

export const count = matching('a whole number such as 5', /^\d{1,9}$/);
export const ordinal = matching('a whole number from 1 on', /^[1-9]\d{0,8}$/);

export const date: Cell<string> = {
  wanted: 'a date such as 2026-01-31',
  read: (value, say) => {
    if (typeof value !== 'string') return refuse(date, value, say);
    const given = value.trim();
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given);
    const [, year, month, day] = match ?? [];
    return match !== null && isDay(Number(year), Number(month), Number(day))
      ? given
      : refuse(date, value, say);
  },
};

export const flag: Cell<boolean> = {
  wanted: 'true or false',
  read: (value, say) => {
    if (typeof value === 'boolean') return value;
    const given = typeof value === 'string' ? value.trim().toLowerCase() : '';
    if (['true', 'yes', '1'].includes(given)) return true;
    return ['false', 'no', '0'].includes(given) ? false : refuse(flag, value, say);
  },
};

export function choice<const T extends string>(...allowed: readonly T[]): Cell<T> {
  const wanted = `one of ${allowed.join(', ')}`;
  return {
    wanted,
    read: (value, say) => {
      const given = typeof value === 'string' ? value.trim() : value;
      const found = allowed.find((one) => one === given);
      if (found !== undefined) return found;
      const near = typeof given === 'string' ? findNearest(given, allowed) : [];
      const hint = near.length === 0 ? '' : `; did you mean \`${near[0]}\`?`;
      say(`expected ${wanted} (it is ${JSON.stringify(value)})${hint}`);
      return undefined;
    },
  };
}

/** Several values in one cell with a semicolon or space between, or a JSON array. */
export function list(cell: Cell<string>): Cell<readonly string[]> {
  const self: Cell<readonly string[]> = {
    wanted: `a list, each ${cell.wanted}, with a semicolon between`,
    read: (value, say) => {
      const given = typeof value === 'string' ? value.split(';').filter((one) => one.trim() !== '') : value;
      if (!Array.isArray(given)) return refuse(self, value, say);
      const read = given.map((one: unknown) => cell.read(one, say));
      return read.includes(undefined) ? undefined : (read as string[]);
    },
  };
  return self;
}

export function matching(wanted: string, pattern: RegExp): Cell<string> {
  const self: Cell<string> = {
    wanted,
    read: (value, say) => {
      const given = typeof value === 'string' ? value.trim() : value;
      return typeof given === 'string' && pattern.test(given) ? given : refuse(self, value, say, pattern);
    },
  };
  return self;
}

export function refuse(cell: Cell<unknown>, value: unknown, say: Say, pattern?: RegExp): undefined {
  const shown = JSON.stringify(value);
  const cut = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
  say(`expected ${cell.wanted} (it is ${cut})${typeof value === 'string' ? guess(value, pattern) : ''}`);
  return undefined;
}

/** What may have been meant; only ever told, never taken. */
function guess(value: string, pattern: RegExp | undefined): string {
  const given = value.trim();
  if (/^-?[\d.,]+$/.test(given) && given.includes(',')) return '; a decimal takes a point and no commas';
  if (pattern?.test(given.toUpperCase())) return `; did you mean \`${given.toUpperCase()}\`?`;
  return '';
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year > 0 && day >= 1 && day <= (days[month - 1] ?? 0);
}
