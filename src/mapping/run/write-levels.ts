import { MOST_LEVELS_DEEP } from '../../x12/validate/hierarchy.ts';
import type { Item } from '../compile/item.ts';
import { type LevelTexts, report, type Writing } from './draft.ts';

type Level = { readonly item: Item; readonly prefix: string; readonly level: LevelTexts };

/** The levels of a tree as HL segments follow each other: a parent, then all that is below it. */
export function flattenLevels(writing: Writing, roots: readonly Item[], path: string): readonly Level[] {
  const levels: Level[] = [];
  const visit = (items: readonly Item[], path: string, parent: string, depth: number): void => {
    if (depth > MOST_LEVELS_DEEP) {
      report(writing, path, `levels nest at most ${MOST_LEVELS_DEEP} deep`);
      return;
    }
    for (const [i, item] of items.entries()) {
      const children = (item['children'] ?? []) as readonly Item[];
      const kept = typeof item['id'] === 'string';
      const id = kept ? String(item['id']) : String(levels.length + 1);
      const prefix = `${path}[${i}].`;
      levels.push({ item, prefix, level: { id, parent, children: children.length > 0 ? '1' : '0', kept } });
      visit(children, `${prefix}children`, id, depth + 1);
    }
  };
  visit(roots, path, '', 1);
  return levels;
}
