import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { assert } from '../../lib/assert.ts';

const FONTS = import.meta.resolve('dejavu-fonts-ttf/package.json');

/** Families that a layout may name, each with its faces: free fonts that may be embedded, made for screen and print. */
const FAMILIES = {
  sans: {
    regular: 'DejaVuSansCondensed',
    bold: 'DejaVuSansCondensed-Bold',
    italic: 'DejaVuSansCondensed-Oblique',
    'bold-italic': 'DejaVuSansCondensed-BoldOblique',
  },
  serif: {
    regular: 'DejaVuSerifCondensed',
    bold: 'DejaVuSerifCondensed-Bold',
    italic: 'DejaVuSerifCondensed-Italic',
    'bold-italic': 'DejaVuSerifCondensed-BoldItalic',
  },
  mono: {
    regular: 'DejaVuSansMono',
    bold: 'DejaVuSansMono-Bold',
    italic: 'DejaVuSansMono-Oblique',
    'bold-italic': 'DejaVuSansMono-BoldOblique',
  },
} as const;

export type Family = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as [Family, ...Family[]];

/** One font file. Measures are parts of its size. */
export type Face = {
  readonly name: string;
  readonly ascent: number;
  readonly descent: number;
  /** Undefined where the font has no sign for the character. */
  readonly advance: (codePoint: number) => number | undefined;
  /** As pdfkit takes it. */
  readonly source: FontSource;
};

type FontSource = PDFKit.Mixins.PDFFontSource;

/** The part of a parsed font that is used here, as pdfkit uses it. */
type Font = {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly hasGlyphForCodePoint: (codePoint: number) => boolean;
  readonly glyphForCodePoint: (codePoint: number) => Glyph;
};
type Glyph = { readonly id: number; readonly advanceWidth: number };

/** Parsed once in a process: it takes much longer than a page. */
const faces = new Map<string, Face>();

export function findFace(family: Family, { bold = false, italic = false }: FaceStyle): Face {
  const style = bold && italic ? 'bold-italic' : bold ? 'bold' : italic ? 'italic' : 'regular';
  const name = FAMILIES[family][style];
  const known = faces.get(name);
  if (known !== undefined) return known;
  const face = makeFace(name, parseFont(name));
  faces.set(name, face);
  return face;
}

export type FaceStyle = { readonly bold?: boolean | undefined; readonly italic?: boolean | undefined };

/** pdfkit parses a font anew for each document, unless it is given what it made of the file before. */
function parseFont(name: string): Font {
  const path = fileURLToPath(new URL(`ttf/${name}.ttf`, FONTS));
  const document = new PDFDocument({ autoFirstPage: false }).font(path);
  const { _font: opened } = document as unknown as { readonly _font?: { readonly font?: Font } };
  assert(opened?.font !== undefined, `pdfkit keeps no parsed font of ${name}`);
  return opened.font;
}

/** A sign of the font, with its width in units of the font and in parts of the size. */
type Sign = { readonly glyph: Glyph; readonly units: number; readonly advance: number };

function makeFace(name: string, font: Font): Face {
  const { unitsPerEm, ascent, descent } = font;
  const signs = new Map<number, Sign | undefined>();
  const find = (codePoint: number): Sign | undefined => {
    if (!signs.has(codePoint)) signs.set(codePoint, readSign(font, codePoint));
    return signs.get(codePoint);
  };
  return {
    name,
    ascent: ascent / unitsPerEm,
    descent: -descent / unitsPerEm,
    advance: (codePoint) => find(codePoint)?.advance,
    source: Object.assign(Object.create(font), {
      layout: (text: string) => layOut(text, find),
    }) as unknown as FontSource,
  };
}

function readSign(font: Font, codePoint: number): Sign | undefined {
  if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
  const glyph = font.glyphForCodePoint(codePoint);
  const units = glyph.advanceWidth;
  return { glyph, units, advance: units / font.unitsPerEm };
}

/** One sign a character, as they are measured: no ligatures, which a person who copies the text would stumble over. */
function layOut(text: string, find: (codePoint: number) => Sign | undefined): unknown {
  const signs = [...text].map((sign) => find(sign.codePointAt(0)!)!);
  return {
    glyphs: signs.map(({ glyph }) => glyph),
    positions: signs.map(({ units }) => ({ xAdvance: units, yAdvance: 0, xOffset: 0, yOffset: 0 })),
    advanceWidth: signs.reduce((sum, { units }) => sum + units, 0),
  };
}
