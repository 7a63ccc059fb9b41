import type { Place } from '../../lib/mistake.ts';
import { findNode, findText, type YamlNode, type YamlTable } from '../../lib/yaml-tree.ts';
import { compileCondition, compileText, type TextSource } from './compile-text.ts';
import type { Block, Condition, LayoutText, Loop } from './layout.ts';
import { enterLoop, type Scope } from './scope.ts';
import type { StyleBook } from './styles.ts';

/** What all blocks of a file are made with. */
export type Shop = TextSource & {
  readonly styles: StyleBook;
  /** Between blocks that do not say otherwise. */
  readonly gap: number;
  readonly checkImage: (name: string, place: Place) => void;
  readonly compileBlocks: (node: YamlNode | undefined, scope: Scope) => readonly Block[];
};

/** A block, or a part of one, that is being made ready: its options, and the names that its texts may use. */
export type Site = { readonly node: YamlTable; readonly scope: Scope; readonly shop: Shop };

export function textAt({ node, scope, shop }: Site, path: readonly PropertyKey[]): LayoutText | undefined {
  const found = findText(node, path);
  return found && compileText(found, scope, shop);
}

const NO_TEXT: Omit<LayoutText, 'place'> = { render: () => '' };

export function needText(site: Site, path: readonly PropertyKey[]): LayoutText {
  return textAt(site, path) ?? { place: site.node.place, ...NO_TEXT };
}

export function conditionAt(
  { node, scope, shop }: Site,
  path: readonly PropertyKey[],
): Condition | undefined {
  const found = findText(node, path);
  return found && compileCondition(found, scope, shop);
}

/** Without a loop the scope as it is. */
export function enterLoopAt(
  { node, scope, shop }: Site,
  path: readonly PropertyKey[],
  loop: Loop | undefined,
): Scope {
  if (loop === undefined) return scope;
  const { scope: inner, wrong } = enterLoop(scope, loop);
  if (wrong !== undefined) shop.say(findNode(node, path).node?.place ?? node.place, wrong);
  return inner;
}

export function blocksAt({ node, shop }: Site, path: readonly PropertyKey[], scope: Scope): readonly Block[] {
  return shop.compileBlocks(findNode(node, path).node, scope);
}
