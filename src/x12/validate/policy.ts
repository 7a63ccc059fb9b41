/** Kinds of finding below the envelope, named for partner files; each is one AK304 or AK403 code. */
export type ErrorKind = (typeof SEGMENT_KINDS)[SegmentCode] | (typeof ELEMENT_KINDS)[ElementCode];

/** AK304. */
export type SegmentCode = keyof typeof SEGMENT_KINDS;

/** AK403. */
export type ElementCode = keyof typeof ELEMENT_KINDS;

/** What a partner's errors lead to. Whatever is in neither list refuses the set: AK501 R. */
export type ValidationPolicy = {
  /** Reported in the acknowledgement, and the set is accepted with errors: AK501 E. */
  readonly noted: ReadonlySet<ErrorKind>;
  /** A warning to us, and nothing said to the partner. */
  readonly warned: ReadonlySet<ErrorKind>;
};

export const STRICT: ValidationPolicy = { noted: new Set(), warned: new Set() };

export const SEGMENT_KINDS = {
  '1': 'unknown-segment',
  '2': 'unexpected-segment',
  '3': 'missing-segment',
  '4': 'too-many-loops',
  '5': 'too-many-segments',
  '6': 'segment-not-in-set',
  '7': 'segment-out-of-order',
} as const;

/** 12 and 13 exist from 005010 on; before, the standard has only 3 for both. */
export const ELEMENT_KINDS = {
  '1': 'missing-element',
  '2': 'missing-conditional',
  '3': 'too-many-elements',
  '4': 'too-short',
  '5': 'too-long',
  '6': 'bad-character',
  '7': 'bad-code',
  '8': 'bad-date',
  '9': 'bad-time',
  '10': 'exclusion',
  '12': 'too-many-repeats',
  '13': 'too-many-components',
} as const;

export const ERROR_KINDS: readonly ErrorKind[] = [
  ...Object.values(SEGMENT_KINDS),
  ...Object.values(ELEMENT_KINDS),
];
