import bwip from 'bwip-js';
import { checkGs1Elements, readGs1Elements } from './gs1-elements.ts';
import { type Symbology, WrongBarcode } from './wrong-barcode.ts';

export type { Symbology } from './wrong-barcode.ts';

/** `text` of a GS1-128 has its application identifiers in brackets: `(00)001234560000000018`. */
export type Barcode = { readonly symbology: Symbology; readonly text: string };

/** What to print, in modules: the narrowest bar, or a dot of a QR code, is one module wide. */
export type BarcodeSymbol = Bars | Matrix;
export type Bars = {
  readonly kind: 'bars';
  /** Widths of bar, space, bar, … */
  readonly runs: readonly number[];
  /** Of all runs, without the quiet zones. */
  readonly width: number;
  /** Left blank on both sides. */
  readonly quiet: number;
};
export type Matrix = {
  readonly kind: 'matrix';
  /** Row by row, from the top: true is dark. */
  readonly dark: readonly boolean[];
  /** Of a side, without the quiet zone. */
  readonly width: number;
  /** Left blank on all four sides. */
  readonly quiet: number;
};

/** ISO/IEC 15417: ten modules beside a Code 128; ISO/IEC 18004: four around a QR code. */
const QUIET = { bars: 10, matrix: 4 };

/** ISO/IEC 18004: M restores 15 % of the symbol. */
const QR_LEVEL = 'M';

/** The symbol of a barcode, or `WrongBarcode` where its text cannot be one. */
export function encodeBarcode({ symbology, text }: Barcode): BarcodeSymbol {
  switch (symbology) {
    case 'gs1-128':
      checkGs1Elements(text, readGs1Elements(text));
      return readBars(encode(symbology, text, { bcid: 'gs1-128', text }));
    case 'code-128':
      if (!/^[ -~]{1,80}$/.test(text))
        throw new WrongBarcode(symbology, text, 'expected 1 to 80 characters from space to ~ (ASCII)');
      return readBars(encode(symbology, text, { bcid: 'code128', text }));
    case 'qr':
      if (text === '' || !text.isWellFormed()) throw new WrongBarcode(symbology, text, 'expected text');
      return readMatrix(encode(symbology, text, { bcid: 'qrcode', eclevel: QR_LEVEL, ...sayCharset(text) }));
  }
}

/** Without a word on it (ECI 26 is UTF-8), readers guess what the bytes of other than ASCII stand for. */
function sayCharset(text: string): { readonly text: string; readonly parsefnc?: true } {
  if (/^[\0-\x7f]*$/.test(text)) return { text };
  return { text: `^ECI000026${text.replaceAll('^', '^^')}`, parsefnc: true };
}

type Raw = { readonly sbs?: readonly number[]; readonly pixs?: readonly number[]; readonly pixx?: number };

type EncoderOptions = {
  readonly bcid: string;
  readonly text: string;
  readonly eclevel?: string;
  readonly parsefnc?: boolean;
};

function encode(symbology: Symbology, text: string, options: EncoderOptions): Raw {
  try {
    const [raw] = bwip.raw(options);
    return raw ?? {};
  } catch (error) {
    throw new WrongBarcode(symbology, text, describeRefusal(error));
  }
}

/** `bwipp.GS1valueTooShort#3842: AI 420: Too short` without its inner name. */
function describeRefusal(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^bwipp\.\w+(#\d+)?: /, '').replace(/ object$/, '');
}

function readBars({ sbs = [] }: Raw): Bars {
  return { kind: 'bars', runs: sbs, width: sbs.reduce((sum, run) => sum + run, 0), quiet: QUIET.bars };
}

function readMatrix({ pixs = [], pixx = 0 }: Raw): Matrix {
  return { kind: 'matrix', dark: pixs.map((pixel) => pixel === 1), width: pixx, quiet: QUIET.matrix };
}
