import type { FilterImplOptions } from 'liquidjs';
import { isDecimal, toBig } from '../../lib/decimal.ts';
import { decimalsOf } from '../../lib/money.ts';
import { escapeHtml, markUp } from './markup.ts';

/** How a text is put into words: what differs from one language, and one kind of output, to the next. */
export type Wording = {
  /** Of numbers and dates: `en`, `de`, `de-AT`. */
  readonly locale: string;
  readonly output: 'html' | 'text';
  /** What codes and labels are called: `{{ 'quantity' | word }}`. */
  readonly words: ReadonlyMap<string, string>;
};

/**
 * Filters of Liquid's own that are safe and exact. Those that count with binary floats, read the clock, or put HTML in
 * unescaped are not among them.
 */
export const USUAL_FILTERS = [
  'append',
  'capitalize',
  'default',
  'downcase',
  'first',
  'join',
  'last',
  'map',
  'prepend',
  'replace',
  'reverse',
  'size',
  'slice',
  'split',
  'strip',
  'truncate',
  'uniq',
  'upcase',
  'url_encode',
  'where',
] as const;

/** Our own filters, in one language. */
export function makeFilters({ locale, output, words }: Wording): Readonly<Record<string, FilterImplOptions>> {
  return {
    date: (value: unknown, style: unknown = 'long') => formatDate(locale, value, style),
    money: (value: unknown, currency: unknown) => formatMoney(locale, value, currency, 'named'),
    amount: (value: unknown, currency: unknown) => formatMoney(locale, value, currency, 'plain'),
    quantity: (value: unknown) => formatQuantity(locale, value),
    word: (value: unknown) => findWord(words, value),
    newline_to_br: (value: unknown) =>
      output === 'html' ? markUp(escapeHtml(value).replace(/\r?\n/g, '<br>')) : value,
  };
}

const DATE = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+Z)?$/;

const STYLES = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: '2-digit', month: 'short', year: 'numeric' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** The month is always a word, so that nobody takes it for the day. Of a moment the day in UTC. */
function formatDate(locale: string, value: unknown, style: unknown): string {
  const day = typeof value === 'string' ? DATE.exec(value)?.[1] : undefined;
  const moment = Date.parse(day ?? '');
  // 31 February would be taken for 3 March.
  if (Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== day)
    throw new Error(`date: ${show(value)} is no ISO date such as 2024-01-31`);
  if (style !== 'long' && style !== 'short')
    throw new Error(`date: expected "long" or "short", not ${show(style)}`);
  return plainSpaces(
    formatter(
      `date ${locale} ${style}`,
      () => new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: 'UTC' }),
    ).format(moment),
  );
}

/** All decimals that it has, at least those of its currency: nothing is rounded here. */
function formatMoney(locale: string, value: unknown, currency: unknown, how: 'named' | 'plain'): string {
  const filter = how === 'named' ? 'money' : 'amount';
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new Error(`${filter}: ${show(currency)} is no currency such as USD`);
  const least = decimalsOf(currency);
  return formatDecimal(value, filter, (decimals) => {
    const minimumFractionDigits = Math.max(least, decimals);
    const digits = { minimumFractionDigits, maximumFractionDigits: minimumFractionDigits };
    // In a column of amounts the currency stands in its head.
    const style =
      how === 'named' ? ({ style: 'currency', currency, currencyDisplay: 'code' } as const) : undefined;
    return formatter(
      `${filter} ${locale} ${currency} ${minimumFractionDigits}`,
      () => new Intl.NumberFormat(locale, { ...style, ...digits }),
    );
  });
}

/** Without the zeros that end it. */
function formatQuantity(locale: string, value: unknown): string {
  return formatDecimal(value, 'quantity', (decimals) =>
    formatter(
      `number ${locale} ${decimals}`,
      () =>
        new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    ),
  );
}

function formatDecimal(
  value: unknown,
  name: string,
  choose: (decimals: number) => Intl.NumberFormat,
): string {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !isDecimal(text)) throw new Error(`${name}: ${show(value)} is no decimal`);
  const plain = toBig(text).toFixed();
  const decimals = plain.split('.')[1]?.length ?? 0;
  // A decimal as text is formatted exactly; as a number it would pass through a binary float.
  return plainSpaces(choose(decimals).format(plain as Intl.StringNumericLiteral));
}

function findWord(words: ReadonlyMap<string, string>, value: unknown): string {
  const word = words.get(String(value));
  if (word === undefined) throw new Error(`word: nothing is said for ${show(value)}`);
  return word;
}

const formatters = new Map<string, unknown>();

/** Making one takes a thousand times as long as using it. */
function formatter<T>(key: string, make: () => T): T {
  const known = formatters.get(key) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  formatters.set(key, made);
  return made;
}

/** Locale data changes between thin and other spaces from version to version. */
function plainSpaces(text: string): string {
  return text.replace(/[\u2009\u202f]/g, '\u00a0');
}

function show(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
