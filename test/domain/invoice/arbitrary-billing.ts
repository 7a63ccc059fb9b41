import fc from 'fast-check';
import type { BillingFacts } from '../../../src/domain/invoice/billing.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { billedOrder, billingFacts, shipmentOf } from './support.ts';

type Charges = NonNullable<PurchaseOrder['allowanceCharges']>;

const cents = (most: number) => fc.integer({ min: 1, max: most }).map((n) => (n / 100).toFixed(2));
const percent = fc.integer({ min: 1, max: 2500 }).map((n) => (n / 100).toFixed(2));

const charge = (perUnit: boolean): fc.Arbitrary<Charges[number]> =>
  fc
    .record({
      indicator: fc.constantFrom('allowance' as const, 'charge' as const),
      code: fc.constantFrom('C310', 'D240', 'D500', 'F050'),
      handling: fc.constantFrom(undefined, '01', '02', '05', '06'),
      rate: fc.oneof(
        percent.map((value) => ({ percent: value })),
        cents(5_000).map((amount) => ({ amount })),
        fc.tuple(cents(500), fc.integer({ min: 1, max: 20 })).map(([rate, quantity]) => ({
          rate,
          quantity: String(quantity),
        })),
        ...(perUnit ? [cents(50).map((rate) => ({ rate }))] : []),
      ),
    })
    .map(({ handling, rate, ...one }) => ({
      ...one,
      ...(handling === undefined ? {} : { handling }),
      ...rate,
    }));

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 5_000 }),
  price: fc.integer({ min: 1, max: 99_999_999 }).map((n) => (n / 10_000).toFixed(4)),
  basis: fc.constantFrom('PE', 'PE', 'PE', 'HP', 'TP'),
  allowanceCharges: fc.array(charge(true), { maxLength: 3 }),
});

/** What ships of each line, in up to four shipments that make up the whole. */
const cuts = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 3 });

export type BillingHistory = { readonly bills: readonly BillingFacts[]; readonly lines: readonly string[] };

/** An order with every kind of charge, shipped in parts and billed part by part: the facts of each bill. */
export const arbitraryBilling: fc.Arbitrary<BillingHistory> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    charges: fc.array(charge(false), { maxLength: 3 }),
    cuts,
    freight: fc.array(cents(9_999), { maxLength: 4 }),
    taxes: fc.array(
      fc.record({ type: fc.constantFrom('ST', 'VA', 'LS'), percent, onFreight: fc.boolean() }),
      { maxLength: 2 },
    ),
    rounding: fc.constantFrom('half-up' as const, 'half-even' as const),
    terms: fc.constantFrom({ netDays: 30 }, { discountPercent: '2', discountDays: 10, netDays: 30 }),
  })
  .map(({ lines, charges, cuts: shares, freight, ...more }) => {
    const priced = lines.map(({ quantity, ...one }) => ({ ...one, quantity: String(quantity) }));
    const parts = splitLines(
      lines.map(({ quantity }) => quantity),
      shares,
    );
    const gone = lines.map(() => 0);
    const bills = parts.map((part, i) => {
      const invoiced = new Map(gone.map((quantity, at) => [at + 1, String(quantity)]));
      part.forEach((quantity, at) => {
        gone[at]! += quantity;
      });
      const order = billedOrder(
        priced,
        gone.map(String),
        { allowanceCharges: charges },
        { invoiced, chargesBilled: i > 0 },
      );
      const paid = freight[i] === undefined ? {} : { freight: { amount: freight[i] } };
      return billingFacts([order], [shipmentOf(order, part.map(String), paid)], more);
    });
    return { bills, lines: priced.map(({ quantity }) => quantity) };
  });

/** Each cut takes its share, in thousandths, of what is left; the last part is the rest. Empty parts do not ship. */
function splitLines(quantities: readonly number[], shares: readonly number[]): number[][] {
  const left = [...quantities];
  const parts = shares.map((share) =>
    left.map((quantity, i) => {
      const taken = Math.floor((quantity * share) / 1_000);
      left[i] = quantity - taken;
      return taken;
    }),
  );
  return [...parts, left].filter((part) => part.some((quantity) => quantity > 0));
}
