import { repeatText } from '../sample/make-value.ts';
import type { Separators } from '../scan/separators.ts';
import type { ElementDefinition } from '../standard/definition.ts';
import type { Kind } from './kinds.ts';
import type { ElementFinding } from './outcome.ts';

/** A value that its definition does not allow, for one reason only. */
export type BadValue = {
  readonly kind: Kind;
  readonly code: ElementFinding['code'];
  readonly value: string;
};

export type ValueSetting = {
  readonly separators: Separators;
  /** Whether bytes that are no UTF-8 are refused. */
  readonly strict: boolean;
  /** In a composite the component separator is no bad character, but begins another component. */
  readonly composite: boolean;
};

/** Longer values are not made: they would tell nothing more. */
const LONGEST = 5000;

/** Every kind of bad value of an element, each wrong in that kind alone. */
export function listBadValues(element: ElementDefinition, setting: ValueSetting): readonly BadValue[] {
  const { element: separator, terminator, repetition } = setting.separators;
  const signs = [separator, terminator, repetition].map((sign) => sign && String.fromCharCode(sign));
  return [...listBadLengths(element), ...listBadContents(element, setting)].filter(
    ({ value }) => !signs.some((sign) => sign && value.includes(sign)),
  );
}

function listBadLengths({ type, min, max }: ElementDefinition): BadValue[] {
  const sign = type === 'AN' || type === 'ID' || type === 'B' ? 'A' : '1';
  const bad: BadValue[] = [];
  if (min > 1) bad.push({ kind: 'too-short', code: '4', value: sign.repeat(min - 1) });
  if (max < LONGEST) bad.push({ kind: 'too-long', code: '5', value: sign.repeat(max + 1) });
  // Sign and point do not count towards the length of a number (X12.5): with them it is as long as without.
  if (max < LONGEST && type === 'R')
    bad.push({ kind: 'too-long', code: '5', value: `-${sign.repeat(max)}.1` });
  return bad;
}

function listBadContents(element: ElementDefinition, setting: ValueSetting): BadValue[] {
  const { type, min, max } = element;
  const all = (kind: Kind, code: BadValue['code'], values: readonly string[]) =>
    values.map((value) => ({ kind, code, value }));
  switch (type) {
    case 'AN':
    case 'ID':
      return [
        ...all('bad-character', '6', badTexts(min, setting)),
        ...all('bad-code', '7', badCodes(element)),
      ];
    case 'DT':
      return all('bad-date', '8', BAD_DATES[max >= 8 ? 8 : 6]);
    case 'TM':
      return all(
        'bad-time',
        '9',
        BAD_TIMES.filter(({ length }) => length >= min && length <= max),
      );
    case 'B':
      return [];
    case 'R':
      return all('bad-character', '6', badDecimals(min, max));
    default:
      return all('bad-character', '6', [...badIntegers(min), ...badDecimals(min, max)]);
  }
}

const BAD_DATES = {
  6: ['240230', '241301', '240100', '24013A'],
  8: ['20240230', '19000229', '20241301', '20240100', '2024013A'],
} as const;

/** Hours to 23, minutes and seconds to 59, decimals of a second in digits; five digits are no time. */
const BAD_TIMES = ['2400', '0960', '09A0', '09301', '093060', '0930150A'];

/** Control characters, a separator inside a simple element, and a byte that is no UTF-8. */
function badTexts(min: number, { separators, strict, composite }: ValueSetting): string[] {
  const signs = ['\x07', '\x7f'];
  if (!composite) signs.push(String.fromCharCode(separators.component));
  if (strict) signs.push('\xe9');
  return signs.map((sign) => sign + 'A'.repeat(Math.max(0, min - 1)));
}

/** What is in no list of codes, as long as a code may be. */
function badCodes({ codes, min, max }: ElementDefinition): string[] {
  if (codes === undefined) return [];
  const candidates = ['Q', 'Z', '9', '&'].map((sign) => repeatText(sign, Math.max(min, Math.min(max, 3))));
  return candidates.filter((code) => !codes.has(code)).slice(0, 1);
}

function badDecimals(min: number, max: number): string[] {
  const digits = '1'.repeat(Math.max(min, 1));
  const bad = [`${digits}X`, `${digits}..`, `+${digits}`, '-'];
  return max > min ? [...bad, `${digits}E1`] : bad;
}

/** The point of an N is implied. */
function badIntegers(min: number): string[] {
  return [`${'1'.repeat(Math.max(min, 1))}.`];
}
