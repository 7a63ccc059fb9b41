import { assert } from '../../lib/assert.ts';
import type { BarcodeSymbol, Bars, Matrix } from './barcode.ts';

/** What is drawn on: the part of a pdfkit document that paints rectangles. */
export type Canvas = {
  save(): unknown;
  restore(): unknown;
  rect(x: number, y: number, width: number, height: number): unknown;
  fillColor(color: string): unknown;
  fill(): unknown;
};

/** Top left corner of the box with its quiet zones, and measures in points. */
export type BarcodePlace = {
  readonly x: number;
  readonly y: number;
  readonly moduleWidth: number;
  /** Of the bars; a QR code is as high as it is wide. */
  readonly height?: number;
};

export type BoxSize = { readonly width: number; readonly height: number };

/** The box that a symbol needs, its quiet zones counted. */
export function measureSymbol(
  symbol: BarcodeSymbol,
  { moduleWidth, height }: Pick<BarcodePlace, 'moduleWidth' | 'height'>,
): BoxSize {
  const width = (symbol.width + 2 * symbol.quiet) * moduleWidth;
  if (symbol.kind === 'matrix') return { width, height: width };
  assert(height !== undefined, 'bars need a height');
  return { width, height };
}

/** Paints a symbol as rectangles of whole modules. */
export function drawSymbol(canvas: Canvas, symbol: BarcodeSymbol, place: BarcodePlace): void {
  const { height } = measureSymbol(symbol, place);
  canvas.save();
  canvas.fillColor('black');
  if (symbol.kind === 'bars') drawBars(canvas, symbol, place, height);
  else drawMatrix(canvas, symbol, place);
  canvas.fill();
  canvas.restore();
}

function drawBars(
  canvas: Canvas,
  { runs, quiet }: Bars,
  { x, y, moduleWidth }: BarcodePlace,
  height: number,
): void {
  let at = quiet;
  for (const [i, run] of runs.entries()) {
    if (i % 2 === 0) canvas.rect(x + at * moduleWidth, y, run * moduleWidth, height);
    at += run;
  }
}

/** Dark modules side by side are one rectangle: no hairline shows between them. */
function drawMatrix(
  canvas: Canvas,
  { dark, width, quiet }: Matrix,
  { x, y, moduleWidth }: BarcodePlace,
): void {
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (dark[row * width + column] !== true) continue;
      const from = column;
      while (column + 1 < width && dark[row * width + column + 1] === true) column += 1;
      canvas.rect(
        x + (quiet + from) * moduleWidth,
        y + (quiet + row) * moduleWidth,
        (column + 1 - from) * moduleWidth,
        moduleWidth,
      );
    }
  }
}
