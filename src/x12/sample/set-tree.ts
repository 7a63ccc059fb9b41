import type { LoopNode, SegmentNode, SetDefinition } from '../standard/definition.ts';

/** A place of a set or of a loop, in the order of the standard. */
export type TreeItem = { readonly kind: 'segment'; readonly node: SegmentNode } | TreeLoop;

export type TreeLoop = {
  readonly kind: 'loop';
  readonly loop: LoopNode;
  readonly opener: SegmentNode;
  /** The places behind the opener. */
  readonly items: readonly TreeItem[];
};

const trees = new WeakMap<SetDefinition, readonly TreeItem[]>();

/** The places of a set as the tree that its diagram shows, ST first and SE last. */
export function treeOf(set: SetDefinition): readonly TreeItem[] {
  let tree = trees.get(set);
  if (tree === undefined) {
    tree = itemsOf(set, 0);
    trees.set(set, tree);
  }
  return tree;
}

function itemsOf(set: SetDefinition, loop: number): TreeItem[] {
  return set.nodes.flatMap((node): TreeItem[] => {
    const own = set.loops[node.loop]!;
    if (node.opens && own.parent === loop) {
      return [{ kind: 'loop', loop: own, opener: node, items: itemsOf(set, own.index) }];
    }
    return node.loop === loop && !node.opens ? [{ kind: 'segment', node }] : [];
  });
}

/**
 * The place of each segment of a set: as X12 resolves it, each goes to the first place that still has room. Shorter
 * than `ids` when they leave the order of the standard, and then without what follows. `ids` begins with ST.
 */
export function placeSegments(set: SetDefinition, ids: readonly string[]): readonly SegmentNode[] {
  const placed: SegmentNode[] = [];
  const placeItems = (items: readonly TreeItem[]): boolean => items.every(placeItem);
  const placeItem = (item: TreeItem): boolean => {
    const node = item.kind === 'loop' ? item.opener : item.node;
    const { repeat, mandatory } = item.kind === 'loop' ? item.loop : node;
    let times = 0;
    for (; times < repeat && ids[placed.length] === node.segment; times++) {
      placed.push(node);
      if (item.kind === 'loop' && !placeItems(item.items)) return false;
    }
    return times > 0 || !mandatory;
  };
  placeItems(treeOf(set));
  return placed;
}
