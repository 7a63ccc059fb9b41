import type { Separators } from './separators.ts';

/** What was made of the bytes at an `ISA`. */
export type IsaParse =
  | { readonly kind: 'no' }
  /** Not enough bytes yet to tell. */
  | { readonly kind: 'more' }
  | IsaHeader;

export type IsaHeader = {
  readonly kind: 'isa';
  /** [0] is `ISA`, then up to sixteen elements without their padding. */
  readonly elements: readonly string[];
  readonly separators: Separators;
  /** Bytes up to and with the terminator. */
  readonly length: number;
  readonly padded: boolean;
  /** Line ends were found inside: the whole interchange is wrapped at some width. */
  readonly wrapped: boolean;
  /** TA105 when nothing after this ISA can be read: 004, 022, 023. */
  readonly broken: string | undefined;
};

/** Where the sixteen element separators of a well-formed ISA lie. */
const FIXED = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

/** Bytes looked at before an ISA is given up: a padded one has 106, wrapping and UTF-8 padding add some. */
export const LONGEST_ISA = 400;

const CR = 13;
const LF = 10;
const SPACE = 32;

/** Whether a padded ISA lies at `at`: the one test strong enough to find one in the middle of other data. */
export function isPaddedIsa(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 104 || bytes[at] !== 73 || bytes[at + 1] !== 83 || bytes[at + 2] !== 65) return false;
  const separator = bytes[at + 3]!;
  if (isAlphanumeric(separator)) return false;
  for (const position of FIXED) if (bytes[at + position] !== separator) return false;
  return true;
}

/** Reads the ISA at `at`; `final` says that no bytes will follow those before `end`. */
export function parseIsa(bytes: Uint8Array, at: number, end: number, final: boolean): IsaParse {
  if (end - at < 7 && !final) return { kind: 'more' };
  if (!looksLikeIsa(bytes, at, end)) return { kind: 'no' };
  const mixed = end - at > 6 && bytes[at + 3] !== bytes[at + 6];
  if (mixed && end - at < 104 && !final) return { kind: 'more' };
  const separator = chooseSeparator(bytes, at, end);
  const limit = Math.min(end, at + LONGEST_ISA);
  const { found, i } = scanElements(bytes, at, limit, separator);
  const next = findNextIsa(bytes, at + 4, Math.min(i + 2, limit), end, final);
  if (next === 'more') return { kind: 'more' };
  if (next !== undefined) return breakIsa(scanElements(bytes, at, next, separator).found, '023', next - at);
  const whole = found.positions.length === 16 && i + 1 < end;
  if (mixed && (whole || final || limit - at === LONGEST_ISA)) return breakIsa(found, '026', i - at);
  if (!whole) {
    if (limit < end || limit - at === LONGEST_ISA) return breakIsa(found, '022', i - at);
    return final ? breakIsa(found, '023', i - at) : { kind: 'more' };
  }
  const place = findTerminator(bytes, i, end);
  if (place === 'more' && !final) return { kind: 'more' };
  if (place === undefined || place === 'more')
    return breakIsa(found, isSound(splitIsa(found)) ? '004' : '022', i - at);
  return finishIsa(found, bytes, at, i, place);
}

/** The elements up to the sixteenth separator, behind which `i` stands, without the line ends of a wrapped file. */
function scanElements(
  bytes: Uint8Array,
  at: number,
  limit: number,
  separator: number,
): { readonly found: Found; readonly i: number } {
  const positions: number[] = [];
  let text = '';
  let i = at;
  for (; i < limit && positions.length < 16; i++) {
    const byte = bytes[i]!;
    if (byte === CR || byte === LF) continue;
    if (byte === separator || i === at + 3) positions.push(text.length);
    text += String.fromCharCode(byte);
  }
  return { found: { separator, positions, text, wrapped: i - at > text.length }, i };
}

/** Another ISA before this one has its elements: a file was cut there, and the next must not suffer for it. */
function findNextIsa(
  bytes: Uint8Array,
  from: number,
  to: number,
  end: number,
  final: boolean,
): number | 'more' | undefined {
  for (let k = from; k < to; k++) {
    if (bytes[k] !== 73) continue;
    const undecided = end - k < 104 && !final && (k + 1 >= end || bytes[k + 1] === 83);
    if (undecided && (k + 2 >= end || bytes[k + 2] === 65)) return 'more';
    if (isPaddedIsa(bytes, k, end)) return k;
  }
  return undefined;
}

