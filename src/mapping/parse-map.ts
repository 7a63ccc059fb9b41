import {
  type List,
  type Located,
  parseYaml,
  readTable,
  type Table,
  type TableEntry,
  type Text,
} from './located.ts';
import type { Address, Change, Entry, MapFile, Narrowing, Step } from './map-file.ts';
import { type Mistake, mistake, sortMistakes } from './mistakes.ts';
import { parseExpression, type Say } from './parse-expression.ts';

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
  const table = yaml.root === undefined ? new Map<string, TableEntry>() : readTable(yaml.root, KEYS, say);
  const map: MapFile = {
    file,
    set: textOf(table, 'set', say),
    document: textOf(table, 'document', say),
    extends: textOf(table, 'extends', say),
    segments: itemsOf(table, 'segments', say).flatMap((item) => parseEntry(item, say)),
    change: itemsOf(table, 'change', say).flatMap((item) => parseChange(item, say)),
    narrowing: parseNarrowing(table, say),
  };
  if (yaml.root !== undefined && map.extends === undefined) {
    if (map.set === undefined) say(top, '`set:` is missing, such as `set: "850"`');
    if (map.document === undefined) say(top, '`document:` is missing, such as `document: purchase-order`');
    for (const change of map.change)
      say(change.address.place, '`change:` needs `extends:` at the top of the map');
  }
  return { map, mistakes: sortMistakes(mistakes) };
}

function textOf(table: ReadonlyMap<string, TableEntry>, key: string, say: Say): Text | undefined {
  const value = table.get(key)?.value;
  if (value === undefined || value.kind === 'text') return value;
  say(value.place, `\`${key}:\` is one word`);
  return undefined;
}

function itemsOf(table: ReadonlyMap<string, TableEntry>, key: string, say: Say): readonly Located[] {
  const value = table.get(key)?.value;
  if (value === undefined) return [];
  if (value.kind === 'list') return value.items;
  say(value.place, `\`${key}:\` is a list: each line under it starts with \`- \``);
  return [];
}

/** `- REF CT: [~, contractNumber]`. */
function parseEntry(item: Located, say: Say): readonly Entry[] {
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

function parseBody(step: Step, optional: boolean, entry: TableEntry, say: Say): Entry {
  const head = { place: entry.key.place, ...step, optional };
  if (entry.value.kind === 'list') {
    return { ...head, each: undefined, elements: parseElements(entry.value, say), segments: undefined };
  }
  const body = readTable(entry.value, ['each', 'elements', 'segments'], say);
  const elements = body.get('elements')?.value;
  if (elements !== undefined && elements.kind !== 'list')
    say(elements.place, '`elements:` is a list: [field, field, ~]');
  if (elements !== undefined && body.has('segments')) {
    say(elements.place, 'give either `elements:` (a segment) or `segments:` (a loop), not both');
  }
  return {
    ...head,
    each: textOf(body, 'each', say),
    elements: elements?.kind === 'list' ? parseElements(elements, say) : undefined,
    segments: body.has('segments')
      ? itemsOf(body, 'segments', say).flatMap((item) => parseEntry(item, say))
      : undefined,
  };
}

function parseElements(list: List, say: Say): Entry['elements'] {
  return list.items.map((item) => parseExpression(item, say));
}

/** A binding, `REF CT: ~` to drop one, `BEG-08: field` for one element, `DTM 010 instead of DTM 002`. */
function parseChange(item: Located, say: Say): readonly Change[] {
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
  if (only.value.kind === 'text' && only.value.text === '~') return [{ kind: 'drop', address }];
  return [{ kind: 'bind', address, entry: parseBody(address.step, false, only, say) }];
}

function parseRequalify(item: Text, say: Say): readonly Change[] {
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

function parseAddress(key: Text, say: Say): Address | undefined {
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

function parseNarrowing(table: ReadonlyMap<string, TableEntry>, say: Say): Narrowing {
  const addresses = (key: string): readonly Address[] =>
    itemsOf(table, key, say).flatMap((item) => {
      if (item.kind === 'text') return parseAddress(item, say) ?? [];
      say(item.place, `expected an address such as \`BEG-06\` or \`REF DP\` under \`${key}:\``);
      return [];
    });
  const codes = table.get('codes')?.value;
  if (codes !== undefined && codes.kind !== 'table')
    say(codes.place, '`codes:` is a table: `PO1-03: [EA, CA]`');
  const lists = codes?.kind === 'table' ? codes.entries : [];
  return {
    require: addresses('require'),
    forbid: addresses('forbid'),
    codes: lists.flatMap((entry) => parseCodeList(entry, say)),
  };
}

function parseCodeList({ key, value }: TableEntry, say: Say): Narrowing['codes'] {
  const address = parseAddress(key, say);
  if (address === undefined) return [];
  const texts = value.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : [];
  if (address.element !== undefined && texts.length > 0) {
    return [{ address, codes: texts.map((item) => item.text) }];
  }
  say(key.place, 'expected an element and its codes, such as `PO1-03: [EA, CA]`');
  return [];
}

function soleEntry(item: Located): TableEntry | undefined {
  const entries = (item as Partial<Table>).entries;
  return entries?.length === 1 ? entries[0] : undefined;
}
