import type { Say } from './mistake.ts';
import { suggest } from './suggest.ts';
import { isNothing, type YamlEntry, type YamlNode, type YamlText } from './yaml-tree.ts';

/** The entries of a table by key. */
export type Fields = ReadonlyMap<string, YamlEntry>;

/** A key not among `known` is a mistake, and so is anything but a table. */
export function readFields(node: YamlNode, known: readonly string[], say: Say): Fields {
  const fields = new Map<string, YamlEntry>();
  if (node.kind !== 'table') {
    say(node.place, `expected ${known.map((key) => `\`${key}:\``).join(', ')} here`);
    return fields;
  }
  for (const entry of node.entries) {
    if (known.includes(entry.key.text)) fields.set(entry.key.text, entry);
    else say(entry.key.place, describeUnknownKey(entry.key.text, known));
  }
  return fields;
}

export function describeUnknownKey(key: string, known: readonly string[]): string {
  return `unknown key \`${key}\`${suggest(key, known)}`;
}

/** The word under a key; a list or table there is a mistake. */
export function readText(fields: Fields, key: string, say: Say): YamlText | undefined {
  const value = fields.get(key)?.value;
  if (value === undefined || value.kind === 'text') return value;
  say(value.place, `\`${key}:\` is one word`);
  return undefined;
}

/** The items under a key; anything but a list is a mistake. */
export function readItems(fields: Fields, key: string, say: Say): readonly YamlNode[] {
  const value = fields.get(key)?.value;
  if (value === undefined || isNothing(value)) return [];
  if (value.kind === 'list') return value.items;
  say(value.place, `\`${key}:\` is a list: each line under it starts with \`- \``);
  return [];
}

/** The entries of a table whose keys are free; anything else is a mistake. */
export function readEntries(node: YamlNode | undefined, what: string, say: Say): readonly YamlEntry[] {
  if (node === undefined || isNothing(node)) return [];
  if (node.kind === 'table') return node.entries;
  say(node.place, `${what} is a table: each line of it is \`key: value\``);
  return [];
}
