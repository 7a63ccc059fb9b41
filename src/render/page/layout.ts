import type { Place } from '../../lib/mistake.ts';
import type { Symbology } from '../barcode/barcode.ts';
import type { Width } from './length.ts';
import type { Align, TextStyle } from './paragraph.ts';
import type { Picture } from './picture.ts';

/** A layout file, checked and made ready: what a page of it looks like for any model of its type. */
export type Layout<Model> = {
  readonly file: string;
  /** The model, if it is of the type that the layout was checked against; a bug of ours otherwise. */
  readonly accept: (model: unknown) => Model;
  readonly language: string;
  readonly title: LayoutText;
  readonly page: PageSize;
  readonly gap: number;
  readonly header: readonly Block[];
  readonly footer: readonly Block[];
  readonly body: readonly Block[];
  /** By name, as `image` names them. */
  readonly pictures: ReadonlyMap<string, Picture>;
};

export type PageSize = { readonly width: number; readonly height: number; readonly margins: Sides };
export type Sides = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

/** The model, and what loops and pages add to it. */
export type Values = Readonly<Record<string, unknown>>;

export type LayoutText = { readonly place: Place; readonly render: (values: Values) => string };

export type Block = { readonly place: Place; readonly when: Condition | undefined } & BlockContent;

export type BlockContent =
  | TextBlock
  | FieldsBlock
  | TableBlock
  | ColumnsBlock
  | GroupBlock
  | ImageBlock
  | SymbolBlock
  | { readonly kind: 'rule'; readonly width: number; readonly color: string }
  | { readonly kind: 'space'; readonly height: number }
  | EndMarkBlock;

export type Condition = (values: Values) => boolean;

export type TextBlock = {
  readonly kind: 'text';
  readonly text: LayoutText;
  readonly style: TextStyle;
  /** It stays with what follows it. */
  readonly heading: boolean;
};

export type FieldsBlock = {
  readonly kind: 'fields';
  readonly fields: readonly { readonly label: LayoutText; readonly value: LayoutText }[];
  readonly columns: number;
  readonly labels: 'above' | 'beside';
  /** Of labels beside their values. */
  readonly labelWidth: Width | undefined;
  readonly label: TextStyle;
  readonly value: TextStyle;
};

export type Loop = { readonly name: string; readonly path: readonly string[] };

export type TableBlock = {
  readonly kind: 'table';
  readonly rows: Loop;
  readonly columns: readonly TableColumn[];
  /** A line of its own under each row. */
  readonly below: LayoutText | undefined;
  readonly belowStyle: TextStyle;
  readonly totals: readonly TableTotal[];
  readonly empty: LayoutText | undefined;
  readonly emptyStyle: TextStyle;
  readonly colors: {
    readonly line: string;
    readonly strong: string;
    readonly head: string;
    readonly stripe: string | undefined;
  };
};

export type TableColumn = {
  readonly title: LayoutText | undefined;
  readonly width: Width | undefined;
  readonly head: TextStyle;
  readonly cell: CellContent;
};

export type CellContent =
  | { readonly kind: 'text'; readonly text: LayoutText; readonly style: TextStyle }
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] };

export type TableTotal = {
  readonly each: Loop | undefined;
  readonly label: LayoutText;
  readonly value: LayoutText;
  readonly style: TextStyle;
  readonly when: Condition | undefined;
};

export type ColumnsBlock = {
  readonly kind: 'columns';
  readonly columns: readonly {
    readonly width: Width | undefined;
    readonly blocks: readonly Block[];
    readonly gap: number;
  }[];
  readonly between: number;
};

export type GroupBlock = {
  readonly kind: 'group';
  readonly blocks: readonly Block[];
  readonly each: Loop | undefined;
  readonly keep: boolean;
  readonly gap: number;
  readonly frame: Frame | undefined;
};

export type Frame = {
  readonly padding: number;
  readonly border: string | undefined;
  readonly shade: string | undefined;
};

export type ImageBlock = {
  readonly kind: 'image';
  readonly name: LayoutText;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly align: Align;
  readonly optional: boolean;
};

export type EndMarkBlock = {
  readonly kind: 'end-mark';
  readonly text: LayoutText;
  readonly style: TextStyle;
  readonly line: string;
};

export type SymbolBlock = {
  readonly kind: 'symbol';
  readonly symbology: Symbology;
  readonly text: LayoutText;
  readonly align: Align;
  /** Of a QR code the side with its quiet zone, of a barcode the height of its bars. */
  readonly size: number;
  readonly moduleWidth: number;
  /** Left out where its text cannot be one, or has no room. */
  readonly optional: boolean;
  /** Style of the text below. */
  readonly caption: TextStyle | undefined;
};
