import { z } from 'zod';
import { loop } from '../page/layout-schema.ts';

/** What a label's layout file may say. Places and measures are millimetres from the top left corner. */

/** Width and height. */
const SIZES = { '4x6': [101.6, 152.4], a6: [105, 148], a5: [148, 210] } as const;
const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

const mm = z.number('expected millimetres such as 12.5').min(0).max(300);
const length = mm.min(0.1, 'expected more than nothing');
const pair = z.tuple([mm, mm], 'expected two numbers in millimetres, such as [3, 12.5]');
const text = z.union([z.string(), z.number().transform(String)], { error: 'expected text' });
const flag = z.boolean();

/** Height of a capital letter: what a retailer's guide means by the size of a text. */
const letter = z.number().min(1).max(40);

const usual = { at: pair, when: z.string().optional() };

const bars = {
  ...usual,
  width: length.describe('Room with the blank zones beside the bars; the barcode stands in its middle.'),
  height: length.describe('Of the bars.'),
  module: length.default(0.5).describe('Width of the narrowest bar.'),
  'least-module': length.optional(),
  caption: letter.optional().describe('Size of the text below the bars.'),
};

export const ITEMS = {
  text: z.strictObject({
    text,
    ...usual,
    width: length,
    size: letter,
    'least-size': letter.optional(),
    height: length.optional().describe('Room for several lines; without it there is one.'),
    align: z.enum(['left', 'center', 'right']).default('left'),
    bold: flag.default(false),
    cut: flag.default(false),
  }),
  line: z.strictObject({
    line: z.enum(['across', 'down']),
    ...usual,
    length,
    thickness: length.default(0.3),
  }),
  box: z.strictObject({ box: pair, ...usual, thickness: length.default(0.3) }),
  'gs1-128': z.strictObject({
    'gs1-128': z.record(z.string(), text),
    ...bars,
  }),
  'code-128': z.strictObject({ 'code-128': text, ...bars }),
  qr: z.strictObject({
    qr: text,
    ...usual,
    size: length.describe('Of the side, with the blank zone around it.'),
  }),
  rows: z.strictObject({
    rows: loop,
    when: z.string().optional(),
    pitch: length.describe('From one row to the next.'),
    most: z.int().min(1).max(100),
    items: z.array(z.unknown()).min(1),
    more: z
      .array(z.unknown())
      .default([])
      .describe('In place of the last row where there are too many; `more` is how many are not shown.'),
  }),
} as const;

export type ItemKind = keyof typeof ITEMS;
export const ITEM_KINDS = Object.keys(ITEMS) as ItemKind[];
export type OptionsOf<K extends ItemKind> = z.output<(typeof ITEMS)[K]>;
export type ItemOptions = { [K in ItemKind]: { readonly kind: K; readonly options: OptionsOf<K> } }[ItemKind];

const size = z.unknown().transform((said, context) => {
  const named = SIZE_NAMES.find((name) => name === said);
  const { data } = z.tuple([length, length]).safeParse(named === undefined ? said : SIZES[named]);
  if (data !== undefined) return { width: data[0], height: data[1] };
  const names = SIZE_NAMES.join(', ');
  context.addIssue(`expected ${names}, or width and height in millimetres such as [100, 150]`);
  return z.NEVER;
});

export const labelFile = z.strictObject({
  size,
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language such as en or de-AT')
    .default('en'),
  words: z.record(z.string(), text).default({}),
  items: z.array(z.unknown()).min(1),
});
