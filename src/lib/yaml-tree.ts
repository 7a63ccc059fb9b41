import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { type Mistake, mistake, type Place, type Say } from './mistake.ts';

/** YAML with the place of every piece. */
export type YamlNode = YamlText | YamlList | YamlTable;
export type YamlText = {
  readonly kind: 'text';
  readonly place: Place;
  /** As it was written, so that `0100`, `NO` and `~` stay what they are. */
  readonly text: string;
  /** What YAML takes it for. */
  readonly value: string | number | boolean | null;
};
export type YamlList = { readonly kind: 'list'; readonly place: Place; readonly items: readonly YamlNode[] };
export type YamlTable = {
  readonly kind: 'table';
  readonly place: Place;
  readonly entries: readonly YamlEntry[];
};
export type YamlEntry = { readonly key: YamlText; readonly value: YamlNode };

/** `root` is absent where the text is empty or is no YAML: then nothing else can be said about it. */
export type ParsedYaml = { readonly root: YamlNode | undefined; readonly mistakes: readonly Mistake[] };

type Locating = { readonly placeAt: (offset: number) => Place; readonly say: Say };

export function parseYaml(file: string, source: string): ParsedYaml {
  const lines = new LineCounter();
  // Keys are compared as they were written, in `readEntries`: to YAML the codes `0` and `00` are one number.
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const mistakes = document.errors.map((error) => mistake(placeAt(error.pos[0]), error.message));
  if (mistakes.length > 0 || isEmpty(document.contents)) return { root: undefined, mistakes };
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  return { root: readNode(document.contents, { placeAt, say }), mistakes };
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function readNode(node: unknown, locating: Locating): YamlNode {
  const place = locating.placeAt((node as Node | null)?.range?.[0] ?? 0);
  if (isSeq(node)) return { kind: 'list', place, items: node.items.map((item) => readNode(item, locating)) };
  if (isMap(node)) return { kind: 'table', place, entries: readEntries(node.items, locating) };
  // An alias of an alias can make a short file as long as the memory is large.
  if (isAlias(node)) locating.say(place, 'aliases are not read: write out what it stands for');
  return isScalar(node) ? readScalar(node, place) : { kind: 'text', place, text: '', value: null };
}

function readEntries(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  locating: Locating,
): YamlEntry[] {
  const seen = new Map<string, Place>();
  return pairs.map((pair) => {
    const key = readNode(pair.key, locating);
    if (key.kind !== 'text') locating.say(key.place, 'a key is one word');
    const text: YamlText =
      key.kind === 'text' ? key : { kind: 'text', place: key.place, text: '', value: '' };
    const first = seen.get(text.text);
    if (first !== undefined)
      locating.say(text.place, `\`${text.text}\` is there twice; it is at line ${first.line} already`);
    else seen.set(text.text, text.place);
    const value = pair.value === null ? { ...text, text: '', value: null } : readNode(pair.value, locating);
    return { key: text, value };
  });
}

function readScalar(node: Scalar, place: Place): YamlText {
  const value = node.value as YamlText['value'];
  const text = node.type === 'PLAIN' && node.source !== undefined ? node.source : String(value ?? '');
  return { kind: 'text', place, text, value };
}

/** Left empty, or `~`. */
export function isNothing(node: YamlNode): boolean {
  return node.kind === 'text' && (node.text === '' || node.text === '~');
}

/** The plain value, as `JSON.parse` would give it. */
export function toValue(node: YamlNode): unknown {
  switch (node.kind) {
    case 'text':
      return node.value;
    case 'list':
      return node.items.map(toValue);
    case 'table':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toValue(value)]));
  }
}

export type Found = {
  /** Absent where the path leads nowhere. */
  readonly node: YamlNode | undefined;
  /** Of the last key or list item on the path that is there. */
  readonly key: Place;
};

/** What stands under a path of keys and positions. */
export function findNode(root: YamlNode, path: readonly PropertyKey[]): Found {
  let found: { node: YamlNode; key: Place } = { node: root, key: root.place };
  for (const step of path) {
    const next = stepInto(found.node, step);
    if (next === undefined) return { node: undefined, key: found.key };
    found = next;
  }
  return found;
}

function stepInto(node: YamlNode, step: PropertyKey): { node: YamlNode; key: Place } | undefined {
  if (node.kind === 'table') {
    // Of keys that are there twice the last counts, as in `toValue`.
    const entry = node.entries.findLast(({ key }) => key.text === String(step));
    return entry && { node: entry.value, key: entry.key.place };
  }
  const item = node.kind === 'list' ? node.items[Number(step)] : undefined;
  return item && { node: item, key: item.place };
}

/** The text under a path; undefined where there is none. */
export function findText(root: YamlNode, path: readonly PropertyKey[]): YamlText | undefined {
  const { node } = findNode(root, path);
  return node?.kind === 'text' && !isNothing(node) ? node : undefined;
}
