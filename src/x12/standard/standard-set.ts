import type { Place, Say } from '../../lib/mistake.ts';
import { type Fields, readFields, readItems, readText } from '../../lib/yaml-fields.ts';
import type { YamlNode } from '../../lib/yaml-tree.ts';
import type { LoopNode, SegmentNode, SetDefinition } from './definition.ts';
import { readRepeat } from './standard-segments.ts';

type Spot = { readonly segment: string; readonly mandatory: boolean; readonly repeat: number };
type Draft = {
  readonly nodes: SegmentNode[];
  readonly loops: LoopNode[];
  readonly known: (id: string) => boolean;
  readonly say: Say;
};

/** `sets/850.yaml`: the places of a set in the order of the standard, loops flattened into ranges. */
export function parseSet(root: YamlNode, known: (id: string) => boolean, say: Say): SetDefinition {
  const fields = readFields(root, ['set', 'name', 'group', 'heading', 'detail', 'summary'], say);
  const [set, name, group] = [
    requireText(fields, 'set', root, say),
    requireText(fields, 'name', root, say),
    requireText(fields, 'group', root, say),
  ];
  const top = { index: 0, id: set, parent: undefined, mandatory: true, repeat: 1, firstNode: 0, path: '' };
  const draft: Draft = { nodes: [], loops: [top], known, say };
  for (const area of ['heading', 'detail', 'summary']) {
    for (const item of readItems(fields, area, say)) addItem(draft, item, 0);
  }
  if (draft.nodes[0]?.segment !== 'ST') say(root.place, 'the set should begin with ST');
  if (draft.nodes.at(-1)?.segment !== 'SE') say(root.place, 'the set should end with SE');
  return { set, name, group, nodes: draft.nodes, loops: draft.loops };
}

/** The text under `key`, or a mistake. */
export function requireText(fields: Fields, key: string, table: YamlNode, say: Say): string {
  const text = readText(fields, key, say)?.text ?? '';
  if (text === '' && fields.get(key)?.value.kind !== 'list') say(table.place, `\`${key}:\` is missing`);
  return text;
}

function addItem(draft: Draft, item: YamlNode, loop: number): void {
  if (item.kind === 'table') {
    addLoop(draft, item, loop);
    return;
  }
  const spot = parseSpot(draft, item.place, textOf(item));
  if (spot !== undefined) addNode(draft, spot, loop, false);
}

/** `N9 O 1000: [...]`: the loop's own usage and repeat, then its places; the first opens it. */
function addLoop(draft: Draft, item: Extract<YamlNode, { kind: 'table' }>, parent: number): void {
  const [entry, ...others] = item.entries;
  if (entry === undefined || others.length > 0) {
    draft.say(item.place, 'a loop should be one key such as "N9 O 1000:" with a list under it');
    return;
  }
  const spot = parseSpot(draft, entry.key.place, entry.key.text);
  if (spot === undefined) return;
  const index = openLoop(draft, spot, parent);
  const [opener, ...rest] = readItems(new Map([[entry.key.text, entry]]), entry.key.text, draft.say);
  const first = opener?.kind === 'text' ? parseSpot(draft, opener.place, opener.text) : undefined;
  if (first?.segment !== spot.segment)
    draft.say((opener ?? item).place, `loop ${spot.segment} should open with ${spot.segment}`);
  addNode(draft, { segment: spot.segment, mandatory: true, repeat: 1 }, index, true);
  for (const inner of rest) addItem(draft, inner, index);
}

function openLoop({ loops, nodes }: Draft, { segment, mandatory, repeat }: Spot, parent: number): number {
  const outer = loops[parent]!;
  const index = loops.length;
  const path = outer.path === '' ? segment : `${outer.path}/${segment}`;
  loops.push({ index, id: segment, parent, mandatory, repeat, firstNode: nodes.length, path });
  return index;
}

function addNode(draft: Draft, spot: Spot, loop: number, opens: boolean): void {
  draft.nodes.push({ index: draft.nodes.length, ...spot, loop, opens });
}

/** `REF O >1`; the repeat defaults to 1. */
function parseSpot({ known, say }: Draft, place: Place, text: string): Spot | undefined {
  const match = /^([A-Z][A-Z0-9]{1,2}) ([MO])(?: (>1|[1-9]\d*))?$/.exec(text);
  if (match === null) {
    say(place, 'should read like "REF O >1"');
    return undefined;
  }
  const segment = match[1]!;
  if (!known(segment)) say(place, `segment ${segment} is not defined`);
  return { segment, mandatory: match[2] === 'M', repeat: readRepeat(match[3]) };
}

function textOf(node: YamlNode): string {
  return node.kind === 'text' ? node.text : '';
}
