import { crc32, deflateSync, inflateSync } from 'node:zlib';
import test from 'ava';
import { z } from 'zod';
import { readPicture } from '../../../src/render/page/picture.ts';
import { renderPage } from '../../../src/render/page/render-page.ts';
import { layoutFrom } from './layouts.ts';

type Given = {
  readonly colors: number;
  readonly bits?: number;
  readonly interlace?: number;
  readonly width: number;
  /** With their filters. */
  readonly lines: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly alphas?: readonly number[];
};

function makePng({ colors, bits = 8, interlace = 0, width, lines, palette, alphas }: Given): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(lines.length, 4);
  head.set([bits, colors, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...(palette === undefined ? [] : [chunk('PLTE', Buffer.from(palette))]),
    ...(alphas === undefined ? [] : [chunk('tRNS', Buffer.from(alphas))]),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

function pictureOf(bytes: Buffer) {
  const read = readPicture(bytes);
  if (read.kind === 'wrong') throw new Error(read.message);
  return read.picture;
}

/** The dots of an RGB picture without filters. */
function dotsOf(bytes: Buffer): number[] {
  const at = bytes.indexOf('IDAT');
  return [...inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))];
}

test('a transparent PNG is laid on white', (t) => {
  const png = makePng({
    colors: 6,
    width: 3,
    lines: [[0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 100, 200, 128]],
  });
  const { width, height, bytes } = pictureOf(png);
  t.deepEqual([width, height], [3, 1]);
  // Opaque red; nothing at all; half of (0, 100, 200).
  t.deepEqual(dotsOf(bytes), [0, 255, 0, 0, 255, 255, 255, 127, 177, 227]);
});

test('the filters of a PNG are undone', (t) => {
  const png = makePng({
    colors: 4,
    width: 2,
    lines: [
      [1, 10, 255, 5, 0],
      [2, 1, 0, 1, 0],
      [3, 1, 128, 1, 0],
      [4, 1, 0, 1, 0],
    ],
  });
  const grey = dotsOf(pictureOf(png).bytes);
  const rows = [0, 1, 2, 3].map((y) => [grey[y * 7 + 1], grey[y * 7 + 4]]);
  // Sub: 10, 10+5. Up: +1. Average of left and above: 1+floor(11/2)=6, then 1+floor((6+16)/2)=12. Paeth: 6+1, then 12+1.
  t.deepEqual(rows, [
    [10, 15],
    [11, 16],
    [6, 12],
    [7, 13],
  ]);
});

test('a palette with transparent colours is laid on white', (t) => {
  const png = makePng({
    colors: 3,
    bits: 2,
    width: 4,
    palette: [0, 0, 0, 200, 0, 0, 0, 200, 0],
    alphas: [255, 0],
    lines: [[0, 0b00_01_10_00]],
  });
  t.deepEqual(dotsOf(pictureOf(png).bytes), [0, 0, 0, 0, 255, 255, 255, 0, 200, 0, 0, 0, 0]);
});

test('a PNG without transparency stays as it is', (t) => {
  const png = makePng({ colors: 2, width: 1, lines: [[0, 1, 2, 3]] });
  t.is(pictureOf(png).bytes, png);
});

const REFUSED: readonly (readonly [string, Buffer, RegExp])[] = [
  [
    'interlaced PNG',
    makePng({ colors: 2, width: 1, interlace: 1, lines: [[0, 1, 2, 3]] }),
    /without interlacing/,
  ],
  ['CMYK JPEG', jpeg(4, 8, 8), /save it in RGB/],
  ['huge JPEG', jpeg(3, 9000, 9000), /9000 × 9000 dots: make it smaller/],
  ['GIF', Buffer.from('GIF89a........'), /neither a PNG nor a JPEG/],
  [
    'cut PNG',
    makePng({ colors: 2, width: 1, lines: [[0, 1, 2, 3]] }).subarray(0, -14),
    /neither a PNG nor a JPEG/,
  ],
  ['file without content', Buffer.alloc(0), /neither a PNG nor a JPEG/],
];

for (const [what, bytes, told] of REFUSED)
  test(`a ${what} is refused`, (t) => {
    const read = readPicture(bytes);
    t.is(read.kind, 'wrong');
    t.regex(read.kind === 'wrong' ? read.message : '', told);
  });

test('the size of a JPEG is read', (t) => {
  const { width, height } = pictureOf(jpeg(3, 640, 480));
  t.deepEqual([width, height], [640, 480]);
});

/** Head of a JPEG: an APP0 segment, then the frame. */
function jpeg(layers: number, width: number, height: number): Buffer {
  const frame = Buffer.alloc(20);
  frame.set([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8]);
  frame.writeUInt16BE(height, 13);
  frame.writeUInt16BE(width, 15);
  frame[17] = layers;
  return frame;
}

test('a picture is in the file once, however often it is drawn', (t) => {
  const png = makePng({
    colors: 6,
    width: 40,
    lines: Array.from({ length: 40 }, (_, y) => [
      0,
      ...Array.from({ length: 160 }, (_, x) => (x * 7 + y * 13) % 256),
    ]),
  });
  const pictures = new Map([['a.png', pictureOf(png)]]);
  const schema = z.strictObject({ date: z.string() });
  const [once, often] = [1, 20].map((count) =>
    renderPage(
      layoutFrom(schema, `title: x\nbody:\n${'  - { image: a.png, height: 8mm }\n'.repeat(count)}`, pictures),
      { date: '2026-11-20' },
    ),
  );
  t.true(often!.length < once!.length + 2000);
  t.is(Buffer.from(often!).toString('latin1').split('/Subtype /Image').length - 1, 1);
});
