import { type Mistake, mistake, type Say, sortMistakes } from '../lib/mistake.ts';
import { type Fields, readFields, readItems, readText } from '../lib/yaml-fields.ts';
import { isNothing, parseYaml, type YamlEntry, type YamlNode } from '../lib/yaml-tree.ts';
import type { Address, Change, Entry, MapFile, Narrowing, Step, Word } from './map-file.ts';
import { parseExpression } from './parse-expression.ts';

export type ParsedMap = { readonly map: MapFile; readonly mistakes: readonly Mistake[] };

const STEP = /^([A-Z][A-Z0-9]{1,2})(?: (\S+))?$/;
const ADDRESS = /^((?:[A-Z][A-Z0-9]{1,2}(?: [^\s/]+)?\/)*)([A-Z][A-Z0-9]{1,2}(?: [^\s/]+?)?)(?:-(\d{2}))?$/;
const KEYS = ['set', 'document', 'extends', 'segments', 'change', 'require', 'forbid', 'codes'] as const;

/** Reads one map file; what cannot be understood is left out of `map` and told in `mistakes`. */
export function parseMap(file: string, source: string): ParsedMap {
  const yaml = parseYaml(file, source);
  const mistakes = [...yaml.mistakes];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  const top = { file, line: 1, column: 1 };
  if (yaml.root === undefined && mistakes.length === 0) say(top, 'the map is empty');
  const fields: Fields = yaml.root === undefined ? new Map() : readFields(yaml.root, KEYS, say);
  const map: MapFile = {
    file,
    set: readText(fields, 'set', say),
    document: readText(fields, 'document', say),
    extends: readText(fields, 'extends', say),
    segments: readItems(fields, 'segments', say).flatMap((item) => parseEntry(item, say)),
    change: readItems(fields, 'change', say).flatMap((item) => parseChange(item, say)),
    narrowing: parseNarrowing(fields, say),
  };
  if (yaml.root !== undefined && map.extends === undefined) {
    if (map.set === undefined) say(top, '`set:` is missing, such as `set: "850"`');
    if (map.document === undefined) say(top, '`document:` is missing, such as `document: purchase-order`');
    for (const change of map.change)
      say(change.address.place, '`change:` needs `extends:` at the top of the map');
  }
  return { map, mistakes: sortMistakes(mistakes) };
}

/** `- REF CT: [~, contractNumber]`. */
function parseEntry(item: YamlNode, say: Say): readonly Entry[] {
  const only = soleEntry(item);
  if (only === undefined) {
    say(item.place, 'expected one segment here, such as `REF CT: [~, contractNumber]`');
    return [];
  }
  const optional = only.key.text.endsWith('?');
  const step = STEP.exec(optional ? only.key.text.slice(0, -1) : only.key.text);
  if (step === null) {
    say(only.key.place, `\`${only.key.text}\` is not a segment such as \`REF\` or \`REF CT\``);
    return [];
  }
  return [parseBody({ segment: step[1]!, qualifier: step[2] }, optional, only, say)];
}

function parseBody(step: Step, optional: boolean, entry: YamlEntry, say: Say): Entry {
  const head = { place: entry.key.place, ...step, optional };
  if (entry.value.kind === 'list') {
    return { ...head, each: undefined, elements: parseElements(entry.value, say), segments: undefined };
  }
  const body = readFields(entry.value, ['each', 'elements', 'segments'], say);
  const elements = body.get('elements')?.value;
  if (elements !== undefined && elements.kind !== 'list')
    say(elements.place, '`elements:` is a list: [field, field, ~]');
  if (elements !== undefined && body.has('segments')) {
    say(elements.place, 'give either `elements:` (a segment) or `segments:` (a loop), not both');
  }
  return {
    ...head,
    each: readText(body, 'each', say),
    elements: elements?.kind === 'list' ? parseElements(elements, say) : undefined,
    segments: body.has('segments')
      ? readItems(body, 'segments', say).flatMap((item) => parseEntry(item, say))
      : undefined,
  };
}

function parseElements(list: Extract<YamlNode, { kind: 'list' }>, say: Say): Entry['elements'] {
  return list.items.map((item) => parseExpression(item, say));
}

/** A binding, `REF CT: ~` to drop one, `BEG-08: field` for one element, `DTM 010 instead of DTM 002`. */
function parseChange(item: YamlNode, say: Say): readonly Change[] {
  if (item.kind === 'text') return parseRequalify(item, say);
  const only = soleEntry(item);
  if (only === undefined) {
    say(item.place, 'expected one change here, such as `REF CO: [~, customerOrderNumber]`');
    return [];
  }
  const address = parseAddress(only.key, say);
  if (address === undefined) return [];
  if (address.element !== undefined) {
    return [{ kind: 'element', address, expression: parseExpression(only.value, say) }];
  }
  if (isNothing(only.value)) return [{ kind: 'drop', address }];
  return [{ kind: 'bind', address, entry: parseBody(address.step, false, only, say) }];
}

function parseRequalify(item: Word, say: Say): readonly Change[] {
  const [left, right, ...rest] = item.text.split(' instead of ');
  if (left === undefined || right === undefined || rest.length > 0) {
    say(
      item.place,
      `\`${item.text}\` is not a change; write \`REF CO: [~, field]\` or \`DTM 010 instead of DTM 002\``,
    );
    return [];
  }
  const address = parseAddress({ ...item, text: left.trim() }, say);
  const from = parseAddress({ ...item, text: right.trim() }, say);
  return address === undefined || from === undefined ? [] : [{ kind: 'requalify', address, from }];
}

function parseAddress(key: Word, say: Say): Address | undefined {
  const match = ADDRESS.exec(key.text);
  if (match === null) {
    say(key.place, `\`${key.text}\` is not an address such as \`REF CT\`, \`PO1/REF ZZ\` or \`BEG-06\``);
    return undefined;
  }
  const loops = match[1]!
    .split('/')
    .filter((part) => part !== '')
    .map(parseStep);
  const element = match[3] === undefined ? undefined : Number(match[3]);
  return { place: key.place, loops, step: parseStep(match[2]!), element };
}

function parseStep(text: string): Step {
  const match = STEP.exec(text)!;
  return { segment: match[1]!, qualifier: match[2] };
}

function parseNarrowing(fields: Fields, say: Say): Narrowing {
  const addresses = (key: string): readonly Address[] =>
    readItems(fields, key, say).flatMap((item) => {
      if (item.kind === 'text') return parseAddress(item, say) ?? [];
      say(item.place, `expected an address such as \`BEG-06\` or \`REF DP\` under \`${key}:\``);
      return [];
    });
  const codes = fields.get('codes')?.value;
  if (codes !== undefined && codes.kind !== 'table')
    say(codes.place, '`codes:` is a table: `PO1-03: [EA, CA]`');
  const lists = codes?.kind === 'table' ? codes.entries : [];
  return {
    require: addresses('require'),
    forbid: addresses('forbid'),
    codes: lists.flatMap((entry) => parseCodeList(entry, say)),
  };
}

function parseCodeList({ key, value }: YamlEntry, say: Say): Narrowing['codes'] {
  const address = parseAddress(key, say);
  if (address === undefined) return [];
  const texts = value.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : [];
  if (address.element !== undefined && texts.length > 0) {
    return [{ address, codes: texts.map((item) => item.text) }];
  }
  say(key.place, 'expected an element and its codes, such as `PO1-03: [EA, CA]`');
  return [];
}

function soleEntry(item: YamlNode): YamlEntry | undefined {
  return item.kind === 'table' && item.entries.length === 1 ? item.entries[0] : undefined;
}
