import type { ElementPlan, ItemsPlan } from '../language/plan.ts';
import { type Draft, isFree, report, reportUnwritten, type WriteElement } from '../run/draft.ts';
import { unwrittenOf, writtenFields } from '../run/unwritten.ts';
import { compileGet, type Item, listAt } from './item.ts';

type CompileWriter = (plan: ElementPlan, position: number, component?: number) => WriteElement;

/** Items fill the groups that are free: one that could not be read stands unmapped in its own. */
export function compileGroupsWriter(plan: ItemsPlan, compileWriter: CompileWriter): WriteElement {
  const { from, to, parts, field, claim } = plan;
  const width = parts.length;
  const groups = Array.from({ length: (to - from + 1) / width }, (_, g) =>
    parts.flatMap((part, i) => (part === undefined ? [] : [compileWriter(part, from + g * width + i)])),
  );
  const get = compileGet(field.keys);
  const unwritten = unwrittenOf(field.items!, writtenFields([{ elements: parts }]));
  return (writing, draft, item, prefix) => {
    if (!claim.written) return false;
    const items = listAt(get, item) as readonly Item[];
    let group = 0;
    for (const [i, one] of items.entries()) {
      const path = `${prefix}${field.path}[${i}]`;
      while (group < groups.length && !isFreeGroup(draft, from + group * width, width)) group++;
      if (group === groups.length) {
        report(writing, path, `there is no place for more than ${groups.length} items`);
        break;
      }
      for (const write of groups[group]!) write(writing, draft, one, `${path}.`);
      for (const { path: name, get } of unwritten) reportUnwritten(writing, get(one), `${path}.${name}`);
    }
    return items.length > 0;
  };
}

function isFreeGroup(draft: Draft, start: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (draft[start + i] !== undefined) return false;
  return true;
}

/** Each item is one repeat of the element. */
export function compileRepeatsWriter(plan: ItemsPlan, compileWriter: CompileWriter): WriteElement {
  const { from: position, parts, field, claim } = plan;
  const writers = parts.flatMap((part, i) =>
    part === undefined ? [] : [compileWriter(part, position, i + 1)],
  );
  const get = compileGet(field.keys);
  const unwritten = unwrittenOf(field.items!, writtenFields([{ elements: parts }]));
  return (writing, draft, item, prefix) => {
    const items = claim.written ? (listAt(get, item) as readonly Item[]) : [];
    if (items.length === 0) return false;
    if (!isFree(draft, { position, component: 0 })) {
      report(writing, prefix + field.path, 'its place already holds an unmapped value');
      return false;
    }
    const repeats = items.map((one, i) => {
      const path = `${prefix}${field.path}[${i}].`;
      const repeat: Draft = [];
      for (const write of writers) write(writing, repeat, one, path);
      for (const { path: name, get } of unwritten) reportUnwritten(writing, get(one), path + name);
      const made = repeat[position];
      return Array.isArray(made) ? made : [];
    });
    draft[position] = { repeats };
    return true;
  };
}
