/**
 * Ways in which real files stray from the standard and still have one meaning only. What each leads to is the
 * partner's agreement; the reading is the same in any case, so that no setting changes what a file says.
 */
export type Oddity = EnvelopeOddity | 'not-utf-8' | 'foreign-group' | 'unknown-version';

/** What can be odd about an interchange as such. */
export type EnvelopeOddity = keyof typeof ENVELOPE;

/** Nothing is said; our people are told; the partner is told as well (TA1 E, AK5 E); it is refused. */
export type Reaction = 'accept' | 'warn' | 'note' | 'refuse';

export type Tolerance = Readonly<Record<Oddity, Reaction>>;

/** TA105, and what it is and how its sender mends it. */
export const ENVELOPE = {
  'byte-order-mark': {
    code: '022',
    message: 'a byte order mark stands before the ISA: save the file as UTF-8 without one',
  },
  junk: { code: '022', message: 'bytes outside any interchange: send nothing but interchanges' },
  padding: {
    code: '022',
    message:
      'NUL, Ctrl-Z or other control characters fill the file outside its interchanges: end it at the IEA',
  },
  'unpadded-isa': {
    code: '022',
    message: 'the elements of the ISA are not padded to their widths: fill each with spaces',
  },
  'wrong-isa11': { code: '016', message: 'ISA11 is not what this version has there' },
  'wrapped-lines': {
    code: '024',
    message:
      'line ends stand inside segments: the file is wrapped at a fixed width; send it as it was written',
  },
  'blank-lines': {
    code: '024',
    message:
      'blank lines or blanks stand between segments: no more than one line end may follow a terminator',
  },
  'mixed-terminators': {
    code: '004',
    message:
      'a line end stands where the terminator should: end every segment with the sign that ends the ISA',
  },
  'missing-last-terminator': {
    code: '023',
    message: 'the last segment has no terminator: end the IEA like every other segment',
  },
  'lower-case-ids': {
    code: '024',
    message: 'a segment id or code of the envelope is in lower case: write it in capitals',
  },
  'padded-elements': {
    code: '024',
    message: 'spaces stand around an element of the envelope: only the ISA is padded',
  },
  'trailing-separators': {
    code: '024',
    message: 'separators stand behind the last element: end the segment after its last value',
  },
} as const;

/** What most partners are best served with. */
export const DEFAULT_TOLERANCE: Tolerance = {
  'byte-order-mark': 'warn',
  junk: 'warn',
  padding: 'warn',
  'unpadded-isa': 'warn',
  'wrong-isa11': 'warn',
  'wrapped-lines': 'warn',
  'blank-lines': 'warn',
  'mixed-terminators': 'warn',
  'missing-last-terminator': 'warn',
  'lower-case-ids': 'warn',
  'padded-elements': 'warn',
  'trailing-separators': 'warn',
  'not-utf-8': 'refuse',
  'foreign-group': 'refuse',
  'unknown-version': 'refuse',
};

/** Something odd about an interchange, at its first place. */
export type Strayed = {
  readonly oddity: EnvelopeOddity;
  readonly offset: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
};
