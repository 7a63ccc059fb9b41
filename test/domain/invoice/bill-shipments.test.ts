import test from 'ava';
import { billShipments } from '../../../src/domain/invoice/bill-shipments.ts';
import type { BillingFacts } from '../../../src/domain/invoice/billing.ts';
import { billedOrder, billingFacts, type Priced, shipmentOf } from './support.ts';

const TAX = { type: 'ST', percent: '5.75', onFreight: false };

/** One order, all that is named of it shipped at once. */
function bill(lines: readonly Priced[], shipped: readonly string[], more: Partial<BillingFacts> = {}) {
  const order = billedOrder(lines, shipped);
  return billShipments(billingFacts([order], [shipmentOf(order, shipped)], more));
}

test('the shipped quantity is billed, not the ordered one, at the price that was answered', (t) => {
  const { invoice, lines, reasons } = bill([{ quantity: '800', price: '3.25' }], ['500']);
  t.deepEqual(reasons, []);
  t.like(invoice.lines[0], { number: '1', quantity: '500', unit: 'EA', unitPrice: '3.25', priceBasis: 'PE' });
  t.is(invoice.totals.amount, '1625');
  t.like(lines[0], { position: 1, order: 'PO-1', orderPosition: 1, shipment: 'SH-1', amount: '1625' });
});

const EXTENDED = [
  ['3.3333', 'PE', '3', '10'],
  ['0.005', 'PE', '1', '0.01'],
  ['0.0049', 'PE', '1', '0'],
  ['12.5', 'HP', '250', '31.25'],
  ['7', 'TP', '1', '0.01'],
  ['0.0201', 'PE', '500', '10.05'],
] as const;

for (const [price, basis, quantity, amount] of EXTENDED)
  test(`${quantity} at ${price} ${basis} come to ${amount}, rounded once`, (t) => {
    t.is(bill([{ quantity, price, basis }], [quantity]).invoice.totals.amount, amount);
  });

test('half even rounds to the even cent', (t) => {
  const half = [{ quantity: '1', price: '0.125' }];
  t.is(bill(half, ['1']).invoice.totals.amount, '0.13');
  t.is(bill(half, ['1'], { rounding: 'half-even' }).invoice.totals.amount, '0.12');
});

test('yen have no decimals', (t) => {
  t.is(bill([{ quantity: '3', price: '33.5' }], ['3'], { currency: 'JPY' }).amount, '101');
});

test('a percentage is taken of what is billed, an amount for the line is shared out to the cent', (t) => {
  const lines = [
    {
      quantity: '3',
      price: '10',
      allowanceCharges: [
        { indicator: 'allowance', code: 'C310', percent: '2.5', handling: '02' },
        { indicator: 'charge', code: 'D500', amount: '1.00', handling: '06' },
      ],
    },
  ] satisfies Priced[];
  const parts = ['0', '1', '2'].map((before) => {
    const order = billedOrder(lines, ['3'], {}, { invoiced: new Map([[1, before]]) });
    return billShipments(billingFacts([order], [shipmentOf(order, ['1'])])).invoice;
  });
  t.deepEqual(
    parts.map((one) => one.lines[0]!.allowanceCharges!.map(({ amount }) => amount)),
    [
      ['0.25', '0.33'],
      ['0.25', '0.34'],
      ['0.25', '0.33'],
    ],
  );
  t.deepEqual(
    parts.map((one) => one.totals.amount),
    ['10.08', '10.09', '10.08'],
  );
});

test('what is billed back or paid by us is not on the invoice', (t) => {
  const off = (handling: string) => ({
    indicator: 'allowance' as const,
    code: 'C310',
    amount: '5',
    handling,
  });
  const lines = [{ price: '1', allowanceCharges: [off('01'), off('05'), off('02')] }];
  const [line] = bill(lines, ['100']).invoice.lines;
  t.deepEqual(line!.allowanceCharges, [
    { indicator: 'allowance', code: 'C310', amount: '5', handling: '02' },
  ]);
});

test('an amount for the order is billed with its first invoice only, a percentage with each', (t) => {
  const charges = [
    { indicator: 'charge' as const, code: 'D240', amount: '12', handling: '06' },
    { indicator: 'allowance' as const, code: 'C310', percent: '10', handling: '02' },
  ];
  const amounts = [false, true].map((chargesBilled) => {
    const order = billedOrder([{ price: '1' }], ['100'], { allowanceCharges: charges }, { chargesBilled });
    return billShipments(billingFacts([order], [shipmentOf(order, ['50'])])).amount;
  });
  t.deepEqual(amounts, ['57', '45']);
});

test('an allowance for each of nothing named stops the invoice', (t) => {
  const allowanceCharges = [{ indicator: 'allowance' as const, code: 'C310', rate: '0.10' }];
  const order = billedOrder([{}], ['100'], { allowanceCharges });
  const { reasons } = billShipments(billingFacts([order], [shipmentOf(order, ['100'])]));
  t.deepEqual(
    reasons.map(({ code }) => code),
    ['charge-unclear'],
  );
});

