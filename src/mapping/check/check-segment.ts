import type { SegmentNode } from '../../x12/standard/definition.ts';
import { type Entry, formatStep } from '../language/map-file.ts';
import type { ElementPlan, Literal, ScopePlan, SegmentPlan } from '../language/plan.ts';
import { expressionWidth } from '../language/resolve-map.ts';
import { findField, isList } from '../language/schema.ts';
import { claimField, newClaim } from '../language/scope.ts';
import { checkEach } from './check-each.ts';
import { checkExpression, checkLiteral } from './check-element.ts';
import { type AtSegment, type Checking, nameElement } from './checking.ts';

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
