import type { Say } from '../lib/mistake.ts';
import { readEntries, readFields } from '../lib/yaml-fields.ts';
import { isNothing, type YamlEntry, type YamlNode } from '../lib/yaml-tree.ts';
import type { ElementDefinition, ElementType } from './definition.ts';

const SHAPE = /^(AN|ID|DT|TM|R|B|N\d?) (\d+)\/(\d+) (.+)$/;

/** `elements.yaml`: an entry overrides the base's whole, but for the codes that it `adds`. */
export function parseElements(
  root: YamlNode | undefined,
  base: ReadonlyMap<string, ElementDefinition> | undefined,
  say: Say,
): Map<string, ElementDefinition> {
  const elements = new Map(base);
  for (const entry of readEntries(root, 'the file', say)) {
    elements.set(entry.key.text, parseElement(entry, base?.get(entry.key.text), say));
  }
  return elements;
}

function parseElement(entry: YamlEntry, base: ElementDefinition | undefined, say: Say): ElementDefinition {
  const { key, value } = entry;
  const fields =
    value.kind === 'text' ? new Map() : readFields(value, ['is', 'codes', 'adds', 'common'], say);
  const list = (name: string) => (fields.has(name) ? parseCodes(fields.get(name).value, say) : undefined);
  const adds = list('adds');
  if (adds !== undefined && base?.codes === undefined) {
    say(key.place, `nothing to add to: the base has no code list for ${key.text}`);
  }
  const own = list('codes');
  const codes = adds === undefined ? own : new Map([...(own ?? base?.codes ?? []), ...adds]);
  const common = list('common');
  const shape: YamlNode = value.kind === 'text' ? value : fields.get('is')?.value;
  if (base !== undefined && (shape === undefined || isNothing(shape))) {
    return { ...base, codes: codes ?? base.codes, common: common ?? base.common };
  }
  return { id: key.text, ...parseShape(shape, entry, say), codes, common };
}

/** `AN 1/22 Purchase order number`. */
function parseShape(
  shape: YamlNode | undefined,
  { key, value }: YamlEntry,
  say: Say,
): Pick<ElementDefinition, 'name' | 'type' | 'min' | 'max'> {
  const match = SHAPE.exec(shape?.kind === 'text' ? shape.text : '');
  if (match === null) {
    say((shape ?? value).place, `element ${key.text} should read like "AN 1/22 Purchase order number"`);
    // It is known all the same, so that each use of it is not told as well.
    return { name: '', type: 'AN', min: 0, max: 0 };
  }
  const [, type, least, greatest, name] = match as unknown as [string, string, string, string, string];
  const [min, max] = [Number(least), Number(greatest)];
  if (min > max) say((shape ?? value).place, `least length ${min} exceeds greatest length ${max}`);
  return { name, type: (type === 'N' ? 'N0' : type) as ElementType, min, max };
}

/** Lines of `BY Buying party`; the name may be left out. */
function parseCodes(node: YamlNode, say: Say): Map<string, string> {
  const codes = new Map<string, string>();
  if (node.kind !== 'text') say(node.place, 'codes should be a block of lines such as "BY Buying party"');
  for (const line of (node.kind === 'text' ? node.text : '').split('\n')) {
    const [code, ...name] = line.trim().split(/\s+/);
    if (code === undefined || code === '') continue;
    if (codes.has(code)) say(node.place, `code ${code} is there twice`);
    codes.set(code, name.join(' '));
  }
  return codes;
}
