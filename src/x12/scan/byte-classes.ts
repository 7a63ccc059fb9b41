import type { Separators } from './separators.ts';

// Byte classes of one interchange. Most bytes are PLAIN, and the scan is one table look-up for each.
export const PLAIN = 0;
export const ELEMENT = 1;
const TERMINATOR = 2;
/** What makes a segment worth a second look: control characters, high bytes, inner separators. */
export const ODD = 3;
/** Line ends of a wrapped file. */
export const DROP = 4;
/** Line ends inside a segment of any other. */
export const LINE = 5;

/** Copied for each interchange: to make them anew would cost more than to scan a short one. */
const USUAL = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 0x20 || byte > 0x7e ? ODD : PLAIN));
const BLANKS = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 ? 1 : 0));

export function classify(separators: Separators, wrapped: boolean): Uint8Array {
  const classes = USUAL.slice();
  const wraps = wrapped && separators.terminator !== 10 && separators.terminator !== 13;
  for (const lineEnd of [10, 13]) classes[lineEnd] = wraps ? DROP : LINE;
  classes[separators.component] = ODD;
  if (separators.repetition !== undefined) classes[separators.repetition] = ODD;
  classes[separators.element] = ELEMENT;
  classes[separators.terminator] = TERMINATOR;
  return classes;
}

/** Line ends, indentation and the rest of a terminator that is more than one byte in UTF-8 come before a segment. */
export function classifyBlanks(separators: Separators): Uint8Array {
  const blanks = BLANKS.slice();
  if (separators.terminator >= 0xc2) blanks.fill(1, 0x80, 0xc0);
  for (const separator of [separators.element, separators.component, separators.repetition]) {
    if (separator !== undefined) blanks[separator] = 0;
  }
  return blanks;
}
