import type { ElementDefinition } from '../standard/definition.ts';

/** How long values are, within what their definition allows. */
export type ValueSize = 'usual' | 'shortest' | 'longest';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const USUAL_LENGTH = 8;

/** Longest values of free text stop here: an MTX of 4096 characters would tell nothing more. */
const LONGEST_TEXT = 300;

/** A sound value. `turn` picks among the codes of a list, so that documents differ. */
export function makeValue(element: ElementDefinition, size: ValueSize, turn: number): string {
  const { type, min, max } = element;
  switch (type) {
    case 'DT':
      return max >= 8 ? '20240131' : '240131';
    case 'TM':
      return '09301525'.slice(0, timeLength(min, max, size));
    case 'ID':
      return chooseCode(element, turn) ?? repeatText(LETTERS, size === 'longest' ? max : min);
    case 'AN':
    case 'B':
      return repeatText(LETTERS, lengthOf(min, Math.min(max, Math.max(min, LONGEST_TEXT)), size));
    case 'R':
      return withPoint(repeatText('1234567890', lengthOf(min, max, size, 3)));
    default:
      return repeatText('1234567890', lengthOf(min, max, size, 3));
  }
}

/** A code that people know, else one of the list; those of a length that the element does not allow are left. */
function chooseCode({ codes, common, min, max }: ElementDefinition, turn: number): string | undefined {
  const fits = (code: string) => code.length >= min && code.length <= max;
  const known = [...(common?.keys() ?? [])].filter((code) => fits(code) && (codes?.has(code) ?? true));
  const usable = known.length > 0 ? known : [...(codes?.keys() ?? [])].filter(fits);
  return usable[turn % usable.length];
}

function lengthOf(min: number, max: number, size: ValueSize, usual = USUAL_LENGTH): number {
  if (size === 'shortest') return min;
  return size === 'longest' ? max : Math.min(max, Math.max(min, usual));
}

/** HHMM, HHMMSS, HHMMSSD or HHMMSSDD, as the length allows. */
function timeLength(min: number, max: number, size: ValueSize): number {
  const allowed = [4, 6, 7, 8].filter((length) => length >= min && length <= max);
  return (size === 'longest' ? allowed.at(-1) : allowed[0]) ?? min;
}

/** The point of an R does not count towards its length (X12.5). */
function withPoint(digits: string): string {
  return digits.length > 2 ? `${digits.slice(0, -2)}.${digits.slice(-2)}` : digits;
}

export function repeatText(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}
