import { countUtf8 } from '../scan/charset.ts';
import type { Charset } from '../scan/segments.ts';
import type { Separators } from '../scan/separators.ts';
import { hasCode } from '../standard/code-table.ts';
import { type CompiledElement, KIND } from '../standard/compile.ts';
import type { ElementCode } from './policy.ts';

/** What a value is checked against besides its definition. */
export type ValueContext = { readonly separators: Separators; readonly charset: Charset };

/**
 * AK403 of the value between two positions, undefined when it is sound. It is never empty. Nothing is allocated:
 * this runs for every element of every document. `odd` says that the segment holds other than plain ASCII.
 */
export function checkValue(
  element: CompiledElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  odd: number,
  context: ValueContext,
): ElementCode | undefined {
  switch (element.kind) {
    case KIND.text:
      return checkText(element, bytes, start, end, odd, context);
    case KIND.code: {
      const text = checkText(element, bytes, start, end, odd, context);
      if (text !== undefined || element.codes === undefined) return text;
      return isCode(element, bytes, start, end) ? undefined : '7';
    }
    case KIND.date:
      return checkLength(element, end - start) ?? (isDate(bytes, start, end) ? undefined : '8');
    case KIND.time:
      return checkLength(element, end - start) ?? (isTime(bytes, start, end) ? undefined : '9');
    case KIND.decimal:
      return checkNumber(element, bytes, start, end, 1);
    case KIND.integer:
      return checkNumber(element, bytes, start, end, 0);
    default:
      return checkLength(element, end - start);
  }
}

function checkLength(element: CompiledElement, length: number): ElementCode | undefined {
  if (length < element.min) return '4';
  return length > element.max ? '5' : undefined;
}

function checkText(
  element: CompiledElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  odd: number,
  context: ValueContext,
): ElementCode | undefined {
  let length = end - start;
  if (odd !== 0) {
    length = measureText(bytes, start, end, context);
    if (length < 0) return '6';
  }
  return checkLength(element, length);
}

/** Characters of a text, -1 when one is not allowed: controls, inner separators, bytes that are no UTF-8. */
function measureText(bytes: Uint8Array, start: number, end: number, context: ValueContext): number {
  const { component, repetition } = context.separators;
  let high = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte < 0x20 || byte === 0x7f || byte === component || byte === repetition) return -1;
    if (byte > 0x7f) high = true;
  }
  return high && context.charset === 'utf-8' ? countUtf8(bytes, start, end) : end - start;
}

/** A short code may be padded with spaces to the least length of its element. */
function isCode(element: CompiledElement, bytes: Uint8Array, start: number, end: number): boolean {
  const codes = element.codes!;
  if (hasCode(codes, bytes, start, end)) return true;
  let last = end;
  while (last > start && bytes[last - 1] === 0x20) last--;
  return last < end && last > start && end - start <= element.min && hasCode(codes, bytes, start, last);
}

/** Sign and decimal point do not count towards the length (X12.5, R and Nn). */
function checkNumber(
  element: CompiledElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  points: number,
): ElementCode | undefined {
  let i = bytes[start] === 0x2d ? start + 1 : start;
  let digits = 0;
  let left = points;
  for (; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x30 && byte <= 0x39) digits++;
    else if (byte === 0x2e && left > 0) left--;
    else return '6';
  }
  return digits === 0 ? '6' : checkLength(element, digits);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** YYMMDD or CCYYMMDD, a day of the calendar. */
function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 6 && length !== 8) return false;
  const year = readDigits(bytes, start, end - 4);
  const month = readDigits(bytes, end - 4, end - 2);
  const day = readDigits(bytes, end - 2, end);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (length === 6 || year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : DAYS[month - 1]!);
}

/** HHMM, HHMMSS, and decimals of a second. */
function isTime(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 4 && length !== 6 && length !== 7 && length !== 8) return false;
  const hour = readDigits(bytes, start, start + 2);
  const minute = readDigits(bytes, start + 2, start + 4);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  if (length === 4) return true;
  const second = readDigits(bytes, start + 4, start + 6);
  return second >= 0 && second <= 59 && readDigits(bytes, start + 6, end) >= 0;
}

/** A number of digits only, -1 otherwise; 0 for no digits. */
function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
