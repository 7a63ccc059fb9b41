import { type Mistake, mistake, type Say, sortMistakes } from '../../lib/mistake.ts';
import { type Fields, readFields, readItems, readText } from '../../lib/yaml-fields.ts';
import { isNothing, parseYaml, type YamlEntry, type YamlList, type YamlNode } from '../../lib/yaml-tree.ts';
import type { Address, Change, Entry, MapFile, Narrowing, Step, Word } from './map-file.ts';
import { parseExpression } from './parse-expression.ts';
import { findPart, type Parts } from './parts.ts';

export type ParsedMap = { readonly map: MapFile; readonly mistakes: readonly Mistake[] };

/** Where mistakes go, and what `as:` may name here. */
type Parsing = { readonly say: Say; readonly parts: Parts };

const STEP = /^([A-Z][A-Z0-9]{1,2})(?: (\S+))?$/;
const ADDRESS = /^((?:[A-Z][A-Z0-9]{1,2}(?: [^\s/]+)?\/)*)([A-Z][A-Z0-9]{1,2}(?: [^\s/]+?)?)(?:-(\d{2}))?$/;
const KEYS = [
  'set',
  'document',
  'since',
  'extends',
  'segments',
  'change',
  'require',
  'forbid',
  'codes',
] as const;

/** Reads one map file; what cannot be understood is left out of `map` and told in `mistakes`. */
export function parseMap(file: string, source: string, parts: Parts): ParsedMap {
  const yaml = parseYaml(file, source);
  const mistakes = [...yaml.mistakes];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  const parsing = { say, parts };
  const top = { file, line: 1, column: 1 };
  if (yaml.root === undefined && mistakes.length === 0) say(top, 'the map is empty');
  const fields: Fields = yaml.root === undefined ? new Map() : readFields(yaml.root, KEYS, say);
  const map: MapFile = {
    file,
    set: readText(fields, 'set', say),
    document: readText(fields, 'document', say),
    since: readText(fields, 'since', say),
    extends: readText(fields, 'extends', say),
    segments: readItems(fields, 'segments', say).flatMap((item) => parseEntry(item, parsing)),
    change: readItems(fields, 'change', say).flatMap((item) => parseChange(item, parsing)),
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
function parseEntry(item: YamlNode, parsing: Parsing): readonly Entry[] {
  const { say } = parsing;
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
  return [parseBody({ segment: step[1]!, qualifier: step[2] }, optional, only, parsing)];
}

function parseBody(step: Step, optional: boolean, entry: YamlEntry, parsing: Parsing): Entry {
  const { say } = parsing;
  const head = { place: entry.key.place, ...step, optional };
  if (entry.value.kind === 'list') {
    const elements = parseElements(entry.value, say);
    return { ...head, each: undefined, tree: undefined, elements, segments: undefined };
  }
  const body = readFields(entry.value, ['each', 'tree', 'as', 'elements', 'segments'], say);
  const tree = readText(body, 'tree', say);
  const written = readContent(body, parsing);
  if (tree !== undefined && (body.has('each') || written.segments === undefined)) {
    say(body.get('tree')!.key.place, '`tree:` stands in the place of `each:`, above `segments:`');
  }
  return { ...head, each: readText(body, 'each', say), tree, ...written };
}

/** What is in the segment or loop: given here, or a part of `parts.yaml`. */
function readContent(body: Fields, parsing: Parsing): Pick<Entry, 'elements' | 'segments'> {
  const { say } = parsing;
  const given = ['as', 'elements', 'segments'].flatMap((key) => body.get(key) ?? []);
  if (given.length > 1) {
    say(given[1]!.key.place, 'give one of `elements:` (a segment), `segments:` (a loop) and `as:` (a part)');
  }
  const name = readText(body, 'as', say);
  const part = name === undefined ? undefined : findPart(parsing.parts, name, say);
  if (part !== undefined) return parsePart(part.list, { say, parts: part.above });
  const elements = body.get('elements')?.value;
  if (elements !== undefined && elements.kind !== 'list')
    say(elements.place, '`elements:` is a list: [field, field, ~]');
  return {
    elements: elements?.kind === 'list' ? parseElements(elements, say) : undefined,
    segments: body.has('segments')
      ? readItems(body, 'segments', say).flatMap((item) => parseEntry(item, parsing))
      : undefined,
  };
}

/** The segments of a loop when each item is one, else elements. */
function parsePart(list: YamlList, parsing: Parsing): Pick<Entry, 'elements' | 'segments'> {
  const loop = list.items.every((item) => STEP.test(soleEntry(item)?.key.text.replace(/\?$/, '') ?? ''));
  return loop
    ? { elements: undefined, segments: list.items.flatMap((item) => parseEntry(item, parsing)) }
    : { elements: parseElements(list, parsing.say), segments: undefined };
}

function parseElements(list: YamlList, say: Say): Entry['elements'] {
  return list.items.map((item) => parseExpression(item, say));
}

/** A binding, `REF CT: ~` to drop one, `BEG-08: field` for one element, `DTM 010 instead of DTM 002`. */
function parseChange(item: YamlNode, parsing: Parsing): readonly Change[] {
  const { say } = parsing;
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
  return [{ kind: 'bind', address, entry: parseBody(address.step, false, only, parsing) }];
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
