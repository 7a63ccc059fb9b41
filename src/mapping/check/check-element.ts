import type { Place } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import type { ElementUse, SegmentDefinition } from '../../x12/standard/definition.ts';
import type { Expression, FieldExpression } from '../language/map-file.ts';
import type { ElementPlan } from '../language/plan.ts';
import { expressionWidth } from '../language/resolve-map.ts';
import { checkComputed } from './check-computed.ts';
import { checkField, checkValue } from './check-field.ts';
import { checkGroups, checkPairs, checkRepeats, checkRun } from './check-items.ts';
import { checkTreeRule } from './check-tree.ts';
import { type AtSegment, elementAt, nameElement } from './checking.ts';

/** The plans of as many positions as the expression covers. */
export function checkExpression(
  expression: Expression,
  position: number,
  at: AtSegment,
): readonly (ElementPlan | undefined)[] {
  const use = at.definition.elements[position - 1];
  if (use === undefined) return [sayNoElement(expression, position, at)];
  if (expression.kind === 'items') {
    if (expression.as === 'groups') return checkGroups(expression, position, at, checkPart);
    return [checkRepeats(expression, position, at, checkPart)];
  }
  const composite = at.checking.standard.composites.get(use.ref);
  if (composite !== undefined && expression.kind !== 'skip') {
    return [checkComposite(expression, position, composite, at)];
  }
  if (expression.kind === 'field') return checkFieldAt(expression, position, at);
  return [checkSimple(expression, position, use, at)];
}

/** One element of an item, or one component: never more than one position. */
function checkPart(part: Expression, position: number, at: AtSegment): ElementPlan | undefined {
  const use = at.definition.elements[position - 1];
  if (use === undefined) return sayNoElement(part, position, at);
  const composite = at.checking.standard.composites.get(use.ref);
  if (composite !== undefined && part.kind !== 'skip') return checkComposite(part, position, composite, at);
  return checkSimple(part, position, use, at);
}

function checkFieldAt(
  expression: FieldExpression,
  position: number,
  at: AtSegment,
): readonly (ElementPlan | undefined)[] {
  const names = expression.conversions.map(({ name }) => name);
  if (names.includes('pairs')) return checkPairs(expression, position, at);
  const use = at.definition.elements[position - 1]!;
  if (names.includes('list')) return checkRun(expression, position, expressionWidth(expression), at);
  return [checkSimple(expression, position, use, at)];
}

function checkSimple(
  expression: Expression,
  position: number,
  use: ElementUse,
  at: AtSegment,
): ElementPlan | undefined {
  const element = at.checking.standard.elements.get(use.ref);
  switch (expression.kind) {
    case 'skip':
      return expression.fixed === undefined ? undefined : { kind: 'fixed', value: expression.fixed };
    case 'literal':
      return checkLiteral(expression.value, expression.place, position, at);
    case 'computed':
      return checkComputed(expression, at.checking);
    case 'tree':
      return checkTreeRule(expression, position, at);
    case 'field':
      return expression.path === '.'
        ? checkValue(expression, element, at)
        : checkField(expression, element, at);
    case 'composite': {
      // `[element, component?]`: one of the versions has no more than the first component.
      const [first, ...rest] = expression.parts;
      const alone = rest.length > 0 && rest.every((part) => part.kind === 'field' && part.optional);
      if (alone) return checkSimple(first!, position, use, at);
      return sayNoComposite(expression, position, at);
    }
    case 'items':
      return sayNoComposite(expression, position, at);
  }
}

function sayNoComposite({ place }: Expression, position: number, at: AtSegment): undefined {
  at.checking.say(place, `${nameElement(at, position)} is not a composite: give one field`);
}

function checkComposite(
  expression: Expression,
  position: number,
  definition: SegmentDefinition,
  at: AtSegment,
): ElementPlan | undefined {
  const name = nameElement(at, position);
  if (expression.kind !== 'composite') {
    at.checking.say(expression.place, `${name} is a composite: list its components, such as \`[field, ~]\``);
    return undefined;
  }
  const parts = expression.parts.map((part, i) => {
    const use = definition.elements[i];
    if (use !== undefined) return checkSimple(part, position, use, { ...at, definition });
    if (part.kind === 'field' && part.optional) return undefined;
    at.checking.say(part.place, `${name} has ${definition.elements.length} components, not ${i + 1}`);
    return undefined;
  });
  return { kind: 'composite', parts };
}

export function checkLiteral(value: string, place: Place, position: number, at: AtSegment): ElementPlan {
  const element = elementAt(at, position);
  const codes = element?.codes;
  if (codes !== undefined && !codes.has(value)) {
    const names = codes.size <= 24 ? codes.keys() : [];
    at.checking.say(
      place,
      `${nameElement(at, position)} does not allow \`${value}\`${suggest(value, names)}`,
    );
  }
  return { kind: 'literal', value };
}

function sayNoElement(expression: Expression, position: number, at: AtSegment): undefined {
  if (expression.kind === 'skip' || (expression.kind === 'field' && expression.optional)) return undefined;
  const { definition, checking } = at;
  const last = definition.elements.length;
  checking.say(
    expression.place,
    `there is no ${nameElement(at, position)}: ${definition.id} ends at element ${last} in version ${checking.standard.version}`,
  );
}
