import test from 'ava';
import fc from 'fast-check';
import { billShipments } from '../../../src/domain/invoice/bill-shipments.ts';
import { type CreditFacts, creditInvoice } from '../../../src/domain/invoice/credit-invoice.ts';
import { totalInvoice } from '../../../src/domain/invoice/total-invoice.ts';
import { writeSet } from '../../../src/mapping/run/write-set.ts';
import { baseMap, readBack } from '../../mapping/support.ts';
import { arbitraryBilling } from './arbitrary-billing.ts';
import { billedOrder, billingFacts, shipmentOf } from './support.ts';

const CHARGES = [
  { indicator: 'allowance' as const, code: 'C310', percent: '10', handling: '02' },
  { indicator: 'charge' as const, code: 'D500', amount: '5', handling: '06' },
];
const TAXES = [{ type: 'ST', percent: '5', onFreight: false }];
const order = billedOrder([{ price: '2', allowanceCharges: CHARGES }, { price: '0.333' }], ['100', '10']);
const { invoice } = billShipments(
  billingFacts([order], [shipmentOf(order, ['100', '10'])], { taxes: TAXES }),
);

function credit(more: Partial<CreditFacts>) {
  return creditInvoice({
    today: '2026-04-01',
    number: 'CM-1',
    invoice,
    credited: new Map(),
    reason: 'return',
    lines: [{ position: 1, kind: 'quantity', quantity: '40' }],
    signed: false,
    rounding: 'half-up',
    ...more,
  });
}

test('goods come back at the price billed, with their share of allowances, charges and tax', (t) => {
  const { memo, amount, lines, reasons } = credit({});
  t.deepEqual(reasons, []);
  // 40 × 2 = 80, less 10 %, with 40 % of 5: 74; and 5 % tax.
  t.deepEqual(lines, [{ position: 1, quantity: '40', amount: '74' }]);
  t.is(amount, '77.7');
  t.like(memo, { type: 'credit-memo', totals: { amount: '77.7' }, poNumber: 'PO-1' });
  t.deepEqual(memo.references, [{ qualifier: 'IV', value: 'INV-1' }]);
});

test('the serials that came back stand at the line, beside what the invoice says of it', (t) => {
  const line = { ...invoice.lines[0]!, references: [{ qualifier: 'PO', value: 'PO-1' }] };
  const { memo } = credit({
    invoice: { ...invoice, lines: [line] },
    lines: [{ position: 1, kind: 'quantity', quantity: '2', serials: ['A', 'B'] }],
  });
  t.deepEqual(memo.lines[0]!.references, [
    { qualifier: 'PO', value: 'PO-1' },
    { qualifier: 'SE', value: 'A' },
    { qualifier: 'SE', value: 'B' },
  ]);
});

test('a partner that wants signs gets a minus on all that adds up', (t) => {
  const { memo, amount } = credit({ signed: true, restocking: '12.50', reference: 'RMA-7' });
  t.is(amount, '65.2');
  t.is(memo.totals.amount, '-65.2');
  t.is(memo.lines[0]!.quantity, '-40');
  t.is(memo.taxes![0]!.amount, '-3.7');
  t.deepEqual(memo.allowanceCharges, [
    { indicator: 'charge', code: 'D750', amount: '12.50', handling: '06', description: 'RESTOCKING' },
  ]);
  t.is(totalInvoice(memo, 'half-up')!.amount, '-65.2');
});

test('a price correction gives back the difference for all of the line', (t) => {
  const { memo, lines } = credit({
    reason: 'price-correction',
    lines: [{ position: 1, kind: 'price', price: '1.75' }],
  });
  // 100 × 0.25 = 25, less 10 %; the charge in an amount stays.
  t.like(memo.lines[0], { quantity: '100', unitPrice: '0.25' });
  t.deepEqual(lines, [{ position: 1, quantity: '0', amount: '22.5' }]);
});

const REFUSED = [
  ['line-unknown', { lines: [{ position: 3, kind: 'quantity', quantity: '1' }] }],
  ['credited-over-billed', { lines: [{ position: 1, kind: 'quantity', quantity: '100.001' }] }],
  ['credited-over-billed', { lines: [{ position: 1, kind: 'quantity', quantity: '0' }] }],
  ['price-not-lower', { lines: [{ position: 1, kind: 'price', price: '2' }] }],
  ['nothing-to-credit', { lines: [] }],
  ['restocking-too-much', { restocking: '74.01' }],
] as const satisfies readonly (readonly [string, Partial<CreditFacts>])[];

for (const [code, more] of REFUSED)
  test(`${code}: ${JSON.stringify(more)} is refused`, (t) => {
    t.deepEqual(
      credit(more).reasons.map((one) => one.code),
      [code],
    );
  });

test('what was given back before is not given back again', (t) => {
  const credited = new Map([[1, { quantity: '70', amount: '129.5' }]]);
  t.deepEqual(
    credit({ credited }).reasons.map(({ code }) => code),
    ['credited-over-billed'],
  );
  t.deepEqual(credit({ credited, lines: [{ position: 1, kind: 'quantity', quantity: '30' }] }).reasons, []);
});

test('random credits are valid 810s that add up, signed or not', (t) => {
  const map = baseMap('810');
  fc.assert(
    fc.property(arbitraryBilling, fc.boolean(), ({ bills }, signed) => {
      const { invoice: billed } = billShipments(bills[0]!);
      const lines = billed.lines.map(({ quantity }, i) => ({
        position: i + 1,
        kind: 'quantity' as const,
        quantity: quantity!,
      }));
      const { memo, amount, reasons } = credit({
        invoice: billed,
        lines,
        signed,
        rounding: bills[0]!.rounding,
      });
      t.deepEqual(reasons, []);
      t.is(Number(totalInvoice(memo, bills[0]!.rounding)!.amount), signed ? -Number(amount) : Number(amount));
      const { segments, problems } = writeSet(map, memo);
      t.deepEqual(problems, []);
      t.is(readBack('810', segments).report.status, 'A');
    }),
    { numRuns: 300 },
  );
});
