import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Mistake, mistake, type Place } from './mistakes.ts';

/** YAML with the place of every piece, all scalars as the text that was written. */
export type Located = Text | List | Table;
export type Text = { readonly kind: 'text'; readonly place: Place; readonly text: string };
export type List = { readonly kind: 'list'; readonly place: Place; readonly items: readonly Located[] };
export type Table = {
  readonly kind: 'table';
  readonly place: Place;
  readonly entries: readonly TableEntry[];
};
export type TableEntry = { readonly key: Text; readonly value: Located };

export type Yaml = { readonly root: Located | undefined; readonly mistakes: readonly Mistake[] };

/** The failsafe schema leaves `~`, `00` and `NO` alone: codes are never numbers or booleans. */
export function parseYaml(file: string, source: string): Yaml {
  const lines = new LineCounter();
  const document = parseDocument(source, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const mistakes = document.errors.map((error) => mistake(placeAt(error.pos[0]), error.message));
  if (mistakes.length > 0) return { root: undefined, mistakes };
  const root = document.contents as Node | null;
  return { root: root === null ? undefined : locate(root, placeAt, mistakes), mistakes };
}

function locate(node: unknown, placeAt: (offset: number) => Place, mistakes: Mistake[]): Located {
  const place = placeAt((node as Node | null)?.range?.[0] ?? 0);
  if (isSeq(node)) {
    return { kind: 'list', place, items: node.items.map((item) => locate(item, placeAt, mistakes)) };
  }
  if (isMap(node)) {
    const entries = node.items.map((pair) => ({
      key: locateText(pair.key, placeAt),
      value:
        pair.value === null
          ? { ...locateText(pair.key, placeAt), text: '~' }
          : locate(pair.value, placeAt, mistakes),
    }));
    return { kind: 'table', place, entries };
  }
  if (isAlias(node)) mistakes.push(mistake(place, 'aliases are not part of the map language: write it out'));
  return locateText(node, placeAt);
}

function locateText(node: unknown, placeAt: (offset: number) => Place): Text {
  const place = placeAt((node as Node | null)?.range?.[0] ?? 0);
  const text = isScalar(node) ? String(node.value ?? '') : '';
  return { kind: 'text', place, text: text === '' ? '~' : text };
}

/** The place `offset` characters further on the same line. */
export function placeWithin(place: Place, offset: number): Place {
  return { ...place, column: place.column + offset };
}

/** Values by key; a key not among `known` is a mistake, and so is a text where a table is needed. */
export function readTable(
  value: Located,
  known: readonly string[],
  say: (place: Place, message: string) => void,
): ReadonlyMap<string, TableEntry> {
  const found = new Map<string, TableEntry>();
  if (value.kind !== 'table') {
    say(value.place, `expected ${known.map((k) => `\`${k}:\``).join(', ')} here`);
    return found;
  }
  for (const entry of value.entries) {
    if (known.includes(entry.key.text)) found.set(entry.key.text, entry);
    else say(entry.key.place, `unknown key \`${entry.key.text}\`; known are ${known.join(', ')}`);
  }
  return found;
}
