import { z } from 'zod';
import { FAMILY_NAMES } from './faces.ts';
import { length, width, writeNumber } from './length.ts';

/** What a layout file may say, block by block. Blocks within blocks are checked one by one. */

const blocks = z.array(z.unknown(), 'expected a list of blocks: each line of it starts with `- `');
const align = z.enum(['left', 'center', 'right']);
const flag = z.boolean();
const text = z.preprocess(writeNumber, z.string('expected text'));

const COLOR_NAMES = ['text', 'quiet', 'accent', 'line', 'shade', 'white'] as const;
const hex = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as "#0b3d62", in quotes');
const color = z
  .string()
  .regex(
    new RegExp(`^(${COLOR_NAMES.join('|')}|#[0-9a-fA-F]{6})$`),
    `expected one of ${COLOR_NAMES.join(', ')}, or a colour such as "#0b3d62" in quotes`,
  );

const ink = {
  font: z.enum(FAMILY_NAMES).optional(),
  size: length.optional(),
  bold: flag.optional(),
  italic: flag.optional(),
  color: color.optional(),
  align: align.optional(),
};
export type InkOptions = z.output<z.ZodObject<typeof ink>>;

/** Of every block: it is there only where this holds. */
const when = { when: z.string().optional() };

const LOOP = /^([a-z]\w*) in ([a-z]\w*(?:\.\w+)*)$/i;
export const loop = z
  .string()
  .regex(LOOP, 'expected a name for one of them and the list, such as `line in lines`')
  .transform((said) => {
    const [, name = '', path = ''] = LOOP.exec(said) ?? [];
    return { name, path: path.split('.') };
  });

const column = z.strictObject({
  title: text.optional(),
  value: text.optional(),
  blocks: blocks.optional(),
  width: width.optional(),
  ...ink,
});

const total = z.strictObject({
  label: text,
  value: text,
  each: loop.optional(),
  bold: flag.optional(),
  ...when,
});

export const BLOCKS = {
  heading: z.strictObject({ heading: text, level: z.literal([1, 2, 3]).default(2), ...ink, ...when }),
  text: z.strictObject({ text, ...ink, ...when }),
  fields: z.strictObject({
    fields: z.record(z.string(), text),
    columns: z.int().min(1).max(6).default(2),
    labels: z.enum(['above', 'beside']).default('above'),
    'label-width': width.optional(),
    size: length.optional(),
    ...when,
  }),
  table: z.strictObject({
    table: loop,
    columns: z.array(column).min(1),
    below: text.optional(),
    totals: z.array(total).default([]),
    empty: text.optional(),
    stripes: flag.default(false),
    size: length.optional(),
    ...when,
  }),
  image: z.strictObject({
    image: text,
    width: length.optional(),
    height: length.optional(),
    align: align.default('left'),
    optional: flag.default(false),
    ...when,
  }),
  qr: z.strictObject({
    qr: text,
    size: length.prefault('22mm'),
    align: align.default('left'),
    ...when,
  }),
  barcode: z.strictObject({
    barcode: text,
    symbology: z.enum(['code-128', 'gs1-128']).default('code-128'),
    height: length.prefault('12mm'),
    module: length.prefault('0.33mm'),
    caption: flag.default(true),
    align: align.default('left'),
    optional: flag.default(false),
    ...when,
  }),
  columns: z.strictObject({
    columns: z.array(z.strictObject({ blocks, width: width.optional(), gap: length.optional() })).min(2),
    between: length.prefault('6mm'),
    ...when,
  }),
  blocks: z.strictObject({
    blocks,
    each: loop.optional(),
    keep: flag.default(false),
    gap: length.optional(),
    border: color.optional(),
    shade: color.optional(),
    padding: length.optional(),
    ...when,
  }),
  rule: z.strictObject({
    rule: z.null(),
    width: length.prefault('0.5pt'),
    color: color.default('line'),
    ...when,
  }),
  space: z.strictObject({ space: length, ...when }),
  'end-mark': z.strictObject({ 'end-mark': text, ...when }),
} as const;

export type BlockKind = keyof typeof BLOCKS;
export type OptionsOf<K extends BlockKind> = z.output<(typeof BLOCKS)[K]>;
export type BlockOptions = {
  [K in BlockKind]: { readonly kind: K; readonly options: OptionsOf<K> };
}[BlockKind];
/** In the order in which a block's keys are looked at: `columns` is an option of two others, and comes after them. */
export const BLOCK_KINDS = Object.keys(BLOCKS) as BlockKind[];

const SIZES = { letter: [612, 792], legal: [612, 1008], a4: [595.28, 841.89], a5: [419.53, 595.28] } as const;
const SIZE_NAMES = Object.keys(SIZES) as [keyof typeof SIZES, ...(keyof typeof SIZES)[]];

const page = z
  .strictObject({
    size: z.enum(SIZE_NAMES).default('letter'),
    orientation: z.enum(['portrait', 'landscape']).default('portrait'),
    margins: z
      .union([
        length.transform((all) => ({ top: all, right: all, bottom: all, left: all })),
        z.strictObject({ top: length, right: length, bottom: length, left: length }),
      ])
      .prefault('18mm'),
  })
  .transform(({ size, orientation, margins }) => {
    const [short, long] = SIZES[size];
    const [width, height] = orientation === 'portrait' ? [short, long] : [long, short];
    return { width, height, margins };
  });

export const layoutFile = z.strictObject({
  title: text,
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language such as en or de-AT')
    .default('en'),
  words: z.record(z.string(), text).default({}),
  page: page.prefault({}),
  font: z
    .strictObject({
      family: z.enum(FAMILY_NAMES).default('sans'),
      size: length.prefault('9pt'),
      spacing: z.number().min(1).max(3).default(1.35),
    })
    .prefault({}),
  colors: z
    .strictObject({
      text: hex.default('#1c2126'),
      quiet: hex.default('#5c6670'),
      accent: hex.default('#12466b'),
      line: hex.default('#b9c2ca'),
      shade: hex.default('#eef2f5'),
    })
    .prefault({}),
  gap: length.prefault('3mm'),
  header: blocks.default([]),
  footer: blocks.default([]),
  body: blocks,
});

export type LayoutFile = z.output<typeof layoutFile>;
