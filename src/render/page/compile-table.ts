import type { z } from 'zod';
import { findNode } from '../../lib/yaml-tree.ts';
import type { CellContent, TableBlock, TableColumn, TableTotal } from './layout.ts';
import type { BLOCKS } from './layout-schema.ts';
import { blocksAt, conditionAt, enterLoopAt, needText, type Site, textAt } from './site.ts';

type Options = z.output<(typeof BLOCKS)['table']>;

export function compileTable(site: Site, options: Options): TableBlock {
  const { styles } = site.shop;
  const scope = enterLoopAt(site, ['table'], options.table);
  const inner = { ...site, scope };
  const small = { size: (options.size ?? styles.size) * 0.9 };
  return {
    kind: 'table',
    rows: options.table,
    columns: options.columns.map((_, i) => compileColumn(inner, options, i)),
    below: textAt(inner, ['below']),
    belowStyle: styles.style({ ...small, color: 'quiet' }),
    totals: options.totals.map((_, i) => compileTotal(site, options, i)),
    empty: textAt(site, ['empty']),
    emptyStyle: styles.style({ size: options.size, italic: true, color: 'quiet' }),
    colors: {
      line: styles.color('line'),
      strong: styles.color('accent'),
      head: styles.color('shade'),
      stripe: options.stripes ? styles.color('shade') : undefined,
    },
  };
}

function compileTotal(site: Site, { totals, size }: Options, i: number): TableTotal {
  const { each, bold } = totals[i]!;
  const inner = { ...site, scope: enterLoopAt(site, ['totals', i, 'each'], each) };
  return {
    each,
    label: needText(inner, ['totals', i, 'label']),
    value: needText(inner, ['totals', i, 'value']),
    style: site.shop.styles.style({ size, bold, align: 'right' }),
    when: conditionAt(inner, ['totals', i, 'when']),
  };
}

function compileColumn(site: Site, { columns, size }: Options, i: number): TableColumn {
  const { styles } = site.shop;
  const options = columns[i]!;
  const ink = { ...options, size: options.size ?? size };
  return {
    title: textAt(site, ['columns', i, 'title']),
    width: options.width,
    head: styles.style({ size: (size ?? styles.size) * 0.85, bold: true, color: 'accent', align: ink.align }),
    cell: compileCell(site, options, i, styles.style(ink)),
  };
}

function compileCell(
  site: Site,
  { value, blocks }: Options['columns'][number],
  i: number,
  style: ReturnType<Site['shop']['styles']['style']>,
): CellContent {
  if ((value === undefined) === (blocks === undefined)) {
    const { place } = findNode(site.node, ['columns', i]).node ?? site.node;
    site.shop.say(place, 'a column has either `value:` or `blocks:`');
  }
  if (blocks !== undefined)
    return { kind: 'blocks', blocks: blocksAt(site, ['columns', i, 'blocks'], site.scope) };
  return { kind: 'text', text: needText(site, ['columns', i, 'value']), style };
}
