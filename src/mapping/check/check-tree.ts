import { suggest } from '../../lib/suggest.ts';
import type { LoopNode } from '../../x12/standard/definition.ts';
import type { Entry, Expression, TreeRule, Word } from '../language/map-file.ts';
import type { ElementPlan, FieldRef, ScopePlan, SegmentPlan } from '../language/plan.ts';
import { describeType, findField, isTree, listFields } from '../language/schema.ts';
import { claimField, fieldRef } from '../language/scope.ts';
import { type AtSegment, type Checking, nameElement } from './checking.ts';

/** Where each rule stands in an HL. */
const POSITIONS: Readonly<Record<TreeRule, number>> = { id: 1, parent: 2, children: 4 };

/** `tree: levels`: the list whose items nest. */
export function checkTree(
  entry: Entry,
  tree: Word,
  child: LoopNode,
  above: ScopePlan,
  { say }: Checking,
): FieldRef | undefined {
  if (child.id !== 'HL' || entry.qualifier !== undefined || above.path !== '') {
    say(entry.place, '`tree:` is for the HL loop of a set, all levels of it: write `HL:`');
    return undefined;
  }
  const found = findField(above.schema, tree.text);
  if ('missing' in found) {
    say(tree.place, `there is no list \`${tree.text}\`${suggest(tree.text, listFields(above.schema))}`);
    return undefined;
  }
  if (!isTree(found.schema)) {
    const what = describeType(found.schema);
    say(
      tree.place,
      `\`tree: ${tree.text}\`: \`${tree.text}\` is a ${what} whose items have no \`children\` like them`,
    );
    return undefined;
  }
  return fieldRef(above, tree.text, found.schema);
}

/** `=id()`, `=parent()`, `=children()`. */
export function checkTreeRule(
  { rule, place }: Extract<Expression, { kind: 'tree' }>,
  position: number,
  at: AtSegment,
): ElementPlan | undefined {
  const { say } = at.checking;
  if (at.definition.id !== 'HL' || position !== POSITIONS[rule]) {
    say(
      place,
      `\`=${rule}()\` belongs at HL-0${POSITIONS[rule]} of a \`tree:\`, not at ${nameElement(at, position)}`,
    );
    return undefined;
  }
  if (rule !== 'id') return { kind: 'tree', rule, id: undefined };
  const found = findField(at.scope.schema, 'id');
  if ('missing' in found || found.schema.type !== 'string') {
    say(place, '`=id()` keeps an HL01 that is not the count in the field `id`, and there is none');
    return undefined;
  }
  const id = fieldRef(at.scope, 'id', found.schema);
  claimField(at.checking.bound, at.scope, id.slot, at.node.index);
  return { kind: 'tree', rule, id };
}

/** A tree is told by HL01 and HL02; elsewhere the rules mean nothing. */
export function checkTreeOpener(
  entry: Entry,
  opening: SegmentPlan | undefined,
  tree: boolean,
  { say }: Checking,
): void {
  const rules = (opening?.elements ?? []).flatMap((one) => (one?.kind === 'tree' ? [one.rule] : []));
  if (!tree && rules.length > 0) {
    say(entry.place, `\`=${rules[0]}()\` needs \`tree:\` in the place of \`each:\``);
  }
  if (tree && !(rules.includes('id') && rules.includes('parent'))) {
    say(entry.place, 'a tree is told by `=id()` at HL-01 and `=parent()` at HL-02');
  }
}
