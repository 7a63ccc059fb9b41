import { suggest } from '../../lib/suggest.ts';
import type { ElementDefinition } from '../../x12/standard/definition.ts';
import type { FieldExpression } from '../language/map-file.ts';
import type { ElementPlan } from '../language/plan.ts';
import { describeType, findField, isList, type JsonSchema, listFields } from '../language/schema.ts';
import { claimField, fieldRef } from '../language/scope.ts';
import { checkConversion } from './check-conversion.ts';
import type { AtSegment } from './checking.ts';

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

/** The schema of the field that an expression names, with a mistake told when there is none. */
export function findSchema(expression: FieldExpression, at: AtSegment): JsonSchema | undefined {
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
