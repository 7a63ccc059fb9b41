import { type Catalogue, catalogueKey, type Item } from '../catalogue/catalogue.ts';
import type { Blanket, BlanketLine } from './blanket.ts';

type ProductId = { readonly qualifier: string; readonly value: string };

/** A line of a schedule or receiving advice, and the order that it names. */
export type NamedLine = {
  readonly ids: readonly ProductId[];
  readonly poNumber?: string | undefined;
  readonly contractNumber?: string | undefined;
  /** The buyer's number of the line in that order. */
  readonly poLine?: string | undefined;
};

export type PlanMatch =
  | { readonly kind: 'matched'; readonly blanket: Blanket; readonly line: BlanketLine; readonly item: Item }
  | { readonly kind: 'unmatched'; readonly text: string };

/** The one line of a blanket order that is meant; where it could be several, none is guessed. */
export function matchPlanLine(
  named: NamedLine,
  blankets: readonly Blanket[],
  catalogue: Catalogue,
): PlanMatch {
  const unmatched = (text: string): PlanMatch => ({ kind: 'unmatched', text });
  const items = findItems(named.ids, catalogue);
  const [item, ...others] = items;
  const ids = named.ids.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ') || 'no product id';
  if (item === undefined) return unmatched(`no item of ours is known for ${ids}`);
  if (others.length > 0) {
    const numbers = items.map(({ number }) => number).join(', ');
    return unmatched(`its product ids lead to different items (${numbers})`);
  }
  const candidates = findNamed(named, blankets);
  const name = nameOrder(named);
  if (candidates.length === 0 && name !== undefined) return unmatched(`there is no blanket ${name}`);
  const found = candidates.flatMap((blanket) =>
    blanket.lines.filter((line) => line.item === item.number).map((line) => ({ blanket, line })),
  );
  const where = name === undefined ? 'open blanket order' : `line of blanket ${name}`;
  if (found.length === 0) return unmatched(`item ${item.number} is in no ${where}`);
  const [only, ...rest] =
    found.length === 1 ? found : found.filter(({ line }) => line.number === named.poLine);
  if (only !== undefined && rest.length === 0) return { kind: 'matched', ...only, item };
  const all = found.map(({ blanket, line }) => `${blanket.poNumber} line ${line.number}`).join(', ');
  return unmatched(`item ${item.number} is in ${all}: its order and its line (PO, PL) must say which`);
}

/** What it names must be a blanket order; where it names none, any that is open may be meant. */
function findNamed(
  { poNumber, contractNumber }: NamedLine,
  blankets: readonly Blanket[],
): readonly Blanket[] {
  if (poNumber !== undefined) return blankets.filter((one) => one.poNumber === poNumber);
  if (contractNumber !== undefined) return blankets.filter((one) => one.contractNumber === contractNumber);
  return blankets.filter(({ state }) => state === 'open');
}

function nameOrder({ poNumber, contractNumber }: NamedLine): string | undefined {
  if (poNumber !== undefined) return `order ${poNumber}`;
  return contractNumber === undefined ? undefined : `order under contract ${contractNumber}`;
}

export function findItems(ids: readonly ProductId[], { itemOf, items }: Catalogue): readonly Item[] {
  const numbers = new Set(ids.flatMap((id) => itemOf.get(catalogueKey(id)) ?? []));
  return [...numbers].flatMap((number) => items.get(number) ?? []);
}
