import type { ElementDefinition, Standard } from '../standard/definition.ts';

/** ST01. */
export const SET_IDENTIFIER = '143';

/** What a value means, where the bare value does not say it: a code's name, a date, an amount. */
export function sayInWords(
  standard: Standard,
  element: ElementDefinition,
  value: string,
): string | undefined {
  // A short code may be padded to the least length of its element.
  const code = value.trimEnd();
  if (element.id === SET_IDENTIFIER) {
    const set = standard.sets.get(code);
    if (set !== undefined) return set.name;
  }
  const name = element.codes?.get(code) || element.common?.get(code);
  if (name) return name;
  switch (element.type) {
    case 'DT':
      return sayDate(value);
    case 'TM':
      return sayTime(value);
    default:
      return /^N[1-9]$/.test(element.type) ? sayAmount(value, Number(element.type.slice(1))) : undefined;
  }
}

/** `20260105` is 2026-01-05; six digits have no century, and none is guessed. */
export function sayDate(value: string): string | undefined {
  const match = /^(\d\d(?:\d\d)?)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(value);
  return match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`;
}

/** `091530` is 09:15:30, decimals of a second behind a point. */
export function sayTime(value: string): string | undefined {
  const match = /^([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(\d\d?)?)?$/.exec(value);
  if (match === null) return undefined;
  const [, hour, minute, second, decimals] = match;
  return (
    [hour, minute, ...(second === undefined ? [] : [second])].join(':') + (decimals ? `.${decimals}` : '')
  );
}

/** N2 `-1250` is -12.50. */
function sayAmount(value: string, places: number): string | undefined {
  const match = /^(-?)(\d+)$/.exec(value);
  if (match === null) return undefined;
  const digits = match[2]!.padStart(places + 1, '0');
  return `${match[1]}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
