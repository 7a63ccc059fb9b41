import { assert } from '../../lib/assert.ts';

/** GS1 General Specifications 3.3.1: an SSCC is extension digit, company prefix, serial and check digit. */
const LENGTH = 18;

/** Extension digit and check digit left out. */
const PREFIX_AND_SERIAL = LENGTH - 2;

/** The numbers that a company may deal. Each extension digit is used up before the next. */
export type SsccSpace = { readonly companyPrefix: string; readonly extensions: string };

/** GS1 General Specifications 7.9: weights 3, 1, 3, … from the right, up to the next ten. */
export function gs1CheckDigit(digits: string): string {
  assert(/^\d+$/.test(digits), `a check digit is of digits, not of ${JSON.stringify(digits)}`);
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1)
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

function countSerials({ companyPrefix }: SsccSpace): number {
  return 10 ** (PREFIX_AND_SERIAL - companyPrefix.length);
}

/** The last number that `writeSscc` takes; the first is 1. */
export function lastSscc(space: SsccSpace): number {
  return countSerials(space) * space.extensions.length - 1;
}

/** The n-th SSCC of a space: serial n under the first extension digit, and so on under the next. */
export function writeSscc(space: SsccSpace, n: number): string {
  assert(Number.isSafeInteger(n) && n >= 1 && n <= lastSscc(space), `there is no SSCC ${n} in this space`);
  const { companyPrefix, extensions } = space;
  const serials = countSerials(space);
  const serial = String(n % serials).padStart(PREFIX_AND_SERIAL - companyPrefix.length, '0');
  const digits = `${extensions[Math.floor(n / serials)]}${companyPrefix}${serial}`;
  return `${digits}${gs1CheckDigit(digits)}`;
}

export type SsccReading =
  | { readonly kind: 'sscc'; readonly sscc: string }
  | { readonly kind: 'wrong'; readonly message: string };

/** An SSCC as people and scanners give it: 18 digits, or with its application identifier before them. */
export function readSscc(text: string): SsccReading {
  const sscc = text.replace(/^(\(00\)|00(?=\d{18}$))/, '');
  const wrong = (message: string): SsccReading => ({ kind: 'wrong', message });
  if (!/^\d+$/.test(sscc)) return wrong(`SSCC ${JSON.stringify(text)}: expected ${LENGTH} digits`);
  if (sscc.length !== LENGTH)
    return wrong(`SSCC ${text}: expected ${LENGTH} digits (they are ${sscc.length})`);
  const expected = gs1CheckDigit(sscc.slice(0, -1));
  if (sscc.at(-1) !== expected)
    return wrong(`SSCC ${text}: the check digit is ${sscc.at(-1)}, expected ${expected}`);
  return { kind: 'sscc', sscc };
}
