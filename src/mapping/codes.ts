import { parseYaml } from './located.ts';
import { type Mistake, mistake, sortMistakes } from './mistakes.ts';

/** Named code tables: the words of the canonical documents for the codes of the standards. */
export type Codes = ReadonlyMap<string, CodeTable>;

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
  const codes = new Map<string, CodeTable>();
  if (yaml.root?.kind !== 'table') {
    if (mistakes.length === 0)
      mistakes.push(mistake({ file, line: 1, column: 1 }, 'expected named code tables'));
    return { codes, mistakes };
  }
  for (const { key, value } of yaml.root.entries) {
    const nameOf = new Map<string, string>();
    const codeOf = new Map<string, string>();
    if (value.kind !== 'table')
      mistakes.push(mistake(value.place, `\`${key.text}\` is a table: \`CODE: name\``));
    else {
      for (const row of value.entries) {
        const name = row.value.kind === 'text' ? row.value.text : '~';
        if (name === '~' || name === OTHER) {
          const wrong =
            name === OTHER ? `\`${OTHER}\` is kept for codes the table does not know` : 'a code needs a name';
          mistakes.push(mistake(row.value.place, wrong));
        }
        nameOf.set(row.key.text, name);
        if (!codeOf.has(name)) codeOf.set(name, row.key.text);
      }
    }
    codes.set(key.text, { name: key.text, nameOf, codeOf });
  }
  return { codes, mistakes: sortMistakes(mistakes) };
}
