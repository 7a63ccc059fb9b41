import { type Mistake, mistake, type Place, type Say, sortMistakes } from '../../lib/mistake.ts';
import { describeIssue, isToldByAnother } from '../../lib/schema-issue.ts';
import { suggest } from '../../lib/suggest.ts';
import { addUntold, mistakeAt, readYamlFile } from '../../lib/yaml-file.ts';
import { findNode, toValue, type YamlNode, type YamlTable } from '../../lib/yaml-tree.ts';
import { compileCondition, type TextSource } from '../page/compile-text.ts';
import type { Scope } from '../page/scope.ts';
import { createTemplateEngine } from '../template/engine.ts';
import { compileItem, type ItemSite } from './compile-item.ts';
import { type Extent, measureItem } from './item-extent.ts';
import type { LabelItem, LabelLayout } from './label-layout.ts';
import { labelModel } from './label-model.ts';
import { ITEM_KINDS, ITEMS, type ItemKind, type ItemOptions, labelFile } from './label-schema.ts';

export type CompiledLabel = {
  /** Absent where there are mistakes. */
  readonly layout: LabelLayout | undefined;
  readonly mistakes: readonly Mistake[];
};

/** A label's layout file made ready, or every mistake in it. */
export function compileLabel({
  file,
  text,
}: {
  readonly file: string;
  readonly text: string;
}): CompiledLabel {
  const { value, root, mistakes: first } = readYamlFile(file, text, labelFile);
  if (root === undefined) return { layout: undefined, mistakes: first };
  const mistakes: Mistake[] = [];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  const { language, words } = value ?? { language: 'en', words: {} };
  const engine = createTemplateEngine({
    locale: language,
    output: 'text',
    words: new Map(Object.entries(words)),
  });
  // With mistakes at the top, the items are looked through all the same: all is told in one run.
  const items = compileItems(findNode(root, ['items']).node, labelModel, { source: text, engine, say });
  if (value !== undefined) checkExtents(items, value.size, say);
  const all = sortMistakes(addUntold(first, mistakes));
  if (value === undefined || all.length > 0) return { layout: undefined, mistakes: all };
  return { layout: { file, ...value.size, items }, mistakes: [] };
}

function compileItems(node: YamlNode | undefined, scope: Scope, source: TextSource): readonly LabelItem[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => compileOne(item, scope, source) ?? []) : [];
}

function compileOne(node: YamlNode, scope: Scope, source: TextSource): LabelItem | undefined {
  const { say } = source;
  if (node.kind !== 'table') {
    say(node.place, `expected one of ${ITEM_KINDS.join(', ')}`);
    return undefined;
  }
  const kind = ITEM_KINDS.find((one) => node.entries.some(({ key }) => key.text === one));
  if (kind === undefined) {
    const said = node.entries[0]?.key.text ?? '';
    say(node.place, `there is no item \`${said}\`${suggest(said, ITEM_KINDS)}`);
    return undefined;
  }
  const options = readOptions(kind, node, say);
  if (options === undefined) return undefined;
  const site: ItemSite = { node, scope, source, compileItems };
  const condition = findNode(node, ['when']).node;
  const when = condition?.kind === 'text' ? compileCondition(condition, scope, source) : undefined;
  return { place: node.place, when, ...compileItem(site, options) };
}

function readOptions(kind: ItemKind, node: YamlTable, say: Say): ItemOptions | undefined {
  const schema = ITEMS[kind];
  const result = schema.safeParse(toValue(node));
  if (result.success) return { kind, options: result.data } as ItemOptions;
  const findings = result.error.issues.flatMap((issue) => describeIssue(node, schema, issue));
  for (const finding of findings) {
    if (isToldByAnother(finding, findings)) continue;
    const at = mistakeAt(node, finding.path, finding.message, finding.kind === 'unknown' ? 'key' : 'value');
    say(at, at.message);
  }
  return undefined;
}

/** Nothing reaches over the edge, whatever the texts are. */
function checkExtents(
  items: readonly LabelItem[],
  size: { readonly width: number; readonly height: number },
  say: Say,
): void {
  const check = (place: Place, { right, bottom }: Extent) => {
    if (right > size.width + SLACK)
      say(place, `it reaches ${show(right)} mm to the right, where the label is ${show(size.width)} mm wide`);
    if (bottom > size.height + SLACK)
      say(place, `it reaches ${show(bottom)} mm down, where the label is ${show(size.height)} mm high`);
  };
  for (const item of items) check(item.place, measureItem(item));
}

/** Measures are sums of fractions. */
const SLACK = 0.001;

function show(mm: number): string {
  return String(Math.round(mm * 100) / 100);
}
