import type { Barcode, BarcodeSymbol } from '../barcode/barcode.ts';
import type { Align } from '../page/paragraph.ts';

/** A label with all that stands on it, in millimetres: what a PDF and a label printer draw alike. */
export type DrawnLabel = {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
};

export type Mark = TextMark | RectangleMark | BarcodeMark;

/** One line; its capitals reach from `y` down by `size`. */
export type TextMark = {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly line: string;
  readonly size: number;
  readonly align: Align;
  readonly bold: boolean;
};

export type RectangleMark = {
  readonly kind: 'rectangle';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly thickness: number;
};

/** In the middle of its room. A QR code has a room as wide as it is high, its quiet zone in it. */
export type BarcodeMark = {
  readonly kind: 'barcode';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly module: number;
  readonly barcode: Barcode;
  readonly symbol: BarcodeSymbol;
};
