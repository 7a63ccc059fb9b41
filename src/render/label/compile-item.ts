import { z } from 'zod';
import { findNode, findText, type YamlNode, type YamlTable } from '../../lib/yaml-tree.ts';
import { compileText, type TextSource } from '../page/compile-text.ts';
import type { LayoutText } from '../page/layout.ts';
import { enterLoop, type Scope } from '../page/scope.ts';
import type { BarcodeItem, ItemContent, LabelItem, RowsItem } from './label-layout.ts';
import type { ItemOptions, OptionsOf } from './label-schema.ts';

export type ItemSite = {
  readonly node: YamlTable;
  readonly scope: Scope;
  readonly source: TextSource;
  readonly compileItems: (
    node: YamlNode | undefined,
    scope: Scope,
    source: TextSource,
  ) => readonly LabelItem[];
};

/** ISO/IEC 18004 leaves it open: three dots of the coarsest printer. */
const LEAST_QR_MODULE = 0.375;

export function compileItem(site: ItemSite, item: ItemOptions): ItemContent {
  switch (item.kind) {
    case 'text': {
      const { at, width, height, size, align, bold, cut, 'least-size': leastSize = size } = item.options;
      const text = textAt(site, ['text']);
      return { kind: 'text', ...pointOf(at), text, width, height, size, leastSize, align, bold, cut };
    }
    case 'line': {
      const { line, at, length, thickness } = item.options;
      const [width, height] = line === 'across' ? [length, thickness] : [thickness, length];
      return { kind: 'rectangle', ...pointOf(at), width, height, thickness };
    }
    case 'box': {
      const [width, height] = item.options.box;
      return {
        kind: 'rectangle',
        ...pointOf(item.options.at),
        width,
        height,
        thickness: item.options.thickness,
      };
    }
    case 'gs1-128':
      return compileElements(site, item.options);
    case 'code-128':
      return compileBars(item.options, 'code-128', [{ ai: '', text: textAt(site, ['code-128']) }]);
    case 'qr': {
      const { at, size } = item.options;
      const parts = [{ ai: '', text: textAt(site, ['qr']) }];
      const measures = { width: size, height: size, module: size, leastModule: LEAST_QR_MODULE };
      return { kind: 'barcode', symbology: 'qr', ...pointOf(at), parts, ...measures, caption: undefined };
    }
    case 'rows':
      return compileRows(site, item.options);
  }
}

function pointOf([x, y]: readonly [number, number]): { x: number; y: number } {
  return { x, y };
}

function textAt({ node, scope, source }: ItemSite, path: readonly PropertyKey[]): LayoutText {
  const found = findText(node, path);
  return found === undefined ? { place: node.place, render: () => '' } : compileText(found, scope, source);
}

/** One text an element: what a partner sends as the value of one can never begin another. */
function compileElements(site: ItemSite, options: OptionsOf<'gs1-128'>): BarcodeItem {
  const { node } = findNode(site.node, ['gs1-128']);
  const keys = node?.kind === 'table' ? node.entries.map(({ key }) => key) : [];
  for (const { place, text } of keys)
    if (!/^\d{2,4}$/.test(text))
      site.source.say(place, `${text}: expected an application identifier in quotes, such as "420"`);
  const parts = keys.map(({ text: ai }) => ({ ai, text: textAt(site, ['gs1-128', ai]) }));
  return compileBars(options, 'gs1-128', parts);
}

function compileBars(
  options: Omit<OptionsOf<'code-128'>, 'code-128'>,
  symbology: BarcodeItem['symbology'],
  parts: BarcodeItem['parts'],
): BarcodeItem {
  const { at, width, height, module, caption, 'least-module': leastModule = module } = options;
  return {
    kind: 'barcode',
    symbology,
    ...pointOf(at),
    parts,
    width,
    height,
    module,
    leastModule,
    caption,
  };
}

function compileRows(site: ItemSite, { rows: loop, pitch, most }: OptionsOf<'rows'>): RowsItem {
  const { node, scope, source, compileItems } = site;
  const { scope: inner, wrong } = enterLoop(scope, loop);
  if (wrong !== undefined) source.say(findNode(node, ['rows']).node?.place ?? node.place, wrong);
  return {
    kind: 'rows',
    loop,
    pitch,
    most,
    items: compileItems(findNode(node, ['items']).node, inner, source),
    more: compileItems(findNode(node, ['more']).node, scope.extend({ more: z.string() }), source),
  };
}
