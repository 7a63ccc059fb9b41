import { assert } from '../../lib/assert.ts';
import type { ElementData, SegmentData } from '../scan/segment-data.ts';
import type {
  ElementUse,
  SegmentDefinition,
  SegmentNode,
  SetDefinition,
  Standard,
} from '../standard/definition.ts';
import { chooseFewest, chooseMost } from './choose-elements.ts';
import { makeValue, type ValueSize } from './make-value.ts';
import { placeSegments, type TreeItem, treeOf } from './set-tree.ts';

/**
 * What to put into a document: `full` is every place of the set once, `least` only what is mandatory. Exclusions keep
 * some elements apart: over the variants each element appears.
 */
export type DocumentPlan = {
  readonly extent: 'full' | 'least';
  readonly variant?: number;
  readonly size?: ValueSize;
  /** Whether elements that may repeat do: there is a separator for it from 00402 on. */
  readonly repeats?: boolean;
};

type Filling = Required<DocumentPlan> & { readonly standard: Standard };

type Making = Filling & {
  readonly set: SetDefinition;
  /** Places left out: what stands there would be taken for something else. */
  readonly skipped: ReadonlySet<number>;
  readonly made: { readonly node: SegmentNode; readonly data: SegmentData }[];
};

/** A sound document of a set, ST and SE not included. The same plan makes the same document. */
export function makeDocument(
  standard: Standard,
  set: SetDefinition,
  plan: DocumentPlan,
): readonly SegmentData[] {
  const skipped = new Set<number>();
  for (;;) {
    const defaults = { variant: 0, size: 'usual', repeats: false } as const;
    const making: Making = { ...defaults, ...plan, standard, set, skipped, made: [] };
    for (const item of treeOf(set).slice(1, -1)) makeItem(making, item);
    const nodes = making.made.map(({ node }) => node);
    const placed = placeSegments(set, ['ST', ...nodes.map(({ segment }) => segment), 'SE']);
    const stray = nodes.findIndex((node, s) => placed[s + 1] !== node);
    if (stray < 0) return numberLevels(making.made.map(({ data }) => data));
    skipped.add(findOptional(set, nodes[stray]!).index);
  }
}

/** How many variants show each element of a set once. */
export function countVariants(standard: Standard, set: SetDefinition): number {
  return Math.max(...set.nodes.map(({ segment }) => choicesOf(standard.segments.get(segment)!).length));
}

const choices = new WeakMap<SegmentDefinition, ReturnType<typeof chooseMost>>();

function choicesOf(segment: SegmentDefinition): ReturnType<typeof chooseMost> {
  let known = choices.get(segment);
  if (known === undefined) {
    known = chooseMost(segment);
    choices.set(segment, known);
  }
  return known;
}

/** The place itself, or the loop around it that may be left out. */
function findOptional(set: SetDefinition, node: SegmentNode): SegmentNode {
  if (!node.opens && !node.mandatory) return node;
  let loop = set.loops[node.loop]!;
  while (loop.mandatory && loop.parent !== undefined) loop = set.loops[loop.parent]!;
  assert(loop.index !== 0, `set ${set.set} has a mandatory ${node.segment} that cannot be told apart`);
  return set.nodes[loop.firstNode]!;
}

function makeItem(making: Making, item: TreeItem): void {
  const node = item.kind === 'loop' ? item.opener : item.node;
  const { mandatory } = item.kind === 'loop' ? item.loop : node;
  if (making.skipped.has(node.index) || (making.extent === 'least' && !mandatory)) return;
  for (let turn = 0; turn < turnsOf(making, item); turn++) {
    making.made.push({ node, data: makeSegment(making, node.segment) });
    // The first turn is full, the others short: a tree of full levels would be as long as four documents.
    const inner = turn === 0 ? making : { ...making, extent: 'least' as const };
    if (item.kind === 'loop') for (const one of item.items) makeItem(inner, one);
  }
}

/** A loop that must be there is there twice in a full document, HL once for each level of the tree. */
function turnsOf({ extent }: Making, item: TreeItem): number {
  if (item.kind === 'segment' || extent === 'least' || item.loop.repeat === 1) return 1;
  if (item.opener.segment === 'HL') return LEVELS.length;
  return item.loop.mandatory ? 2 : 1;
}

export function makeSegment(making: Filling, id: string): SegmentData {
  const segment = making.standard.segments.get(id)!;
  return [id, ...fillElements(making, segment, (use, e) => makeElement(making, use, e))];
}

function fillElements<T>(
  { extent, variant }: Filling,
  segment: SegmentDefinition,
  fill: (use: ElementUse, e: number) => T,
): (T | '')[] {
  const choices = choicesOf(segment);
  const chosen = extent === 'least' ? chooseFewest(segment) : choices[variant % choices.length]!;
  return segment.elements.map((use, index) => (chosen.has(index + 1) ? fill(use, index) : ''));
}

/** A sound value of an element; `e` lets the codes of neighbours differ. */
export function makeElement(making: Filling, use: ElementUse, e: number): ElementData {
  const { standard, extent, repeats, variant } = making;
  const one = (turn: number): string | readonly string[] => {
    const composite = standard.composites.get(use.ref);
    if (composite === undefined) return makeValue(standard.elements.get(use.ref)!, making.size, turn);
    return fillElements(making, composite, (part, c) =>
      makeValue(standard.elements.get(part.ref)!, making.size, turn + c),
    );
  };
  const again = repeats && extent === 'full' && use.repeat > 1;
  return again ? { repeats: [one(variant + e), one(variant + e + 1)] } : one(variant + e);
}

/** HL03 of a shipment, its order, a pack in it and the item in that. */
const LEVELS = ['S', 'O', 'P', 'I'];

/** HL01 counts, HL02 names the level before, HL04 says whether another follows inside. */
function numberLevels(segments: readonly SegmentData[]): readonly SegmentData[] {
  const count = segments.filter(([id]) => id === 'HL').length;
  let level = 0;
  return segments.map((segment) => {
    if (segment[0] !== 'HL') return segment;
    level++;
    const parent = level === 1 ? '' : String(level - 1);
    return ['HL', String(level), parent, LEVELS[level - 1] ?? 'I', level < count ? '1' : '0'];
  });
}
