import { isMap } from 'yaml';
import type { LoopNode, SegmentNode, SetDefinition } from './definition.ts';
import {
  entriesOf,
  itemsOf,
  refuseOtherKeys,
  requireText,
  textOf,
  type YamlFile,
  type YamlNode,
} from './yaml-reader.ts';

type Place = { readonly segment: string; readonly mandatory: boolean; readonly repeat: number };
type Draft = {
  readonly nodes: SegmentNode[];
  readonly loops: LoopNode[];
  readonly known: (id: string) => boolean;
};

/** `sets/850.yaml`: the places of a set in the order of the standard, loops flattened into ranges. */
export function parseSet(file: YamlFile, known: (id: string) => boolean): SetDefinition | undefined {
  const entries = entriesOf(file, file.root, 'the file');
  refuseOtherKeys(file, entries, ['set', 'name', 'group', 'heading', 'detail', 'summary']);
  const set = requireText(file, entries, 'set');
  const name = requireText(file, entries, 'name');
  const group = requireText(file, entries, 'group');
  const top = { index: 0, id: set, parent: undefined, mandatory: true, repeat: 1, firstNode: 0, path: '' };
  const draft: Draft = { nodes: [], loops: [top], known };
  for (const area of ['heading', 'detail', 'summary']) {
    const list = entries.find((entry) => entry.key === area)?.value;
    for (const item of itemsOf(file, list, area)) addItem(file, draft, item, 0);
  }
  if (draft.nodes[0]?.segment !== 'ST') file.report(file.root, 'the set should begin with ST');
  if (draft.nodes.at(-1)?.segment !== 'SE') file.report(file.root, 'the set should end with SE');
  return { set, name, group, nodes: draft.nodes, loops: draft.loops };
}

function addItem(file: YamlFile, draft: Draft, item: YamlNode, loop: number): void {
  if (isMap(item)) {
    addLoop(file, draft, item, loop);
    return;
  }
  const place = parsePlace(file, item, textOf(item), draft.known);
  if (place !== undefined) addNode(draft, place, loop, false);
}

/** `N9 O 1000: [...]`: the loop's own usage and repeat, then its places; the first opens it. */
function addLoop(file: YamlFile, draft: Draft, item: YamlNode, parent: number): void {
  const [entry, ...others] = entriesOf(file, item, 'a loop');
  if (entry === undefined || others.length > 0) {
    file.report(item, 'a loop should be one key such as "N9 O 1000:" with a list under it');
    return;
  }
  const place = parsePlace(file, entry.node, entry.key, draft.known);
  const [opener, ...rest] = itemsOf(file, entry.value, `loop ${entry.key}`);
  if (place === undefined) return;
  const outer = draft.loops[parent]!;
  const index = draft.loops.length;
  const path = outer.path === '' ? place.segment : `${outer.path}/${place.segment}`;
  const { mandatory, repeat } = place;
  draft.loops.push({
    index,
    id: place.segment,
    parent,
    mandatory,
    repeat,
    firstNode: draft.nodes.length,
    path,
  });
  const first = isMap(opener) ? undefined : parsePlace(file, opener ?? item, textOf(opener), draft.known);
  if (first?.segment !== place.segment)
    file.report(opener ?? item, `loop ${place.segment} should open with ${place.segment}`);
  addNode(draft, { segment: place.segment, mandatory: true, repeat: 1 }, index, true);
  for (const inner of rest) addItem(file, draft, inner, index);
}

function addNode(draft: Draft, place: Place, loop: number, opens: boolean): void {
  draft.nodes.push({ index: draft.nodes.length, ...place, loop, opens });
}

/** `REF O >1`; the repeat defaults to 1. */
function parsePlace(
  file: YamlFile,
  at: YamlNode,
  text: string | undefined,
  known: (id: string) => boolean,
): Place | undefined {
  const match = /^([A-Z][A-Z0-9]{1,2}) ([MO])(?: (>1|[1-9]\d*))?$/.exec(text ?? '');
  if (match === null) {
    file.report(at, 'should read like "REF O >1"');
    return undefined;
  }
  const segment = match[1]!;
  if (!known(segment)) file.report(at, `segment ${segment} is not defined`);
  const repeat = match[3] === undefined ? 1 : match[3] === '>1' ? Number.POSITIVE_INFINITY : Number(match[3]);
  return { segment, mandatory: match[2] === 'M', repeat };
}
