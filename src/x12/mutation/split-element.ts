import type { Separators } from '../scan/separators.ts';

/** The repeats of an element, each with its components; a simple element has one of each. */
export type Split = readonly (readonly string[])[];

export function splitElement(
  { component, repetition }: Separators,
  value: string,
  composite: boolean,
): Split {
  const repeats = repetition === undefined ? [value] : value.split(String.fromCharCode(repetition));
  return repeats.map((one) => (composite ? one.split(String.fromCharCode(component)) : [one]));
}

/** Empty components at the end are left out. */
export function joinElement({ component, repetition }: Separators, split: Split): string {
  const repeats = split.map((components) => {
    const count = components.findLastIndex((one) => one !== '') + 1;
    return components.slice(0, count).join(String.fromCharCode(component));
  });
  return repeats.join(repetition === undefined ? '' : String.fromCharCode(repetition));
}
