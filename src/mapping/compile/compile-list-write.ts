import type { Conversion, ElementPlan } from '../language/plan.ts';
import { isFree, type Place, put, report, type TextChunk, type WriteElement } from '../run/draft.ts';
import { compileConvert } from './compile-convert.ts';
import { compileGet, type Item, listAt } from './item.ts';

/** Pairs fill the free places: one half of a pair that could not be read stands unmapped in its own. */
export function compilePairsWriter(plan: Extract<ElementPlan, { kind: 'pairs' }>): WriteElement {
  const { from, to, field, claim } = plan;
  const get = compileGet(field.keys);
  return (writing, draft, item, prefix) => {
    if (!claim.written) return false;
    const pairs = listAt(get, item) as readonly Item[];
    let position = from;
    for (const [i, pair] of pairs.entries()) {
      while (position < to && (draft[position] !== undefined || draft[position + 1] !== undefined))
        position += 2;
      const path = `${prefix}${field.path}[${i}]`;
      if (position >= to) {
        report(writing, path, `there is no place for more than ${(to - from + 1) / 2} pairs`);
        break;
      }
      draft[position] = String(pair['qualifier'] ?? '');
      draft[position + 1] = String(pair['value'] ?? '');
      writing.tell?.(position, 0, { path: `${path}.qualifier` });
      writing.tell?.(position + 1, 0, { path: `${path}.value` });
    }
    return pairs.length > 0;
  };
}

export function compileRunWriter(plan: Extract<ElementPlan, { kind: 'run' }>): WriteElement {
  const { from, to, field, claim } = plan;
  const get = compileGet(field.keys);
  const convert = compileConvert(plan.conversion);
  return (writing, draft, item, prefix) => {
    if (!claim.written) return false;
    const list = listAt(get, item);
    let position = from;
    for (const [i, value] of list.entries()) {
      const path = `${prefix}${field.path}[${i}]`;
      while (position <= to && draft[position] !== undefined) position++;
      if (position > to) {
        report(writing, path, `there is no place for more than ${to - from + 1} values`);
        break;
      }
      const text = convert(writing, value, item, path);
      if (text === undefined) continue;
      draft[position] = text;
      writing.tell?.(position, 0, { path });
    }
    return list.length > 0;
  };
}

/** The item here is one chunk of a list of text, taken from the front. */
export function compileValueWriter(conversion: Conversion, place: Place): WriteElement {
  const convert = compileConvert(conversion);
  return (writing, draft, item, prefix) => {
    const chunk = item as unknown as TextChunk;
    const index = chunk.next;
    const value = chunk.texts[index];
    if (value === undefined || !isFree(draft, place)) return false;
    chunk.next++;
    const path = `${prefix}[${index}]`;
    const text = convert(writing, value, item, path);
    if (text === undefined) return false;
    put(draft, place, text);
    writing.tell?.(place.position, place.component, { path });
    return true;
  };
}