test('freight of the shipment is charged, and taxed only where the rate says so', (t) => {
  const order = billedOrder([{ price: '1' }], ['100']);
  const shipments = [shipmentOf(order, ['100'], { freight: { amount: '20' } })];
  const taxed = (onFreight: boolean) =>
    billShipments(billingFacts([order], shipments, { taxes: [{ ...TAX, onFreight }] })).invoice;
  t.is(taxed(false).totals.amount, '125.75');
  t.is(taxed(true).totals.amount, '126.9');
  t.deepEqual(taxed(false).allowanceCharges, [
    { indicator: 'charge', code: 'D240', amount: '20', handling: '06', description: 'FREIGHT' },
  ]);
});

test('our terms with the customer count where the order names none: 2 % 10 net 30', (t) => {
  const terms = { discountPercent: '2', discountDays: 10, netDays: 30 };
  const { invoice, due } = bill([{ price: '1' }], ['100'], { terms, taxes: [TAX] });
  t.deepEqual(invoice.paymentTerms, [
    {
      type: '08',
      basis: '3',
      discountPercent: '2',
      discountDate: '2026-03-12',
      discountDays: '10',
      netDate: '2026-04-01',
      netDays: '30',
      discountAmount: '2',
    },
  ]);
  t.deepEqual(invoice.totals, { amount: '105.75', discountable: '100', discounted: '103.75', discount: '2' });
  t.is(due, '2026-04-01');
});

test('terms of the order come first; days that count from delivery have no date yet', (t) => {
  const paymentTerms = [{ type: '01', basis: '2', netDays: '60' }];
  const order = billedOrder([{ price: '1' }], ['100'], { paymentTerms });
  const { invoice, due } = billShipments(billingFacts([order], [shipmentOf(order, ['100'])]));
  t.deepEqual(invoice.paymentTerms, [{ type: '01', basis: '2', netDays: '60' }]);
  t.is(due, '2026-05-01');
});

test('several orders on one invoice: each line names its own', (t) => {
  const orders = ['PO-1', 'PO-2'].map((poNumber) => billedOrder([{ price: '1' }], ['10'], { poNumber }));
  const shipments = orders.map((order, i) => shipmentOf(order, ['10'], {}, `SH-${i + 1}`));
  const { invoice, reasons } = billShipments(billingFacts(orders, shipments));
  t.deepEqual(reasons, []);
  t.is(invoice.poNumber, undefined);
  t.deepEqual(
    invoice.lines.map(({ number, references }) => [number, references!.map(({ value }) => value)]),
    [
      ['1', ['PO-1', '1']],
      ['2', ['PO-2', '1']],
    ],
  );
});

test('a line that another purchase order pays for is billed under that one', (t) => {
  const order = billedOrder([{ price: '1' }, { price: '1' }], ['10', '10']);
  const paidBy = (lines: readonly (string | undefined)[]) => ({
    ...order,
    decision: {
      ...order.decision,
      lines: order.decision.lines.map((line, i) => ({ ...line, paidBy: lines[i] })),
    },
  });
  const bill = (lines: readonly (string | undefined)[]) =>
    billShipments(billingFacts([paidBy(lines)], [shipmentOf(order, ['10', '10'])])).invoice;
  t.is(bill([undefined, undefined]).poNumber, 'PO-1');
  t.is(bill(['PO-2', 'PO-2']).poNumber, 'PO-2');
  const split = bill([undefined, 'PO-2']);
  t.is(split.poNumber, undefined);
  t.deepEqual(
    split.lines.map(({ references }) => references![0]),
    [
      { qualifier: 'PO', value: 'PO-1' },
      { qualifier: 'PO', value: 'PO-2' },
    ],
  );
});

const STOPPED = [
  ['billed-over-shipped', billedOrder([{}], ['60'], {}, { invoiced: new Map([[1, '50']]) }), ['60']],
  ['price-basis-unknown', billedOrder([{ basis: 'ZZ' }], ['60']), ['60']],
  ['currency-differs', billedOrder([{}], ['60'], { currency: 'EUR' }), ['60']],
  ['line-unknown', billedOrder([{}], ['60']), ['0', '5']],
] as const;

for (const [code, order, shipped] of STOPPED)
  test(`${code} stops the invoice`, (t) => {
    const { reasons } = billShipments(billingFacts([order], [shipmentOf(order, shipped)]));
    t.true(reasons.map((one) => one.code).includes(code), JSON.stringify(reasons));
  });

test('the invoice repeats the references that the partner wants, at each line where it is for several orders', (t) => {
  const references = [
    { qualifier: 'DP', value: '038' },
    { qualifier: 'ZZ', value: 'OTHER' },
  ];
  const wanted = { references: ['DP'] };
  const first = billedOrder([{}], ['100'], { references });
  const one = billShipments(billingFacts([first], [shipmentOf(first, ['100'])], wanted));
  t.deepEqual(one.invoice.references?.at(-1), { qualifier: 'DP', value: '038' });
  t.is(one.figures.find(({ path }) => path === 'references[1]')?.from, 'the order, REF');

  const second = billedOrder([{}], ['100'], { poNumber: 'PO-2', references: [] });
  const shipments = [shipmentOf(first, ['100']), shipmentOf(second, ['100'], {}, 'SH-2')];
  const { invoice } = billShipments(billingFacts([first, second], shipments, wanted));
  t.deepEqual(
    invoice.references?.map(({ qualifier }) => qualifier),
    ['PK', 'PK'],
  );
  t.deepEqual(
    invoice.lines.map((line) => line.references?.map(({ qualifier }) => qualifier)),
    [
      ['PO', 'LI', 'DP'],
      ['PO', 'LI'],
    ],
  );
});
