import type { Place } from '../lib/mistake.ts';
import { suggest } from '../lib/suggest.ts';
import type { ElementUse, SegmentDefinition, SegmentNode } from '../x12/definition.ts';
import { checkComputed } from './check-computed.ts';
import { checkEach } from './check-each.ts';
import { checkField, checkValue } from './check-field.ts';
import { checkGroups, checkPairs, checkRepeats, checkRun } from './check-items.ts';
import { checkTreeRule } from './check-tree.ts';
import { type AtSegment, type Checking, elementAt, nameElement } from './checking.ts';
import { type Entry, type Expression, type FieldExpression, formatStep } from './map-file.ts';
import type { ElementPlan, Literal, ScopePlan, SegmentPlan } from './plan.ts';
import { expressionWidth } from './resolve-map.ts';
import { findField, isList } from './schema.ts';
import { claimField, newClaim } from './scope.ts';

export function checkSegment(
  written: Entry,
  node: SegmentNode,
  above: ScopePlan,
  checking: Checking,
): SegmentPlan {
  const entry = spellOut(written, above);
  const definition = checking.standard.segments.get(entry.segment);
  const list = entry.each === undefined ? undefined : checkEach(entry.each, above, checking);
  const claim = list === undefined ? newClaim() : claimField(checking.bound, above, list.slot, node.index);
  const scope = list?.items ?? above;
  const plan = { node: node.index, segment: entry.segment, list, claim, scope };
  if (definition === undefined) {
    checking.say(entry.place, `version ${checking.standard.version} does not define \`${entry.segment}\``);
    return { ...plan, literals: [], elements: [] };
  }
  // Without the list there is nothing that its elements could name.
  if (entry.each !== undefined && list === undefined) return { ...plan, literals: [], elements: [] };
  const texts = list !== undefined && list.items === undefined;
  const at: AtSegment = { checking, definition, node, scope, texts };
  const elements = checkElements(entry, at);
  sayUnfilled(entry, elements, at);
  const literals = elements.flatMap((element, position): readonly Literal[] =>
    element?.kind === 'literal' ? [{ position, value: element.value }] : [],
  );
  return { ...plan, literals, elements };
}

/** `REF ZZ: [~, notes]` with a list of text says `{ each: notes, elements: [~, .] }`. */
function spellOut(entry: Entry, scope: ScopePlan): Entry {
  if (entry.each !== undefined || entry.elements === undefined) return entry;
  const fields = entry.elements.filter((expression) => expression.kind === 'field');
  const [only] = fields;
  if (fields.length !== 1 || only === undefined || only.path === '.') return entry;
  if (only.conversions.some(({ name }) => name === 'pairs' || name === 'list')) return entry;
  const found = findField(scope.schema, only.path);
  if ('missing' in found || !isList(found.schema) || found.schema.items?.properties !== undefined)
    return entry;
  return {
    ...entry,
    each: { place: only.place, text: only.path },
    elements: entry.elements.map((expression) => (expression === only ? { ...only, path: '.' } : expression)),
  };
}

function checkElements(entry: Entry, at: AtSegment): (ElementPlan | undefined)[] {
  const elements: (ElementPlan | undefined)[] = [undefined];
  let position = 1;
  for (const expression of entry.elements ?? []) {
    for (const plan of checkExpression(expression, position, at)) {
      const before = plan?.kind === 'field' ? elements.find((other) => isSameField(other, plan)) : undefined;
      if (before !== undefined && expression.kind === 'field') {
        at.checking.say(expression.place, `\`${expression.path}\` is bound twice in this segment`);
      }
      elements[position] = plan;
      position++;
    }
  }
  if (entry.qualifier === undefined) return elements;
  const first = entry.elements?.[0];
  if (
    first !== undefined &&
    first.kind !== 'skip' &&
    !(first.kind === 'literal' && first.value === entry.qualifier)
  ) {
    const name = formatStep(entry);
    at.checking.say(
      first.place,
      `element 1 is bound twice: \`${name}\` already says that it is ${entry.qualifier}; write \`~\``,
    );
  }
  if (at.checking.standard.composites.has(at.definition.elements[0]?.ref ?? '')) {
    at.checking.say(entry.place, `${nameElement(at, 1)} is a composite: no qualifier can stand there`);
  }
  elements[1] = checkLiteral(entry.qualifier, entry.place, 1, at);
  return elements;
}

function isSameField(a: ElementPlan | undefined, b: ElementPlan): boolean {
  return a?.kind === 'field' && b.kind === 'field' && a.field === b.field;
}

/** The plans of as many positions as the expression covers. */
function checkExpression(
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

function checkLiteral(value: string, place: Place, position: number, at: AtSegment): ElementPlan {
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

/** A position whose binding is wrong is not told a second time. */
function sayUnfilled(entry: Entry, elements: readonly (ElementPlan | undefined)[], at: AtSegment): void {
  const tried = new Set<number>();
  let position = 1;
  for (const expression of entry.elements ?? []) {
    const width = expressionWidth(expression);
    if (expression.kind !== 'skip') for (let i = 0; i < Math.min(width, 40); i++) tried.add(position + i);
    position += width;
  }
  const open = at.definition.elements.flatMap((use, i) =>
    use.mandatory && elements[i + 1] === undefined && !tried.has(i + 1) ? [nameElement(at, i + 1)] : [],
  );
  if (open.length === 0) return;
  const [verb, them] = open.length === 1 ? ['is', 'it'] : ['are', 'them'];
  at.checking.say(entry.place, `${open.join(', ')} ${verb} mandatory and nothing fills ${them}`);
}
