import type { Place } from '../../lib/mistake.ts';
import type { Symbology } from '../barcode/barcode.ts';
import type { Condition, LayoutText, Loop } from '../page/layout.ts';
import type { Align } from '../page/paragraph.ts';

/** A label's layout file, checked and made ready. All measures are millimetres. */
export type LabelLayout = {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly LabelItem[];
};

export type LabelItem = { readonly place: Place; readonly when: Condition | undefined } & ItemContent;

export type ItemContent = TextItem | RectangleItem | BarcodeItem | RowsItem;

export type At = { readonly x: number; readonly y: number };

export type TextItem = At & {
  readonly kind: 'text';
  readonly text: LayoutText;
  readonly width: number;
  /** Of the room for its lines; one line where absent. */
  readonly height: number | undefined;
  /** Of a capital letter; where the text does not fit it may shrink to the least. */
  readonly size: number;
  readonly leastSize: number;
  readonly align: Align;
  readonly bold: boolean;
  /** What still does not fit may be left out. */
  readonly cut: boolean;
};

/** `thickness` of the frame; a line is a rectangle that is all frame. */
export type RectangleItem = At & {
  readonly kind: 'rectangle';
  readonly width: number;
  readonly height: number;
  readonly thickness: number;
};

export type BarcodeItem = At & {
  readonly kind: 'barcode';
  readonly symbology: Symbology;
  /** Of a GS1-128 one for each element, with its application identifier. */
  readonly parts: readonly { readonly ai: string; readonly text: LayoutText }[];
  readonly width: number;
  readonly height: number;
  readonly module: number;
  readonly leastModule: number;
  /** Size of the text below. */
  readonly caption: number | undefined;
};

export type RowsItem = {
  readonly kind: 'rows';
  readonly loop: Loop;
  readonly pitch: number;
  readonly most: number;
  readonly items: readonly LabelItem[];
  readonly more: readonly LabelItem[];
};

/** From one baseline to the next, in heights of a capital letter. */
export const LINE_PITCH = 1.55;

/** What hangs below the baseline, in heights of a capital letter. */
const DESCENT = 0.33;

/** Between bars and the text below them. */
export const CAPTION_GAP = 0.8;

/** With what hangs below the line. */
export function heightOfLine(size: number): number {
  return size * (1 + DESCENT);
}
