import type { Say } from '../../lib/mistake.ts';
import { describeIssue, isToldByAnother } from '../../lib/schema-issue.ts';
import { suggest } from '../../lib/suggest.ts';
import { mistakeAt } from '../../lib/yaml-file.ts';
import { toValue, type YamlNode, type YamlTable } from '../../lib/yaml-tree.ts';
import { compileContent } from './compile-content.ts';
import type { Block } from './layout.ts';
import { BLOCK_KINDS, BLOCKS, type BlockKind, type BlockOptions } from './layout-schema.ts';
import type { Scope } from './scope.ts';
import { conditionAt, type Shop } from './site.ts';

/** The blocks of a list; what is wrong with them is said. */
export function compileBlocks(node: YamlNode | undefined, scope: Scope, shop: Shop): readonly Block[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items.flatMap((item) => compileBlock(item, scope, shop) ?? []);
  shop.say(node.place, 'expected a list of blocks: each line of it starts with `- `');
  return [];
}

function compileBlock(node: YamlNode, scope: Scope, shop: Shop): Block | undefined {
  const table = asTable(node);
  const kind = table && findKind(table);
  if (table === undefined || kind === undefined) {
    shop.say(node.place, describeUnknown(table));
    return undefined;
  }
  const site = { node: table, scope, shop };
  const options = readOptions(kind, table, shop.say);
  const content = options && compileContent(site, options);
  return content && { place: node.place, when: conditionAt(site, ['when']), ...content };
}

/** `- rule` is short for `- rule:`. */
function asTable(node: YamlNode): YamlTable | undefined {
  if (node.kind === 'table') return node;
  if (node.kind === 'list') return undefined;
  const value = { kind: 'text', place: node.place, text: '', value: null } as const;
  return { kind: 'table', place: node.place, entries: [{ key: node, value }] };
}

function findKind({ entries }: YamlTable): BlockKind | undefined {
  return BLOCK_KINDS.find((kind) => entries.some(({ key }) => key.text === kind));
}

function describeUnknown(table: YamlTable | undefined): string {
  const said = table?.entries[0]?.key.text;
  return said === undefined
    ? `expected a block: one of ${BLOCK_KINDS.join(', ')}`
    : `there is no block \`${said}\`${suggest(said, BLOCK_KINDS)}`;
}

function readOptions(kind: BlockKind, node: YamlTable, say: Say): BlockOptions | undefined {
  const schema = BLOCKS[kind];
  const result = schema.safeParse(toValue(node));
  if (result.success) return { kind, options: result.data } as BlockOptions;
  const findings = result.error.issues.flatMap((issue) => describeIssue(node, schema, issue));
  for (const finding of findings) {
    if (isToldByAnother(finding, findings)) continue;
    const at = mistakeAt(node, finding.path, finding.message, finding.kind === 'unknown' ? 'key' : 'value');
    say(at, at.message);
  }
  return undefined;
}
