import { z } from 'zod';

/** What a partner's file says about errors and oddities in what comes from it. */
const reaction = z.enum(['accept', 'warn', 'note', 'refuse']);

/** Every way to stray from the standard that still has one meaning: what is usual for it, and what it is. */
const ODDITIES = {
  'byte-order-mark': ['warn', 'The bytes EF BB BF before an ISA. Refused: TA1 022.'],
  junk: ['warn', 'Other bytes before, between or behind interchanges. Refused: TA1 022 for the next.'],
  padding: ['warn', 'NUL, Ctrl-Z and the like outside interchanges. Refused: TA1 022 for the next.'],
  'unpadded-isa': ['warn', 'An ISA whose elements are not padded to their widths. Refused: TA1 022.'],
  'wrong-isa11': [
    'warn',
    'ISA11 is a letter or digit from 00402 on, or another sign than U before. Refused: TA1 016.',
  ],
  'wrapped-lines': ['warn', 'Lines wrapped at a fixed width, 80 columns say. Refused: TA1 024.'],
  'blank-lines': ['warn', 'Blank lines, or blanks before a segment. Refused: TA1 024.'],
  'mixed-terminators': [
    'warn',
    'Segments that end with a line end, others with the terminator. Refused: TA1 004.',
  ],
  'missing-last-terminator': ['warn', 'An IEA without its terminator at the end. Refused: TA1 023.'],
  'lower-case-ids': [
    'warn',
    'Segment ids and codes in lower case. Refused: TA1 022 or 024 in the envelope, AK304 1 or AK403 7 in a set.',
  ],
  'padded-elements': [
    'warn',
    'Spaces around a value that is in error with them, or around an element of the envelope. Refused: TA1 024 in the envelope, AK403 4 to 9 in a set.',
  ],
  'trailing-separators': [
    'warn',
    'Separators behind the last value. Refused: TA1 024 in the envelope, AK403 3 (13 in a composite) in a set.',
  ],
  'not-utf-8': [
    'refuse',
    'A value that is not UTF-8 where that is agreed: read as Latin-1. Refused: AK403 6.',
  ],
  'foreign-group': ['refuse', 'A set in a group of another kind, such as an 850 in IN. Refused: AK502 6.'],
  'unknown-version': [
    'refuse',
    'A group in a version that is not held: read by the nearest, which only warns. Refused: AK905 2.',
  ],
} as const satisfies Readonly<Record<string, readonly [z.infer<typeof reaction>, string]>>;

type Oddity = keyof typeof ODDITIES;

export const tolerate = z
  .strictObject(
    Object.fromEntries(
      Object.entries(ODDITIES).map(([name, [usual, text]]) => [name, reaction.default(usual).describe(text)]),
    ) as Record<Oddity, z.ZodDefault<typeof reaction>>,
  )
  .prefault({})
  .describe(
    'Files that stray from the standard: `accept` says nothing, `warn` tells us, `note` the partner too (TA1 E, AK5 E), `refuse` refuses.',
  );

/** Kinds of error in a set, and the code by which the partner hears of each. */
const ERRORS = {
  'unknown-segment': 'AK304 1: no segment of this version.',
  'unexpected-segment': 'AK304 2: the loop that it belongs to is not open.',
  'missing-segment': 'AK304 3: a mandatory segment or loop is missing.',
  'too-many-loops': 'AK304 4: a loop occurs too often.',
  'too-many-segments': 'AK304 5: a segment occurs too often.',
  'segment-not-in-set': 'AK304 6: a segment of other sets.',
  'segment-out-of-order': 'AK304 7: a segment belongs further up.',
  'missing-element': 'AK403 1: a mandatory element is missing.',
  'missing-conditional': 'AK403 2: an element is missing that another one requires.',
  'too-many-elements': 'AK403 3: more elements than the segment has.',
  'too-short': 'AK403 4: a value is too short.',
  'too-long': 'AK403 5: a value is too long.',
  'bad-character': 'AK403 6: a character that the type of the element does not allow.',
  'bad-code': 'AK403 7: a code that is not in the list.',
  'bad-date': 'AK403 8: no day of the calendar.',
  'bad-time': 'AK403 9: no time of day.',
  exclusion: 'AK403 10: elements that exclude one another.',
  'too-many-repeats': 'AK403 12 (3 before 005010): an element repeats too often.',
  'too-many-components': 'AK403 13 (3 before 005010): more components than the composite has.',
} as const;

export type ErrorKind = keyof typeof ERRORS;

const leniency = z.enum(['refuse', 'note', 'warn']);

export type Leniency = z.infer<typeof leniency>;

const table = z.strictObject({
  all: leniency.optional().describe('Every kind that is not named here.'),
  ...(Object.fromEntries(
    Object.entries(ERRORS).map(([kind, text]) => [kind, leniency.optional().describe(text)]),
  ) as Record<ErrorKind, z.ZodOptional<typeof leniency>>),
});

export const errors = z
  .union([leniency, table])
  .describe(
    'What errors in a set lead to: `refuse` (AK5 R), `note` (AK5 E: accepted, the partner is told) or `warn` (AK5 A: only we are told). One word for all, or a table by kind of error.',
  );

type Errors = z.infer<typeof errors>;

/** The kinds that do not refuse, each later table laid over those before it. */
export function leniencyOf(...tables: readonly (Errors | undefined)[]): ReadonlyMap<ErrorKind, Leniency> {
  const kinds = new Map<ErrorKind, Leniency>();
  for (const one of tables) {
    const { all, ...named } = typeof one === 'string' ? { all: one } : (one ?? { all: undefined });
    for (const kind of Object.keys(ERRORS) as ErrorKind[]) {
      const said = (named as Partial<Record<ErrorKind, Leniency>>)[kind] ?? all;
      if (said !== undefined) kinds.set(kind, said);
    }
  }
  return kinds;
}
