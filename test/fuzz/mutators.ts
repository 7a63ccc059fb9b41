import type { Random } from './random.ts';

type Mutate = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

/** Pieces that files of this kind are made of, and signs that no reader expects. */
const DICTIONARY = [
  ...[
    'ISA*',
    'GS*',
    'ST*',
    'SE*',
    'GE*1*',
    'IEA*1*',
    'TA1*',
    'HL*',
    'HL*1**S*1~',
    'LS*',
    'LE*',
    'CTT*',
    'PO1*',
    'N1*ST',
  ],
  ...[
    '850',
    '856',
    '997',
    '999',
    '004010',
    '005010',
    '003060',
    'PO',
    'FA',
    '0001',
    '000000001',
    '20240230',
    '2460',
  ],
  ...[
    '*',
    '~',
    '>',
    '^',
    '|',
    ':',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '**',
    '~~',
    '*~',
    '>>',
    '^^',
    '\x1c',
    '\x1d',
    '\0',
    '\x1a',
    '\x7f',
  ],
  ...[
    '\xef\xbb\xbf',
    '\xff',
    '\xc3',
    '\xe2\x80\xa8',
    '-',
    '.',
    '1E9',
    '99999999999999999999',
    '-0',
    '1.2.3',
    '__proto__',
    'constructor',
  ],
].map((text) => Buffer.from(text, 'latin1'));

/** What happens to a file on its way, and what nobody would think of. */
const MUTATORS: readonly Mutate[] = [
  (bytes, random) => replace(bytes, random.below(bytes.length), 1, Buffer.of(random.below(256))),
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    if (at < copy.length) copy[at]! ^= 1 << random.below(8);
    return copy;
  },
  (bytes, random) => replace(bytes, random.below(bytes.length + 1), 0, random.choose(DICTIONARY)),
  (bytes, random) =>
    replace(bytes, random.below(bytes.length), 1 + random.below(8), random.choose(DICTIONARY)),
  (bytes, random) => replace(bytes, random.below(bytes.length), random.below(200), Buffer.alloc(0)),
  (bytes, random) => {
    const from = random.below(bytes.length);
    return replace(bytes, random.below(bytes.length), 0, bytes.subarray(from, from + random.below(200)));
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random, others) => {
    const other = random.choose(others);
    const from = random.below(other.length);
    return replace(
      bytes,
      random.below(bytes.length),
      random.below(100),
      other.subarray(from, from + random.below(400)),
    );
  },
  (bytes, random, others) => Buffer.concat([bytes, random.choose(others)]),
  (bytes, random) => changePiece(bytes, random, swapPieces),
  (bytes, random) => changePiece(bytes, random, (pieces, i) => pieces.toSpliced(i, 1)),
  (bytes, random) => changePiece(bytes, random, (pieces, i) => pieces.toSpliced(i, 0, pieces[i]!)),
  (bytes, random) => changePiece(bytes, random, (pieces, i) => pieces.with(i, Buffer.alloc(0))),
  (bytes, random) => replaceAll(bytes, random.choose(SIGNS), random.below(256)),
];

const SIGNS = [...'*~>^:|\n'].map((sign) => sign.charCodeAt(0));

/** One to six of them, one after the other; never longer than a set may sensibly be here. */
export function mutate(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let mutated = bytes;
  for (let n = 1 + random.below(6); n > 0 && mutated.length > 0; n--) {
    mutated = random.choose(MUTATORS)(mutated, random, others);
  }
  return mutated.subarray(0, 20_000);
}

function replace(bytes: Buffer, at: number, length: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}

function replaceAll(bytes: Buffer, from: number, to: number): Buffer {
  return bytes.map((byte) => (byte === from ? to : byte)) as Buffer;
}

/** A segment or an element as a whole: what lies between two of the same sign. */
function changePiece(
  bytes: Buffer,
  random: Random,
  change: (pieces: readonly Buffer[], i: number, random: Random) => readonly Buffer[],
): Buffer {
  const sign = random.choose(SIGNS);
  const pieces: Buffer[] = [];
  let start = 0;
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, start)) {
    pieces.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  pieces.push(bytes.subarray(start));
  return Buffer.concat(change(pieces, random.below(pieces.length), random));
}

function swapPieces(pieces: readonly Buffer[], i: number, random: Random): readonly Buffer[] {
  const k = random.below(pieces.length);
  return pieces.with(i, pieces[k]!).with(k, pieces[i]!);
}
