import { flattenPng, isTransparent, readPng } from './png.ts';

/** An image as it goes into a document: of one layer, so that a page with it is the same in every viewer. */
export type Picture = {
  /** PNG without transparency, or JPEG in grey or RGB. */
  readonly bytes: Buffer;
  /** In dots. */
  readonly width: number;
  readonly height: number;
};

/** A4 at 300 dots an inch; more only makes each document larger. */
const MOST_DOTS = 2480 * 3508;

export type ReadPicture =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'wrong'; readonly message: string };

export function readPicture(bytes: Buffer): ReadPicture {
  const read = bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(bytes) : readPngPicture(bytes);
  if (read.kind === 'wrong') return read;
  const { width, height } = read.picture;
  if (width * height > MOST_DOTS)
    return wrong(`is ${width} × ${height} dots: make it smaller, 2000 × 2000 at most`);
  return read;
}

function wrong(message: string): ReadPicture {
  return { kind: 'wrong', message };
}

function readPngPicture(bytes: Buffer): ReadPicture {
  const png = readPng(bytes);
  if (png === undefined) return wrong('is neither a PNG nor a JPEG that can be read');
  const { width, height, interlaced, bits, colors, alphas } = png;
  if (interlaced) return wrong('is interlaced: save it as a PNG without interlacing');
  if (!isTransparent(png)) return { kind: 'picture', picture: { bytes, width, height } };
  if (bits === 16 || (alphas.length > 0 && colors !== 3))
    return wrong('is transparent in a way that cannot be read: save it as a PNG in RGBA, 8 bits a channel');
  return { kind: 'picture', picture: { bytes: flattenPng(png), width, height } };
}

/** JPEG markers with the size of the image: frames of all codings but the arithmetic ones (ITU-T T.81 B.1.1.3). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

function readJpeg(bytes: Buffer): ReadPicture {
  let at = 2;
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (FRAMES.has(marker)) {
      const [height, width, layers] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7), bytes[at + 9]];
      // A page in RGB is printed alike everywhere; CMYK is made for one press.
      if (layers === 4) return wrong('is a JPEG in CMYK: save it in RGB');
      return { kind: 'picture', picture: { bytes, width, height } };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return wrong('is a JPEG that cannot be read: save it again, as a baseline or progressive JPEG');
}
