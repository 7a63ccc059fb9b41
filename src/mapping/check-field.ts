import { suggest } from '../lib/suggest.ts';
import type { ElementDefinition } from '../x12/definition.ts';
import { checkConversion } from './check-conversion.ts';
import { type AtSegment, nameElement } from './checking.ts';
import type { Expression, FieldExpression } from './map-file.ts';
import type { ElementPlan } from './plan.ts';
import { describeType, findField, isList, type JsonSchema, listFields } from './schema.ts';
import { claimField, fieldRef } from './scope.ts';

/** A single field of the scope. */
export function checkField(
  expression: FieldExpression,
  element: ElementDefinition | undefined,
  at: AtSegment,
): ElementPlan | undefined {
  const schema = findSchema(expression, at);
  if (schema === undefined) return undefined;
  const { say } = at.checking;
  if (isList(schema) || schema.properties !== undefined || schema.const !== undefined) {
    const how = isList(schema) ? 'bind it with `each:`, `| pairs` or `| list N`' : 'name one of its fields';
    say(expression.place, `\`${expression.path}\` is a ${describeType(schema)}: ${how}`);
    return undefined;
  }
  const field = fieldRef(at.scope, expression.path, schema);
  const checked = checkConversion(expression, schema, element, at);
  if (checked === undefined) return undefined;
  const claim = claimField(at.checking.bound, at.scope, field.slot, at.node.index);
  return { kind: 'field', field, claim, ...checked };
}

/** `.`: the item of a list of text. */
export function checkValue(
  expression: FieldExpression,
  element: ElementDefinition | undefined,
  at: AtSegment,
): ElementPlan | undefined {
  if (!at.texts) {
    at.checking.say(expression.place, '`.` is the item of a list of text: it needs `each:` with such a list');
    return undefined;
  }
  const checked = checkConversion(expression, { type: 'string' }, element, at);
  return checked === undefined ? undefined : { kind: 'value', conversion: checked.conversion };
}

/** `ids | pairs`: qualifier and value by turns, as far as the standard repeats the same two elements. */
export function checkPairs(
  expression: FieldExpression,
  from: number,
  at: AtSegment,
): readonly (ElementPlan | undefined)[] {
  const schema = findSchema(expression, at);
  const { say, bound } = at.checking;
  const members = schema?.items?.properties;
  if (schema !== undefined && (members?.['qualifier'] === undefined || members['value'] === undefined)) {
    say(
      expression.place,
      `\`| pairs\` needs a list of qualifier and value, and \`${expression.path}\` is a ${describeType(schema)}`,
    );
    return [undefined];
  }
  const refs = at.definition.elements.map((use) => use.ref);
  let to = from - 1;
  while (refs[to] === refs[from - 1] && refs[to + 1] !== undefined && refs[to + 1] === refs[from]) to += 2;
  const asked = expression.conversions.find(({ name }) => name === 'pairs')?.args[0];
  const most = (to - from + 1) / 2;
  if (to < from + 1 || (asked !== undefined && !(Number(asked) >= 1 && Number(asked) <= most))) {
    say(
      expression.place,
      `${nameElement(at, from)} starts ${most < 1 ? 'no' : most} pairs of qualifier and value`,
    );
    return [undefined];
  }
  if (asked !== undefined) to = from + 2 * Number(asked) - 1;
  if (schema === undefined) return new Array(to - from + 1).fill(undefined);
  const field = fieldRef(at.scope, expression.path, schema);
  const claim = claimField(bound, at.scope, field.slot, at.node.index);
  return new Array(to - from + 1).fill({ kind: 'pairs', from, to, field, claim });
}

/** `codes | list 5`: so many elements from here are the items of a list of text. */
export function checkRun(
  expression: FieldExpression,
  from: number,
  width: number,
  at: AtSegment,
): readonly (ElementPlan | undefined)[] {
  const schema = findSchema(expression, at);
  const { say, bound } = at.checking;
  const to = from + width - 1;
  if (!Number.isInteger(width) || width < 1 || to > at.definition.elements.length) {
    say(
      expression.place,
      `\`| list N\`: ${at.definition.id} has ${at.definition.elements.length - from + 1} elements from here`,
    );
    return [undefined];
  }
  if (schema !== undefined && (!isList(schema) || schema.items?.properties !== undefined)) {
    say(
      expression.place,
      `\`| list\` needs a list of text, and \`${expression.path}\` is a ${describeType(schema)}`,
    );
    return [undefined];
  }
  const rest = expression.conversions.filter(({ name }) => name !== 'list');
  const checked = checkConversion({ ...expression, conversions: rest }, { type: 'string' }, undefined, at);
  if (schema === undefined || checked === undefined) return new Array(width).fill(undefined);
  const field = fieldRef(at.scope, expression.path, schema);
  const claim = claimField(bound, at.scope, field.slot, at.node.index);
  return new Array(width).fill({ kind: 'run', from, to, field, claim, conversion: checked.conversion });
}

/** `=count(lines)`, `=hash(lines.quantity)`, `=sum(…)`: paths from the top of the document. */
export function checkComputed(
  expression: Extract<Expression, { kind: 'computed' }>,
  at: AtSegment,
): ElementPlan | undefined {
  const { rule, path, place } = expression;
  const { document, say } = at.checking;
  const keys = path.split('.');
  const list = rule === 'count' ? path : keys.slice(0, -1).join('.');
  const found = list === '' ? undefined : findField(document, list);
  if (found === undefined || 'missing' in found || !isList(found.schema)) {
    const lists = Object.entries(document.properties ?? {}).filter(([, schema]) => isList(schema));
    say(
      place,
      `\`${rule}(${path})\`: \`${list || path}\` is not a list${suggest(
        list || path,
        lists.map(([name]) => name),
      )}`,
    );
    return undefined;
  }
  if (rule === 'count') return { kind: 'computed', rule, path: keys };
  const item = found.schema.items!;
  const name = keys.at(-1)!;
  const field = item.properties?.[name];
  if (field === undefined || field.format !== 'decimal') {
    const decimals = Object.entries(item.properties ?? {}).filter(
      ([, schema]) => schema.format === 'decimal',
    );
    say(
      place,
      `\`${rule}(${path})\`: \`${name}\` is not a decimal of ${list}${suggest(
        name,
        decimals.map(([key]) => key),
      )}`,
    );
    return undefined;
  }
  return { kind: 'computed', rule, path: keys };
}

function findSchema(expression: FieldExpression, at: AtSegment): JsonSchema | undefined {
  if (at.texts || expression.path === '.') {
    at.checking.say(expression.place, 'inside `each:` with a list of text the item is written `.`');
    return undefined;
  }
  const found = findField(at.scope.schema, expression.path);
  if (!('missing' in found)) return found.schema;
  const hint = suggest(expression.path, listFields(at.scope.schema));
  const where = at.scope.path === '' ? 'the document' : at.scope.path.slice(0, -1);
  at.checking.say(expression.place, `there is no field \`${expression.path}\` in ${where}${hint}`);
  return undefined;
}
