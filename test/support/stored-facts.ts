import type { Catalogue } from '../../src/domain/catalogue/catalogue.ts';
import type { Database } from '../../src/store/database.ts';
import { type FileQuestion, loadFileFacts, type StoredFacts } from '../../src/store/file-facts.ts';

/** What files of `acme` that name these items by our own numbers are decided by. */
export async function askFacts(
  db: Database,
  items: readonly string[],
  question: Partial<FileQuestion> = {},
): Promise<StoredFacts> {
  return await loadFileFacts(db, {
    files: [],
    partner: 'acme',
    interchanges: [],
    orders: [],
    products: items.map((value) => ({ qualifier: 'VP', value })),
    onDate: '2026-11-21',
    currency: 'USD',
    customer: 'acme',
    shipTos: [],
    ...question,
  });
}

/** Our numbers of the items that a file asks about. */
export function listItems({ items }: Catalogue): readonly string[] {
  return [...items.keys()].sort();
}

/** The fixed prices of an item, of whatever agreement. */
export function listPrices({ prices }: StoredFacts, item: string): readonly string[] {
  return (prices.terms.get(item) ?? [])
    .flatMap(({ form }) => (form.kind === 'fixed' ? [form.price] : []))
    .sort();
}
