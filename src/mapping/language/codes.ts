import { type Mistake, mistake, type Say, sortMistakes } from '../../lib/mistake.ts';
import { readEntries } from '../../lib/yaml-fields.ts';
import { isNothing, parseYaml, type YamlEntry } from '../../lib/yaml-tree.ts';

/** Named code tables: the words of the canonical documents for the codes of the standards. */
export type Codes = {
  readonly tables: ReadonlyMap<string, CodeTable>;
  /** A table with mistakes, or any in a file that is no YAML: what names it cannot be used, and is not at fault. */
  readonly isBroken: (name: string) => boolean;
};

export type CodeTable = {
  readonly name: string;
  /** `BK` → `blanket`. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** `blanket` → `BK`; of several codes with one name the first is written. */
  readonly codeOf: ReadonlyMap<string, string>;
};

/** The name of every code that a table does not know; the code is kept beside it. */
export const OTHER = 'other';

export function parseCodes(file: string, source: string): { codes: Codes; mistakes: readonly Mistake[] } {
  const yaml = parseYaml(file, source);
  const mistakes = [...yaml.mistakes];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  if (yaml.root === undefined && mistakes.length === 0)
    say({ file, line: 1, column: 1 }, 'expected named code tables');
  const whole = yaml.root?.kind === 'table' && yaml.mistakes.length === 0;
  const tables = new Map<string, CodeTable>();
  const broken = new Set<string>();
  for (const entry of readEntries(yaml.root, 'the file', say)) {
    const before = mistakes.length;
    const table = parseTable(entry, say);
    if (whole && mistakes.length === before) tables.set(table.name, table);
    else broken.add(table.name);
  }
  const isBroken = (name: string) => !whole || broken.has(name);
  return { codes: { tables, isBroken }, mistakes: sortMistakes(mistakes) };
}

function parseTable({ key, value }: YamlEntry, say: Say): CodeTable {
  const nameOf = new Map<string, string>();
  const codeOf = new Map<string, string>();
  if (value.kind !== 'table') say(value.place, `\`${key.text}\` is a table: \`CODE: name\``);
  for (const row of value.kind === 'table' ? value.entries : []) {
    const name = row.value.kind === 'text' && !isNothing(row.value) ? row.value.text : undefined;
    if (name === undefined) say(row.value.place, 'a code needs a name');
    else if (name === OTHER) say(row.value.place, `\`${OTHER}\` is kept for codes the table does not know`);
    else {
      nameOf.set(row.key.text, name);
      if (!codeOf.has(name)) codeOf.set(name, row.key.text);
    }
  }
  return { name: key.text, nameOf, codeOf };
}
