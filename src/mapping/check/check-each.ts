import { suggest } from '../../lib/suggest.ts';
import type { Word } from '../language/map-file.ts';
import type { FieldRef, ScopePlan } from '../language/plan.ts';
import { findField, isList, isTree, listFields } from '../language/schema.ts';
import { fieldRef } from '../language/scope.ts';
import type { Checking } from './checking.ts';

/** The list that `each:` names. */
export function checkEach(each: Word, scope: ScopePlan, checking: Checking): FieldRef | undefined {
  const found = findField(scope.schema, each.text);
  if ('missing' in found) {
    checking.say(
      each.place,
      `there is no list \`${each.text}\`${suggest(each.text, listFields(scope.schema))}`,
    );
    return undefined;
  }
  if (!isList(found.schema)) {
    checking.say(each.place, `\`each: ${each.text}\`: \`${each.text}\` is not a list`);
    return undefined;
  }
  if (isTree(found.schema)) {
    checking.say(each.place, `\`${each.text}\` is a tree of levels: bind it with \`tree:\` at the HL loop`);
    return undefined;
  }
  return fieldRef(scope, each.text, found.schema);
}