/** With another sign only between `ISA` and ISA01, the rest can still be told apart, and the sender hears of it. */
function chooseSeparator(bytes: Uint8Array, at: number, end: number): number {
  const [first, second] = [bytes[at + 3]!, bytes[at + 6]!];
  if (first === second || end - at < 104) return first;
  return FIXED.every((position, e) => e === 0 || bytes[at + position] === second) ? second : first;
}

type Found = {
  readonly separator: number;
  readonly positions: readonly number[];
  readonly text: string;
  readonly wrapped: boolean;
};

function finishIsa(
  found: Found,
  bytes: Uint8Array,
  at: number,
  afterLast: number,
  terminatorAt: number,
): IsaHeader {
  const { positions, text, wrapped } = found;
  const elements = splitIsa(found);
  const component = bytes[afterLast]!;
  elements.push(String.fromCharCode(component));
  if (!isSound(elements)) return breakIsa(found, '022', text.length);
  const padded = positions.every((position, e) => position === FIXED[e]) && terminatorAt === afterLast + 1;
  const separators: Separators = {
    element: text.charCodeAt(3),
    component,
    repetition: repetitionOf(elements),
    terminator: bytes[terminatorAt]!,
  };
  const length = terminatorAt + 1 - at;
  return { kind: 'isa', elements, separators, length, padded, wrapped, broken: undefined };
}

/**
 * A missing element lets the next segment slip in: `P*>~GS` is the end of an ISA of fifteen. Names and passwords, up to
 * ISA08, may end so themselves.
 */
function isSound(elements: readonly string[]): boolean {
  return !elements.some((value, e) => e < 16 && ((e > 8 && SLIPPED.test(value)) || value.length > 60));
}

const SLIPPED = /[^A-Za-z0-9 ](GS|ST|TA1|IEA|ISB|ISE)$/;

/** ISA11 separates repeats from 00402 on, unless it still holds the standards id of earlier versions. */
function repetitionOf(elements: readonly string[]): number | undefined {
  const sign = elements[11]!;
  if (elements[12]! < '00402' || sign.length !== 1) return undefined;
  const byte = sign.charCodeAt(0);
  return isAlphanumeric(byte) || byte === SPACE ? undefined : byte;
}

function breakIsa(found: Found, broken: string, length: number): IsaHeader {
  const { separator, wrapped } = found;
  const separators = { element: separator, component: 0x3e, repetition: undefined, terminator: 0x7e };
  return { kind: 'isa', elements: splitIsa(found), separators, length, padded: false, wrapped, broken };
}

function splitIsa(found: Found): string[] {
  const elements = [found.text.slice(0, 3)];
  found.positions.forEach((position, e) => {
    const next = found.positions[e + 1] ?? found.text.length;
    if (e < 15) elements.push(unpad(found.text.slice(position + 1, next)));
  });
  return elements;
}

/** Padding is spaces; web pages and word processors make no-break spaces of them, two bytes each in UTF-8. */
function unpad(value: string): string {
  return value.replace(/\xc2\xa0/g, ' ').trim();
}

/** Normally right after ISA16. Blanks before a line end are an editor's doing, and the line end is meant. */
function findTerminator(bytes: Uint8Array, afterLast: number, end: number): number | 'more' | undefined {
  let i = afterLast + 1;
  while (i < end && bytes[i] === SPACE) i++;
  if (i >= end) return 'more';
  const byte = bytes[i]!;
  const blanks = i > afterLast + 1;
  if (blanks && byte !== CR && byte !== LF) return undefined;
  return isAlphanumeric(byte) || byte === bytes[afterLast] ? undefined : i;
}

/** `ISA`, a separator, two characters, a separator: enough to take a broken one for an ISA and not for prose. */
function looksLikeIsa(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4 || isAlphanumeric(bytes[at + 3]!)) return false;
  if (bytes[at + 3] === CR || bytes[at + 3] === LF) return false;
  for (const k of [4, 5]) if (at + k < end && !isAlphanumeric(bytes[at + k]!)) return false;
  return at + 6 >= end || !isAlphanumeric(bytes[at + 6]!);
}

export function isAlphanumeric(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}
