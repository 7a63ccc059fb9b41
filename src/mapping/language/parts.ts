import { type Mistake, mistake, type Say } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import { readEntries } from '../../lib/yaml-fields.ts';
import { parseYaml, type YamlList, type YamlText } from '../../lib/yaml-tree.ts';

/** What many maps say in the same words, by name: the elements of a segment, or the segments of a loop. */
export type Parts = ReadonlyMap<string, Part>;

/** A part may use those `above` it in the file, so that none can lead back to itself. */
type Part = { readonly list: YamlList; readonly above: Parts };

/** `maps/parts.yaml`; what the lists say is read, and its mistakes are told, where a map uses them. */
export function parseParts(
  file: string,
  source: string,
): { readonly parts: Parts; readonly mistakes: readonly Mistake[] } {
  const { root, mistakes: inYaml } = parseYaml(file, source);
  const mistakes = [...inYaml];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  let parts: Parts = new Map();
  for (const { key, value } of readEntries(root, 'the file', say)) {
    if (value.kind === 'list') parts = new Map(parts).set(key.text, { list: value, above: parts });
    else say(value.place, 'a part is a list: of elements, or of the segments of a loop');
  }
  return { parts, mistakes };
}

/** The part that `as: party` means. */
export function findPart(parts: Parts, name: YamlText, say: Say): Part | undefined {
  const part = parts.get(name.text);
  if (part === undefined) {
    say(
      name.place,
      `there is no part \`${name.text}\` in parts.yaml above${suggest(name.text, parts.keys())}`,
    );
  }
  return part;
}
