import type { BarcodeSymbol } from '../barcode/barcode.ts';
import type { BarcodePlace } from '../barcode/draw-barcode.ts';
import type { Face } from './faces.ts';
import type { Picture } from './picture.ts';

/** What boxes draw with: a page of the document that is being made, in points from its top left corner. */
export type Pen = {
  /** One line of text; `y` is the baseline. */
  readonly text: (line: string, x: number, y: number, ink: Ink) => void;
  readonly rule: (from: Point, to: Point, stroke: Stroke) => void;
  readonly fill: (area: Area, color: string) => void;
  readonly outline: (area: Area, stroke: Stroke) => void;
  readonly image: (picture: Picture, area: Area) => void;
  readonly symbol: (symbol: BarcodeSymbol, place: BarcodePlace) => void;
};

export type Ink = { readonly face: Face; readonly size: number; readonly color: string };
export type Point = { readonly x: number; readonly y: number };
export type Stroke = { readonly width: number; readonly color: string };
export type Area = Point & { readonly width: number; readonly height: number };
