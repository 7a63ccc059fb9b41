import test from 'ava';
import { type PriceAsked, priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceRule, RefusalCode } from '../../../src/domain/pricing/price-proof.ts';
import type { PriceBook, PriceTerm } from '../../../src/domain/pricing/price-terms.ts';
import { asked, book, RULES } from './support.ts';

export type Row = {
  readonly when: string;
  readonly terms: readonly PriceTerm[];
  readonly asked?: Partial<PriceAsked>;
  readonly book?: Partial<PriceBook>;
  /** Our price; undefined where there is none. */
  readonly ours: string | undefined;
  readonly basis?: string;
  readonly rule?: PriceRule;
  /** Why candidates do not count, in the order of their claims. */
  readonly refused?: readonly (RefusalCode | undefined)[];
};

/** A test for each row of a table: given these terms, when this is asked, then that is our price. */
export function checkRows(title: string, rows: readonly Row[]): void {
  for (const row of rows)
    test(`${title}: ${row.when}`, (t) => {
      const proof = priceLine(asked(row.asked), book(row.terms, row.book), RULES);
      t.is(proof.ours, row.ours);
      t.is(proof.rule, row.rule ?? (row.ours === undefined ? 'no-price-of-ours' : 'order-has-no-price'));
      t.is(proof.basis, row.basis ?? 'PE');
      if (row.refused !== undefined)
        t.deepEqual(
          proof.candidates.map(({ refused }) => refused?.code),
          [...row.refused],
        );
    });
}
