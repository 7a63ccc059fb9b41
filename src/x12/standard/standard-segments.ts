import type { Say } from '../../lib/mistake.ts';
import { type Fields, readEntries, readFields, readItems, readText } from '../../lib/yaml-fields.ts';
import type { YamlNode } from '../../lib/yaml-tree.ts';
import type { Condition, ElementUse, SegmentDefinition } from './definition.ts';

/** `segments.yaml` and `composites.yaml`, which read alike. */
export function parseSegments(
  root: YamlNode | undefined,
  base: ReadonlyMap<string, SegmentDefinition> | undefined,
  known: (ref: string) => boolean,
  say: Say,
): Map<string, SegmentDefinition> {
  const segments = new Map(base);
  for (const { key, value } of readEntries(root, 'the file', say)) {
    const fields: Fields = readFields(value, ['name', 'elements', 'conditions'], say);
    const name = readText(fields, 'name', say);
    if (name === undefined) say(key.place, `${key.text} has no name`);
    const elements = readItems(fields, 'elements', say).map((node) => parseUse(node, known, say));
    const conditions = readItems(fields, 'conditions', say).flatMap((node) =>
      parseCondition(node, elements.length, say),
    );
    segments.set(key.text, { id: key.text, name: name?.text ?? '', elements, conditions });
  }
  return segments;
}

/** `353 M`, `1270 x5`, `C040`. */
function parseUse(node: YamlNode, known: (ref: string) => boolean, say: Say): ElementUse {
  const match = /^(\S+)( M| O)?(?: x(>1|\d+))?$/.exec(node.kind === 'text' ? node.text : '');
  if (match === null) {
    say(node.place, `should read like "353 M", "C040" or "1270 x5"`);
    return { ref: '', mandatory: false, repeat: 1 };
  }
  const ref = match[1]!;
  if (!known(ref)) say(node.place, `${ref} is not defined`);
  return { ref, mandatory: match[2] === ' M', repeat: readRepeat(match[3]) };
}

/** `>1`, `5`, or nothing for once. */
export function readRepeat(text: string | undefined): number {
  if (text === undefined) return 1;
  return text === '>1' ? Number.POSITIVE_INFINITY : Number(text);
}

/** `P0304`: a letter and positions of two digits. */
function parseCondition(node: YamlNode, count: number, say: Say): Condition[] {
  const match = /^([PRECL])((?:\d\d){2,})$/.exec(node.kind === 'text' ? node.text : '');
  if (match === null) {
    say(node.place, 'a condition should read like P0304');
    return [];
  }
  const positions = (match[2]!.match(/\d\d/g) ?? []).map(Number);
  const beyond = positions.find((position) => position < 1 || position > count);
  if (beyond !== undefined) say(node.place, `position ${beyond} does not exist: there are ${count} elements`);
  return [{ kind: match[1] as Condition['kind'], positions }];
}
