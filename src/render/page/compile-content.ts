import { findNode, findText } from '../../lib/yaml-tree.ts';
import { compileTable } from './compile-table.ts';
import { compileText } from './compile-text.ts';
import type {
  BlockContent,
  ColumnsBlock,
  FieldsBlock,
  GroupBlock,
  ImageBlock,
  SymbolBlock,
} from './layout.ts';
import type { BlockOptions, OptionsOf } from './layout-schema.ts';
import { blocksAt, enterLoopAt, needText, type Site } from './site.ts';

/** Sizes of what a layout gives no size of its own, in parts of the size of its texts. */
const HEADING_SIZES = { 1: 2.1, 2: 1.25, 3: 1 } as const;
const LABEL_SIZE = 0.82;
const CAPTION_SIZE = 0.9;

export function compileContent(site: Site, block: BlockOptions): BlockContent {
  const { styles } = site.shop;
  switch (block.kind) {
    case 'heading':
      return compileHeading(site, block.options);
    case 'text':
      return {
        kind: 'text',
        text: needText(site, ['text']),
        style: styles.style(block.options),
        heading: false,
      };
    case 'fields':
      return compileFields(site, block.options);
    case 'table':
      return compileTable(site, block.options);
    case 'columns':
      return compileColumns(site, block.options);
    case 'blocks':
      return compileGroup(site, block.options);
    case 'image':
      return compileImage(site, block.options);
    case 'qr':
      return compileQr(site, block.options);
    case 'barcode':
      return compileBarcode(site, block.options);
    case 'rule':
      return { kind: 'rule', width: block.options.width, color: styles.color(block.options.color) };
    case 'space':
      return { kind: 'space', height: block.options.space };
    case 'end-mark':
      return compileEndMark(site);
  }
}

function compileHeading(site: Site, { level, ...ink }: OptionsOf<'heading'>): BlockContent {
  const { styles } = site.shop;
  const usual = { bold: true, color: level === 3 ? 'text' : 'accent', spacing: 1.2 };
  const size = ink.size ?? styles.size * HEADING_SIZES[level];
  return {
    kind: 'text',
    text: needText(site, ['heading']),
    style: styles.style({ ...usual, ...ink, size }),
    heading: true,
  };
}

/** Labels are free: each key is one, with its value. */
function compileFields(site: Site, options: OptionsOf<'fields'>): FieldsBlock {
  const { styles } = site.shop;
  const { node } = findNode(site.node, ['fields']);
  const entries = node?.kind === 'table' ? node.entries : [];
  const size = options.size ?? styles.size;
  return {
    kind: 'fields',
    fields: entries.map(({ key }) => ({
      label: compileText(key, site.scope, site.shop),
      value: needText(site, ['fields', key.text]),
    })),
    columns: options.columns,
    labels: options.labels,
    labelWidth: options['label-width'],
    label: styles.style({
      size: options.labels === 'above' ? size * LABEL_SIZE : size,
      color: 'quiet',
    }),
    value: styles.style({ size }),
  };
}

function compileColumns(site: Site, { columns, between }: OptionsOf<'columns'>): ColumnsBlock {
  return {
    kind: 'columns',
    between,
    columns: columns.map(({ width, gap }, i) => ({
      width,
      gap: gap ?? site.shop.gap,
      blocks: blocksAt(site, ['columns', i, 'blocks'], site.scope),
    })),
  };
}

function compileGroup(site: Site, options: OptionsOf<'blocks'>): GroupBlock {
  const { styles, gap } = site.shop;
  const { border, shade, padding } = options;
  const framed = border !== undefined || shade !== undefined || padding !== undefined;
  return {
    kind: 'group',
    blocks: blocksAt(site, ['blocks'], enterLoopAt(site, ['each'], options.each)),
    each: options.each,
    keep: options.keep,
    gap: options.gap ?? gap,
    frame: framed
      ? {
          padding: padding ?? gap,
          border: border && styles.color(border),
          shade: shade && styles.color(shade),
        }
      : undefined,
  };
}

function compileImage(site: Site, { width, height, align, optional }: OptionsOf<'image'>): ImageBlock {
  const name = findText(site.node, ['image']);
  const fixed = name !== undefined && !name.text.includes('{');
  if (fixed && !optional) site.shop.checkImage(name.text, name.place);
  return { kind: 'image', name: needText(site, ['image']), width, height, align, optional };
}

function compileQr(site: Site, { size, align }: OptionsOf<'qr'>): SymbolBlock {
  const text = needText(site, ['qr']);
  return {
    kind: 'symbol',
    symbology: 'qr',
    text,
    align,
    size,
    moduleWidth: 0,
    optional: false,
    caption: undefined,
  };
}

function compileBarcode(site: Site, options: OptionsOf<'barcode'>): SymbolBlock {
  const { styles } = site.shop;
  const { symbology, height, module: moduleWidth, align, optional, caption } = options;
  const style = styles.style({ size: styles.size * CAPTION_SIZE, align: 'center', spacing: 1.2 });
  return {
    kind: 'symbol',
    symbology,
    text: needText(site, ['barcode']),
    align,
    size: height,
    moduleWidth,
    optional,
    caption: caption ? style : undefined,
  };
}

function compileEndMark(site: Site): BlockContent {
  const { styles } = site.shop;
  return {
    kind: 'end-mark',
    text: needText(site, ['end-mark']),
    style: styles.style({ size: styles.size * CAPTION_SIZE, color: 'quiet' }),
    line: styles.color('line'),
  };
}
