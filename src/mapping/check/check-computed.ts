import { suggest } from '../../lib/suggest.ts';
import type { Total } from '../compile/computed.ts';
import type { Expression } from '../language/map-file.ts';
import type { ElementPlan } from '../language/plan.ts';
import { findField, isList, isTree, type JsonSchema, listFields } from '../language/schema.ts';
import type { Checking } from './checking.ts';

/** `=count(lines)`, `=hash(lines.quantity)`, `=sum(…)`: paths from the top of the document, through its lists. */
export function checkComputed(
  expression: Extract<Expression, { kind: 'computed' }>,
  { document, say }: Checking,
): ElementPlan | undefined {
  const { rule, path, place } = expression;
  const { lists, rest, items } = walkLists(document, path);
  const list = rule === 'count' || rest === path ? path : path.slice(0, path.length - rest.length - 1);
  if (items === undefined || (rule === 'count' && rest !== '')) {
    const known = listFields(document).filter((name) => isList(schemaAt(document, name)));
    say(place, `\`${rule}(${path})\`: \`${list}\` is not a list${suggest(list, known)}`);
    return undefined;
  }
  if (rule !== 'count' && schemaAt(items, rest).format !== 'decimal') {
    const names = Object.keys(items.properties ?? {});
    const decimals = names.filter((name) => schemaAt(items, name).format === 'decimal');
    const what = rest === '' ? `\`${path}\` is a list` : `\`${rest}\` is not a decimal of ${list}`;
    say(place, `\`${rule}(${path})\`: ${what}${suggest(rest, decimals)}`);
    return undefined;
  }
  return { kind: 'computed', total: { rule, path, lists, field: rest === '' ? [] : rest.split('.') } };
}

/** The lists that a path leads through, the items of the last, and what of the path is left from there. */
function walkLists(
  document: JsonSchema,
  path: string,
): { lists: Total['lists']; rest: string; items: JsonSchema | undefined } {
  const lists: Total['lists'][number][] = [];
  let [here, items] = [document, undefined as JsonSchema | undefined];
  let keys: string[] = [];
  for (const key of path.split('.')) {
    keys.push(key);
    here = here.properties?.[key] ?? {};
    if (!isList(here)) continue;
    lists.push({ keys, tree: isTree(here) });
    keys = [];
    here = here.items!;
    items = here;
  }
  return { lists, rest: keys.join('.'), items };
}

function schemaAt(schema: JsonSchema, path: string): JsonSchema {
  const found = findField(schema, path);
  return 'missing' in found ? {} : found.schema;
}
