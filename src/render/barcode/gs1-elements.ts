import { gs1CheckDigit } from '../../domain/shipment/sscc.ts';
import { WrongBarcode } from './wrong-barcode.ts';

/** An application identifier with its value: 420 and 45402. */
export type Gs1Element = { readonly ai: string; readonly value: string };

/** GS1 General Specifications 5.4: so much data a GS1-128 symbol holds, application identifiers and FNC1 counted. */
const MOST_DATA = 48;

/** The values of these end in a check digit and have one length. */
const CHECKED = /^(00|01|02|41[0-7])$/;

/** GS1 General Specifications 7.8.5: after a value of any other AI comes FNC1 where another element follows. */
const PREDEFINED_LENGTH = /^(0[0-4]|1[1-9]|20|3[1-6]|41)/;

/** `(420)45402(91)0042` → its elements. */
export function readGs1Elements(text: string): readonly Gs1Element[] {
  const elements = [...text.matchAll(/\((\d{2,4})\)([^()]+)/g)].map(([, ai = '', value = '']) => ({
    ai,
    value,
  }));
  if (elements.length === 0 || formatGs1Elements(elements) !== text)
    throw new WrongBarcode(
      'gs1-128',
      text,
      'expected application identifiers in brackets, each with its value, such as "(420)45402"',
    );
  return elements;
}

/** As people read it below the bars. */
export function formatGs1Elements(elements: readonly Gs1Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value}`).join('');
}

export function needsSeparator({ ai }: Gs1Element): boolean {
  return !PREDEFINED_LENGTH.test(ai);
}

/** What the encoder does not check, or does not say so that a person knows what to do. */
export function checkGs1Elements(text: string, elements: readonly Gs1Element[]): void {
  const last = elements.length - 1;
  const length = elements.reduce(
    (sum, element, i) =>
      sum + element.ai.length + element.value.length + (i < last && needsSeparator(element) ? 1 : 0),
    0,
  );
  if (length > MOST_DATA)
    throw new WrongBarcode(
      'gs1-128',
      text,
      `${length} characters, where a symbol holds ${MOST_DATA} at most`,
    );
  for (const { ai, value } of elements) {
    if (!CHECKED.test(ai) || !/^\d{2,}$/.test(value)) continue;
    const expected = gs1CheckDigit(value.slice(0, -1));
    if (value.at(-1) !== expected)
      throw new WrongBarcode(
        'gs1-128',
        text,
        `the check digit of AI ${ai} is ${value.at(-1)}, expected ${expected}`,
      );
  }
}
