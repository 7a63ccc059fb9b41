import { type Mistake, mistake } from '../../lib/mistake.ts';
import { readEntries } from '../../lib/yaml-fields.ts';
import { parseYaml } from '../../lib/yaml-tree.ts';

export type Words = ReadonlyMap<string, string>;

/** `words.<language>.yaml`: what codes and labels are called, `quantity: Menge` to a line. */
export function readWords(
  file: string,
  text: string,
): { readonly words: Words; readonly mistakes: readonly Mistake[] } {
  const { root, mistakes: inYaml } = parseYaml(file, text);
  const mistakes = [...inYaml];
  const words = new Map<string, string>();
  for (const { key, value } of readEntries(root, 'the list of words', (place, message) =>
    mistakes.push(mistake(place, message)),
  )) {
    if (value.kind === 'text') words.set(key.text, value.text);
    else mistakes.push(mistake(value.place, `what \`${key.text}\` is called is a text`));
  }
  return { words, mistakes };
}
