import { isDecimal } from '../../lib/decimal.ts';
import { latin1ToText } from '../../x12/scan/charset.ts';
import { OTHER } from '../language/codes.ts';
import type { Conversion } from '../language/plan.ts';

/**
 * The state of one reading. One object for all the closures of a map: reading never waits, so no two
 * readings overlap.
 */
export type Cursor = {
  text: string;
  edges: Int32Array;
  /** Index in `edges` of the last edge of the segment at hand. */
  last: number;
  /** The segment may hold bytes above 127, and they are UTF-8. */
  encoded: boolean;
  /** Component and repetition separator, as the codes of their characters; -1 for none. */
  component: number;
  repetition: number;
};

/** The value between two positions, or undefined where it is not what the conversion expects. */
export type ReadText = (cursor: Cursor, start: number, end: number) => string | undefined;

export function sliceText(cursor: Cursor, start: number, end: number): string {
  const raw = cursor.text.slice(start, end);
  return cursor.encoded ? latin1ToText(raw, 'utf-8') : raw;
}

/** Text and number conversions; code tables are compiled apart because they fill two fields. */
export function compileReadText(conversion: Conversion): ReadText {
  const { trim, upper, pad, as } = conversion;
  if (!trim && !upper && pad === undefined) {
    if (as.kind === 'text') return sliceText;
    if (as.kind === 'decimal') return readDecimal;
    if (as.kind === 'date') return readDate;
  }
  const parse = compileParse(as);
  return (cursor, start, end) => {
    let value = sliceText(cursor, start, end);
    if (trim) value = value.trim();
    if (upper) value = value.toUpperCase();
    if (pad !== undefined) value = stripPad(value, pad.fill);
    return parse(value);
  };
}

function stripPad(value: string, fill: string): string {
  let start = 0;
  while (start < value.length - 1 && value[start] === fill) start++;
  return value.slice(start);
}

function compileParse(as: Conversion['as']): (value: string) => string | undefined {
  switch (as.kind) {
    case 'text':
    case 'table':
      return (value) => (value === '' ? undefined : value);
    case 'decimal':
      return (value) => (isDecimal(value) ? value : undefined);
    case 'implied':
      return (value) => parseImplied(value, as.places);
    case 'date':
      return parseDate;
    case 'date6':
      return parseDate6;
    case 'time':
      return parseTime;
    case 'date-time':
      return parseDateTime;
  }
}

const ZERO = 48;
const DOT = 46;

/** Scans instead of matching: most elements of an order are numbers. */
function readDecimal(cursor: Cursor, start: number, end: number): string | undefined {
  const { text } = cursor;
  let at = start;
  const sign = text.charCodeAt(at);
  if (sign === 45 || sign === 43) at++;
  let digits = 0;
  let dots = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) digits++;
    else if (code === DOT && dots === 0) dots++;
    else return undefined;
  }
  return digits > 0 && end - start <= 40 ? text.slice(start, end) : undefined;
}

function readDate(cursor: Cursor, start: number, end: number): string | undefined {
  if (end - start !== 8) return undefined;
  const { text } = cursor;
  const month = digit(text, start + 4) * 10 + digit(text, start + 5);
  const day = digit(text, start + 6) * 10 + digit(text, start + 7);
  const year =
    digit(text, start) * 1000 +
    digit(text, start + 1) * 100 +
    digit(text, start + 2) * 10 +
    digit(text, start + 3);
  if (!isDay(year, month, day)) return undefined;
  return `${text.slice(start, start + 4)}-${text.slice(start + 4, start + 6)}-${text.slice(start + 6, end)}`;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= DAYS[month - 1]! + (leap ? 1 : 0);
}

function parseDate(value: string): string | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  if (match === null || !isDay(Number(match[1]), Number(match[2]), Number(match[3]))) return undefined;
  return `${match[1]}-${match[2]}-${match[3]}`;
}

/** YYMMDD of versions before 004010: years from 50 on are of the last century. */
function parseDate6(value: string): string | undefined {
  if (!/^\d{6}$/.test(value)) return undefined;
  return parseDate(`${Number(value.slice(0, 2)) >= 50 ? '19' : '20'}${value}`);
}

/** HHMM, HHMMSS, HHMMSSD or HHMMSSDD ⇄ `09:30:15.25`. */
function parseTime(value: string): string | undefined {
  const match = /^([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(\d{1,2})?)?$/.exec(value);
  if (match === null) return undefined;
  const seconds = match[3] === undefined ? '' : `:${match[3]}${match[4] === undefined ? '' : `.${match[4]}`}`;
  return `${match[1]}:${match[2]}${seconds}`;
}

function parseDateTime(value: string): string | undefined {
  const date = parseDate(value.slice(0, 8));
  const time = parseTime(value.slice(8));
  return date === undefined || time === undefined ? undefined : `${date}T${time}`;
}

/** N2 `123456` ⇄ `1234.56`, `5` ⇄ `0.05`. */
function parseImplied(value: string, places: number): string | undefined {
  const match = /^(-?)(\d{1,38})$/.exec(value);
  if (match === null) return undefined;
  if (places === 0) return value;
  const digits = match[2]!.padStart(places + 1, '0');
  const whole = digits.slice(0, -places).replace(/^0+(?=\d)/, '');
  return `${match[1]}${whole}.${digits.slice(-places)}`;
}

/** The value of the field itself, for comparing: a code as its name. */
export function compileReadValue(conversion: Conversion): ReadText {
  const { as } = conversion;
  if (as.kind !== 'table') return compileReadText(conversion);
  const read = compileReadText({ ...conversion, as: { kind: 'text' } });
  return (cursor, start, end) => as.table.nameOf.get(read(cursor, start, end) ?? '') ?? OTHER;
}

/** Code → name, code kept where the table does not tell it. */
export function compileReadTable(
  as: Extract<Conversion['as'], { kind: 'table' }>,
): ReadonlyMap<string, CodeReading> {
  return new Map(
    [...as.table.nameOf].map(([code, name]) => {
      const keep = as.keep === 'always' || as.table.codeOf.get(name) !== code;
      return [code, { name, keep }];
    }),
  );
}

export type CodeReading = { readonly name: string; readonly keep: boolean };

export const UNKNOWN_CODE: CodeReading = { name: OTHER, keep: true };
