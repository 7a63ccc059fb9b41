import type { Docket } from './docket.ts';
import { hold, stands } from './line-draft.ts';

/** What must not be ordered together, and what not alone: of the lines that stand. */
export function checkCompatibility({ drafts }: Docket): void {
  const standing = drafts.filter((draft) => stands(draft) && draft.item !== undefined);
  const numbers = new Set(standing.map(({ item }) => item!.number));
  for (const draft of standing) {
    const { number, incompatible, requires } = draft.item!;
    const against = incompatible.filter((other) => numbers.has(other));
    if (against.length > 0)
      hold(
        draft,
        'IH',
        'item-incompatible',
        `item ${number} does not go together with ${against.join(', ')}`,
      );
    const missing = requires.filter((other) => !numbers.has(other));
    if (missing.length > 0)
      hold(draft, 'IH', 'item-incompatible', `item ${number} needs ${missing.join(', ')} beside it`);
  }
}
