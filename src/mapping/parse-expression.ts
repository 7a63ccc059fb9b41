import type { Say } from '../lib/mistake.ts';
import { isNothing, type YamlNode } from '../lib/yaml-tree.ts';
import type { ComputedRule, ConversionCall, Expression, FieldExpression, Word } from './map-file.ts';

const PATH = /^(?:\.|[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)$/;
const COMPUTED = /^=\s*([A-Za-z]+)\(([^)]*)\)$/;

/** `orderDate | date`, `=CT`, `~`, `=count(lines)`, or a list for the components of a composite. */
export function parseExpression(value: YamlNode, say: Say): Expression {
  if (value.kind === 'list') {
    return {
      kind: 'composite',
      place: value.place,
      parts: value.items.map((item) => parseExpression(item, say)),
    };
  }
  if (value.kind === 'table') {
    say(value.place, 'expected a field, `=literal`, `~` or a list of components here');
    return { kind: 'skip', place: value.place, fixed: undefined };
  }
  if (isNothing(value)) return { kind: 'skip', place: value.place, fixed: undefined };
  if (value.text.startsWith('=')) return parseConstant(value, say);
  const [head, ...calls] = splitPipes(value);
  if (head!.text === '~') return parseSkip(value, calls.map(parseCall), say);
  return parseField(head!, calls.map(parseCall), say);
}

function parseConstant(value: Word, say: Say): Expression {
  const computed = COMPUTED.exec(value.text);
  if (computed === null) return { kind: 'literal', place: value.place, value: value.text.slice(1).trim() };
  const rule = computed[1]!;
  if (rule !== 'count' && rule !== 'hash' && rule !== 'sum') {
    say(value.place, `unknown rule \`${rule}(…)\`; known are count, hash, sum`);
    return { kind: 'skip', place: value.place, fixed: undefined };
  }
  return {
    kind: 'computed',
    place: value.place,
    rule: rule satisfies ComputedRule,
    path: computed[2]!.trim(),
  };
}

function parseSkip(value: Word, calls: readonly ConversionCall[], say: Say): Expression {
  const [first, ...more] = calls;
  if (first === undefined) return { kind: 'skip', place: value.place, fixed: undefined };
  if (first.name === 'default' && first.args.length > 0 && more.length === 0) {
    return { kind: 'skip', place: value.place, fixed: first.args.join(' ') };
  }
  say(first.place, 'only `| default VALUE` can follow `~`');
  return { kind: 'skip', place: value.place, fixed: undefined };
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
