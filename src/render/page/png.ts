import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A PNG (ISO/IEC 15948) taken apart as far as it takes to lay it on white paper. */
export type Png = {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colors: number;
  readonly interlaced: boolean;
  readonly palette: Buffer;
  /** tRNS, of each colour of the palette. */
  readonly alphas: Buffer;
  readonly data: Buffer;
};

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** IHDR colour types, and the channels of each. */
const PALETTE = 3;
const GREY_ALPHA = 4;
const RGB_ALPHA = 6;
const CHANNELS: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  [PALETTE]: 1,
  [GREY_ALPHA]: 2,
  [RGB_ALPHA]: 4,
};

/** Undefined where it is no PNG, or a damaged one. */
export function readPng(bytes: Buffer): Png | undefined {
  const chunks = bytes.subarray(0, 8).equals(SIGNATURE) ? listChunks(bytes) : [];
  const only = (name: string): Buffer => chunks.find((chunk) => chunk.name === name)?.data ?? Buffer.alloc(0);
  const head = only('IHDR');
  if (head.length !== 13 || CHANNELS[head[9]!] === undefined || chunks.at(-1)?.name !== 'IEND')
    return undefined;
  return {
    width: head.readUInt32BE(0),
    height: head.readUInt32BE(4),
    bits: head[8]!,
    colors: head[9]!,
    interlaced: head[12] !== 0,
    palette: only('PLTE'),
    alphas: only('tRNS'),
    data: Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data)),
  };
}

export function isTransparent({ colors, alphas }: Png): boolean {
  return colors === GREY_ALPHA || colors === RGB_ALPHA || alphas.length > 0;
}

type Chunk = { readonly name: string; readonly data: Buffer };

function listChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const end = at + 8 + bytes.readUInt32BE(at);
    chunks.push({ name: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** The same on white, in RGB of 8 bits; for colours with an alpha channel or a palette. */
export function flattenPng(png: Png): Buffer {
  const { width, height } = png;
  const dots = unfilter(png);
  const stride = Math.ceil((width * CHANNELS[png.colors]! * png.bits) / 8);
  const flat = Buffer.alloc(height * (1 + width * 3));
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha] = readDot(png, dots.subarray(y * stride, (y + 1) * stride), x);
      for (const value of [red, green, blue])
        flat[to++] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return writePng(width, height, flat);
}

type Dot = readonly [red: number, green: number, blue: number, alpha: number];

function readDot({ colors, bits, palette, alphas }: Png, line: Buffer, x: number): Dot {
  if (colors === RGB_ALPHA) return [line[x * 4]!, line[x * 4 + 1]!, line[x * 4 + 2]!, line[x * 4 + 3]!];
  if (colors === GREY_ALPHA) return [line[x * 2]!, line[x * 2]!, line[x * 2]!, line[x * 2 + 1]!];
  const index = (line[(x * bits) >> 3]! >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
  const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
  return [red, green, blue, alphas[index] ?? 255];
}

/** ISO/IEC 15948 clause 9: each line is told by its difference to what is left of it and above. */
function unfilter({ width, height, bits, colors, data }: Png): Buffer {
  const stride = Math.ceil((width * CHANNELS[colors]! * bits) / 8);
  const step = Math.max(1, (CHANNELS[colors]! * bits) >> 3);
  const raw = inflateSync(data);
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)]!;
    for (let i = 0; i < stride; i += 1) {
      const at = y * stride + i;
      const left = i >= step ? out[at - step]! : 0;
      const above = y > 0 ? out[at - stride]! : 0;
      const corner = y > 0 && i >= step ? out[at - stride - step]! : 0;
      out[at] = raw[y * (stride + 1) + 1 + i]! + predict(filter, left, above, corner);
    }
  }
  return out;
}

function predict(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const [a, b, c] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs) as [
        number,
        number,
        number,
      ];
      if (a <= b && a <= c) return left;
      return b <= c ? above : corner;
    }
    default:
      return 0;
  }
}

function writePng(width: number, height: number, lines: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    writeChunk('IHDR', head),
    writeChunk('IDAT', deflateSync(lines)),
    writeChunk('IEND', Buffer.alloc(0)),
  ]);
}

function writeChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
