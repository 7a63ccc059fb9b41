import type { Say } from '../../lib/mistake.ts';
import { type Fields, readEntries, readFields } from '../../lib/yaml-fields.ts';
import { isNothing, type YamlEntry, type YamlNode } from '../../lib/yaml-tree.ts';
import type { ElementDefinition, ElementType } from './definition.ts';

type Shape = Pick<ElementDefinition, 'name' | 'type' | 'min' | 'max'>;

const SHAPE = /^(AN|ID|DT|TM|R|B|N\d?) (\d+)\/(\d+) (.+)$/;

/** `elements.yaml`: what an entry does not say is the base's; of its codes, those that the new shape allows. */
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
  const fields: Fields =
    value.kind === 'text' ? new Map() : readFields(value, ['is', 'codes', 'adds', 'common'], say);
  const given: YamlNode | undefined = value.kind === 'text' ? value : fields.get('is')?.value;
  const shape: Shape =
    base !== undefined && (given === undefined || isNothing(given)) ? base : parseShape(given, entry, say);
  const list = (name: string) => {
    const field = fields.get(name);
    return field === undefined ? undefined : parseCodes(field.value, shape, say);
  };
  const [codes, adds] = [list('codes') ?? keepCodes(base?.codes, shape), list('adds')];
  if (adds !== undefined && base?.codes === undefined) {
    say(key.place, `nothing to add to: the base has no code list for ${key.text}`);
  }
  const { name, type, min, max } = shape;
  const whole = adds === undefined ? codes : new Map([...(codes ?? []), ...adds]);
  return { id: key.text, name, type, min, max, codes: whole, common: list('common') ?? base?.common };
}

/** A list is closed only for an ID; codes that a version's lengths rule out fall away with them. */
function keepCodes(codes: ElementDefinition['codes'], shape: Shape): ElementDefinition['codes'] {
  if (shape.type !== 'ID' || codes === undefined) return undefined;
  return new Map([...codes].filter(([code]) => fits(code, shape)));
}

function fits(code: string, { min, max }: Shape): boolean {
  return code.length >= min && code.length <= max;
}

/** `AN 1/22 Purchase order number`. */
function parseShape(shape: YamlNode | undefined, { key, value }: YamlEntry, say: Say): Shape {
  const match = SHAPE.exec(shape?.kind === 'text' ? shape.text : '');
  if (match === null) {
    say((shape ?? value).place, `element ${key.text} should read like "AN 1/22 Purchase order number"`);
    // It is known all the same, so that each use of it is not told as well.
    return { name: '', type: 'ID', min: 0, max: Number.POSITIVE_INFINITY };
  }
  const [, type, least, greatest, name] = match as unknown as [string, string, string, string, string];
  const [min, max] = [Number(least), Number(greatest)];
  if (min > max) say((shape ?? value).place, `least length ${min} exceeds greatest length ${max}`);
  return { name, type: (type === 'N' ? 'N0' : type) as ElementType, min, max };
}

/** Lines of `BY Buying party`; the name may be left out. */
function parseCodes(node: YamlNode, shape: Shape, say: Say): Map<string, string> {
  const codes = new Map<string, string>();
  if (node.kind !== 'text') say(node.place, 'codes should be a block of lines such as "BY Buying party"');
  for (const line of (node.kind === 'text' ? node.text : '').split('\n')) {
    const [code, ...name] = line.trim().split(/\s+/);
    if (code === undefined || code === '') continue;
    if (codes.has(code)) say(node.place, `code ${code} is there twice`);
    if (!fits(code, shape)) say(node.place, `code ${code} has not ${shape.min} to ${shape.max} characters`);
    codes.set(code, name.join(' '));
  }
  return codes;
}
