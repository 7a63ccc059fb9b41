/** How a number of ours is written: `INV-{year}-{00000}`. */
export type NumberPattern = {
  readonly parts: readonly PatternPart[];
  /** `yearly`: with each year the counter begins again. */
  readonly restart: 'yearly' | 'never';
  /** The counter's least value, where another system gave those below. */
  readonly first: number;
};

export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'year'; readonly digits: 2 | 4 }
  /** With zeros before it up to so many digits; a longer value is written whole. */
  | { readonly kind: 'counter'; readonly digits: number };

/** The parts of a pattern, or what is wrong with it. */
export function readPattern(text: string): readonly PatternPart[] | string {
  const parts = [...text.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)].map(([all, inside]) =>
    inside === undefined ? readLiteral(all) : readPlaceholder(inside),
  );
  const wrong = parts.find((part) => typeof part === 'string');
  if (wrong !== undefined) return wrong;
  const known = parts.filter((part) => typeof part !== 'string');
  const counters = known.filter(({ kind }) => kind === 'counter').length;
  if (counters !== 1) return 'expected one counter such as {00000}';
  return known;
}

function readLiteral(text: string): PatternPart | string {
  // What is X12's, or a program's, or not seen on paper has no place in a number that others type and send on.
  return /^[A-Za-z0-9._/-]+$/.test(text)
    ? { kind: 'text', text }
    : 'expected letters, digits, . _ / and -, and {year}, {yy} or {00000} between them';
}

function readPlaceholder(inside: string): PatternPart | string {
  if (inside === 'year') return { kind: 'year', digits: 4 };
  if (inside === 'yy') return { kind: 'year', digits: 2 };
  if (/^0{1,15}$/.test(inside)) return { kind: 'counter', digits: inside.length };
  return `expected {year}, {yy} or a counter such as {00000}, not {${inside}}`;
}

export function hasYear(parts: readonly PatternPart[]): boolean {
  return parts.some(({ kind }) => kind === 'year');
}

/** `year` has four digits. */
export function writeNumber({ parts }: NumberPattern, year: string, value: number): string {
  return parts.map((part) => writePart(part, year, value)).join('');
}

function writePart(part: PatternPart, year: string, value: number): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'year':
      return year.slice(-part.digits);
    case 'counter':
      return String(value).padStart(part.digits, '0');
  }
}
