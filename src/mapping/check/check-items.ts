import type { Expression, FieldExpression, ItemsExpression } from '../language/map-file.ts';
import type { ElementPlan } from '../language/plan.ts';
import { describeType, isList } from '../language/schema.ts';
import { claimField, fieldRef } from '../language/scope.ts';
import { checkConversion } from './check-conversion.ts';
import { checkEach } from './check-each.ts';
import { findSchema } from './check-field.ts';
import { type AtSegment, nameElement } from './checking.ts';

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

/** One element of an item, or one component. */
export type CheckPart = (part: Expression, position: number, at: AtSegment) => ElementPlan | undefined;

/** `{ each: quantities, elements: [location, quantity | R] }`: as far as the standard repeats the same elements. */
export function checkGroups(
  expression: ItemsExpression,
  from: number,
  at: AtSegment,
  checkPart: CheckPart,
): readonly (ElementPlan | undefined)[] {
  const { place, parts, times } = expression;
  const { say } = at.checking;
  const refs = at.definition.elements.map((use) => use.ref);
  const width = parts.length;
  const isGroup = (start: number) =>
    parts.every((_, i) => refs[start + i] !== undefined && refs[start + i] === refs[from - 1 + i]);
  let most = 0;
  while (isGroup(from - 1 + most * width)) most++;
  if (most < (times ?? 1)) {
    say(place, `${nameElement(at, from)} starts ${most || 'no'} groups of ${width} elements alike`);
    return [undefined];
  }
  const to = from - 1 + (times ?? most) * width;
  const plan = checkItems(expression, from, to, at, checkPart);
  return new Array(to - from + 1).fill(plan);
}

/** `{ repeats: contexts, elements: [name, value] }`: the repeats of one composite. */
export function checkRepeats(
  expression: ItemsExpression,
  position: number,
  at: AtSegment,
  checkPart: CheckPart,
): ElementPlan | undefined {
  const use = at.definition.elements[position - 1]!;
  const composite = at.checking.standard.composites.get(use.ref);
  const { say } = at.checking;
  const name = nameElement(at, position);
  if (composite === undefined || use.repeat === 1) {
    say(expression.place, `${name} is no composite that repeats: \`repeats:\` has no place here`);
    return undefined;
  }
  if (expression.parts.length > composite.elements.length) {
    say(
      expression.place,
      `${name} has ${composite.elements.length} components, not ${expression.parts.length}`,
    );
    return undefined;
  }
  return checkItems(expression, position, position, { ...at, definition: composite }, (part, i, inside) =>
    checkPart(part, i - position + 1, inside),
  );
}

function checkItems(
  expression: ItemsExpression,
  from: number,
  to: number,
  at: AtSegment,
  checkPart: CheckPart,
): ElementPlan | undefined {
  const { checking, scope, node } = at;
  if (at.texts) {
    checking.say(expression.place, 'inside `each:` with a list of text the item is written `.`');
    return undefined;
  }
  const list = checkEach(expression.each, scope, checking);
  if (list === undefined) return undefined;
  if (list.items === undefined) {
    checking.say(
      expression.each.place,
      `\`${list.path}\` is a list of text: write \`${list.path} | list N\``,
    );
    return undefined;
  }
  const inside = { ...at, scope: list.items };
  const parts = expression.parts.map((part, i) => {
    const whole = part.kind === 'composite' && expression.as === 'groups' && part.parts.every(isPlain);
    if (whole || isPlain(part)) return checkPart(part, from + i, inside);
    const allowed = '`~` and fields, without `default` or `ordinal`';
    checking.say(part.place, `inside a list of one segment stand ${allowed}`);
    return undefined;
  });
  const fields = parts
    .flatMap((part) => (part?.kind === 'composite' ? part.parts : [part]))
    .flatMap((part) => (part?.kind === 'field' ? [part.field] : []));
  if (new Set(fields).size < fields.length) {
    checking.say(expression.place, 'a field is bound twice in one item');
  }
  if (fields.length === 0) return undefined;
  const claim = claimField(checking.bound, scope, list.slot, node.index);
  const kind = expression.as;
  return { kind, from, to, field: list, claim, parts };
}

/** What is absent in an item has no place of its own: nothing can stand in for it. */
function isPlain(part: Expression): boolean {
  if (part.kind === 'skip') return part.fixed === undefined;
  return (
    part.kind === 'field' && !part.conversions.some(({ name }) => name === 'default' || name === 'ordinal')
  );
}
