import type { Say } from '../../lib/mistake.ts';
import { readFields, readItems, readText } from '../../lib/yaml-fields.ts';
import { isNothing, type YamlNode } from '../../lib/yaml-tree.ts';
import type {
  ComputedRule,
  ConversionCall,
  Expression,
  FieldExpression,
  TreeRule,
  Word,
} from './map-file.ts';

const PATH = /^(?:\.|[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)$/;
const RULE = /^=\s*([A-Za-z]+)\(([^)]*)\)$/;
const COMPUTED: readonly ComputedRule[] = ['count', 'hash', 'sum'];
const TREE: readonly TreeRule[] = ['id', 'parent', 'children'];

/** `orderDate | date`, `=CT`, `~`, `=count(lines)`, a list for the components of a composite, a table for items. */
export function parseExpression(value: YamlNode, say: Say): Expression {
  if (value.kind === 'list') {
    return {
      kind: 'composite',
      place: value.place,
      parts: value.items.map((item) => parseExpression(item, say)),
    };
  }
  if (value.kind === 'table') return parseItems(value, say);
  if (isNothing(value)) return skip(value);
  if (value.text.startsWith('=')) return parseConstant(value, say);
  const [head, ...calls] = splitPipes(value);
  if (head!.text === '~') return parseSkip(value, calls.map(parseCall), say);
  return parseField(head!, calls.map(parseCall), say);
}

/** `{ each: quantities, elements: [location, quantity | R], times: 10 }`, `{ repeats: contexts, elements: […] }`. */
function parseItems(value: YamlNode, say: Say): Expression {
  const fields = readFields(value, ['each', 'repeats', 'elements', 'times'], say);
  const as = fields.has('repeats') ? 'repeats' : 'groups';
  const each = readText(fields, as === 'repeats' ? 'repeats' : 'each', say);
  const parts = readItems(fields, 'elements', say).map((item) => parseExpression(item, say));
  const times = readText(fields, 'times', say);
  if (fields.has('repeats') && (fields.has('each') || times !== undefined)) {
    say(value.place, '`repeats:` stands with `elements:` alone');
  }
  if (each === undefined || parts.length === 0) {
    say(value.place, 'a list inside a segment is written `{ each: LIST, elements: [field, field] }`');
    return skip(value);
  }
  const most = times !== undefined && /^[1-9]\d?$/.test(times.text) ? Number(times.text) : undefined;
  if (times !== undefined && most === undefined) {
    say(times.place, '`times:` is the number of items, from 1 to 99');
  }
  return { kind: 'items', place: value.place, as, each, parts, times: most };
}

function parseConstant(value: Word, say: Say): Expression {
  const call = RULE.exec(value.text);
  if (call === null) return { kind: 'literal', place: value.place, value: value.text.slice(1).trim() };
  const [name, path] = [call[1]!, call[2]!.trim()];
  const rule = COMPUTED.find((one) => one === name);
  if (rule !== undefined) return { kind: 'computed', place: value.place, rule, path };
  const tree = TREE.find((one) => one === name);
  if (tree === undefined) {
    say(value.place, `unknown rule \`${name}(…)\`; known are ${[...COMPUTED, ...TREE].join(', ')}`);
    return skip(value);
  }
  if (path !== '') say(value.place, `write \`=${tree}()\`: the tree is the one of \`tree:\``);
  return { kind: 'tree', place: value.place, rule: tree };
}

function parseSkip(value: Word, calls: readonly ConversionCall[], say: Say): Expression {
  const [first, ...more] = calls;
  if (first === undefined) return skip(value);
  if (first.name === 'default' && first.args.length > 0 && more.length === 0) {
    return { kind: 'skip', place: value.place, fixed: first.args.join(' ') };
  }
  say(first.place, 'only `| default VALUE` can follow `~`');
  return skip(value);
}

function skip({ place }: Pick<YamlNode, 'place'>): Expression {
  return { kind: 'skip', place, fixed: undefined };
}

function parseField(head: Word, conversions: readonly ConversionCall[], say: Say): FieldExpression {
  const optional = head.text.endsWith('?');
  const path = optional ? head.text.slice(0, -1) : head.text;
  if (!PATH.test(path))
    say(head.place, `\`${head.text}\` is not the name of a field; a literal is written \`=${head.text}\``);
  return { kind: 'field', place: head.place, path, optional, conversions };
}

function parseCall(text: Word): ConversionCall {
  const [name = '', ...args] = text.text.split(/\s+/);
  return { place: text.place, name, args };
}

/** Parts between `|`, trimmed, each with its own place. */
function splitPipes(value: Word): readonly Word[] {
  let offset = 0;
  return value.text.split('|').map((part) => {
    const column = value.place.column + offset + part.length - part.trimStart().length;
    offset += part.length + 1;
    return { place: { ...value.place, column }, text: part.trim() };
  });
}
