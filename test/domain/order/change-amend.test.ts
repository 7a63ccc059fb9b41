import test from 'ava';
import { amendHeader } from '../../../src/domain/order/amend-header.ts';
import { type Amendment, type AmendState, amendOrder } from '../../../src/domain/order/amend-order.ts';
import { compareOrders, describeDifference } from '../../../src/domain/order/compare-orders.ts';
import type { OrderChange, OrderChangeLine } from '../../../src/domain/order/order-change.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import { change, ORDER, poc, ruling } from './change-support.ts';

type Row = {
  readonly when: string;
  readonly lines: readonly OrderChangeLine[];
  readonly order?: PurchaseOrder;
  readonly said?: Partial<OrderChange>;
  readonly state?: Partial<AmendState>;
  /** What is different then, as people are told. */
  readonly differs?: readonly string[];
  /** Result and reasons of each line of the change. */
  readonly results: readonly (readonly string[])[];
};

/** Everything that a POC may say at once: what counts of it is left to its code. */
const ALL: Partial<OrderChangeLine> = {
  quantity: '1000',
  quantityLeft: '1000',
  unit: 'EA',
  unitPrice: '3.1',
  priceBasis: 'PE',
  ids: [{ qualifier: 'BP', value: 'PART-1' }],
  requestedDelivery: '2026-02-01',
  description: 'HEX BOLT',
};
const QUANTITY = 'line 1 quantity 800 → 1000 EA';
const PRICE = 'line 1 unit price 3.25 → 3.1';
const DATE = 'line 1 requested delivery added: 2026-02-01';
const TEXT = 'line 1 description added: HEX BOLT';

const withLine = (line: Partial<PurchaseOrderLine>): PurchaseOrder => ({
  ...ORDER,
  lines: [{ ...ORDER.lines[0]!, ...line }, ORDER.lines[1]!],
});
const drawn = (quantity: string, drawnBy: 'shipped' | 'released' = 'shipped') => ({
  drawn: new Map([['1', quantity]]),
  drawnBy,
});
const SPLIT = withLine({
  schedule: [
    { quantity: '500', unit: 'EA', qualifier: '002', date: '2026-01-20' },
    { quantity: '300', unit: 'EA', qualifier: '002', date: '2026-02-20' },
  ],
});
const ONE_DAY = withLine({
  schedule: [{ quantity: '800', unit: 'EA', qualifier: '002', date: '2026-01-20' }],
});

const ROWS: readonly Row[] = [
  // What counts under each code.
  { when: 'CA', lines: [poc('CA', '1', ALL)], differs: [QUANTITY, PRICE, DATE, TEXT], results: [['made']] },
  { when: 'CT', lines: [poc('CT', '1', ALL)], differs: [DATE], results: [['made']] },
  { when: 'RS', lines: [poc('RS', '1', ALL)], differs: [DATE], results: [['made']] },
  { when: 'PC', lines: [poc('PC', '1', ALL)], differs: [PRICE], results: [['made']] },
  { when: 'PQ', lines: [poc('PQ', '1', ALL)], differs: [QUANTITY, PRICE], results: [['made']] },
  { when: 'QI', lines: [poc('QI', '1', ALL)], differs: [QUANTITY], results: [['made']] },
  {
    when: 'QD',
    lines: [poc('QD', '1', { ...ALL, quantity: '600', quantityLeft: '600' })],
    differs: ['line 1 quantity 800 → 600 EA'],
    results: [['made']],
  },
  { when: 'RQ', lines: [poc('RQ', '1', ALL)], differs: [QUANTITY, DATE], results: [['made']] },
  { when: 'NC', lines: [poc('NC', '1', ALL)], results: [['unchanged']] },
  {
    when: 'DI',
    lines: [poc('DI', '1', ALL)],
    differs: ['line 1 taken out: 800 EA of BP PART-1 at 3.25'],
    results: [['deleted']],
  },
  {
    when: 'AI',
    lines: [poc('AI', '3', ALL)],
    differs: ['line 3 added: 1000 EA of BP PART-1 at 3.1'],
    results: [['added']],
  },
  {
    when: 'a code that no rule makes',
    lines: [poc('MU', '1', ALL)],
    results: [['unclear', 'change-code-unknown']],
  },
  {
    when: 'RZ, which keeps nothing that it does not say',
    order: withLine({ requestedDelivery: '2026-01-20', notes: ['PALLET A'] }),
    lines: [poc('RZ', '1', { quantity: '10', unit: 'EA', unitPrice: '3' })],
    differs: [
      'line 1 quantity 800 → 10 EA',
      'line 1 unit price 3.25 → 3',
      'line 1 price basis taken out: PE',
      'line 1 requested delivery taken out: 2026-01-20',
      'line 1 notes 1 taken out: PALLET A',
    ],
    results: [['made']],
  },
  {
    when: 'CA, which keeps what it does not say',
    order: withLine({ notes: ['PALLET A'] }),
    lines: [poc('CA', '1', { unitPrice: '3' })],
    differs: ['line 1 unit price 3.25 → 3'],
    results: [['made']],
  },
  {
    when: 'the same value written otherwise',
    lines: [poc('PC', '1', { unitPrice: '3.250' })],
    results: [['unchanged']],
  },
  {
    when: 'QD to nothing',
    lines: [poc('QD', '2', { quantity: '0', unit: 'EA' })],
    differs: ['line 2 taken out: 24 EA of BP PART-2 at 9'],
    results: [['deleted']],
  },
  // Which line is meant.
  {
    when: 'a line that the order has not',
    lines: [poc('CA', '7', ALL)],
    results: [['refused', 'line-unknown']],
  },
  {
    when: 'zeros in front of the number',
    lines: [poc('PC', '0001', ALL)],
    differs: [PRICE],
    results: [['made']],
  },
  {
    when: 'no number, and one line with the item',
    lines: [poc('PC', undefined, ALL)],
    differs: [PRICE],
    results: [['made']],
  },
  {
    when: 'a number that the order has twice',
    order: { ...ORDER, lines: [...ORDER.lines, ORDER.lines[1]!] },
    lines: [poc('PC', '2', { unitPrice: '8' }), poc('AI', '2', ALL)],
    results: [
      ['refused', 'line-unknown'],
      ['refused', 'line-exists'],
    ],
  },
  {
    when: 'no number, and two lines with the item',
    order: { ...ORDER, lines: [...ORDER.lines, { ...ORDER.lines[0]!, number: '3' }] },
    lines: [poc('PC', undefined, ALL)],
    results: [['refused', 'line-unknown']],
  },
  {
    when: 'an item that is not the one of the line',
    lines: [poc('PC', '2', ALL)],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'DI with an item that is not the one of the line',
    lines: [poc('DI', '2', ALL)],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'another item under CA, which drops the numbers of the old one',
    order: withLine({
      ids: [
        { qualifier: 'BP', value: 'PART-1' },
        { qualifier: 'VP', value: 'A-1' },
      ],
    }),
    lines: [poc('CA', '1', { ids: [{ qualifier: 'BP', value: 'PART-9' }] })],
    differs: [
      'line 1 ids BP value PART-1 → PART-9',
      'line 1 ids VP qualifier taken out: VP',
      'line 1 ids VP value taken out: A-1',
    ],
    results: [['made']],
  },
  {
    when: 'AI under a number that is taken',
    lines: [poc('AI', '2', ALL)],
    results: [['refused', 'line-exists']],
  },
  {
    when: 'AI twice under one number',
    lines: [poc('AI', '3', ALL), poc('AI', '3', ALL)],
    differs: ['line 3 added: 1000 EA of BP PART-1 at 3.1'],
    results: [['added'], ['refused', 'line-exists']],
  },
  {
    when: 'AI without a number, which gets the next',
    lines: [poc('AI', undefined, ALL)],
    differs: ['line 3 added: 1000 EA of BP PART-1 at 3.1'],
    results: [['added']],
  },
  {
    when: 'two changes of one line, the second on what the first left',
    lines: [
      poc('PC', '1', { unitPrice: '3' }),
      poc('QI', '1', { quantity: '1000', quantityLeft: '200', unit: 'EA' }),
    ],
    differs: [QUANTITY, 'line 1 unit price 3.25 → 3'],
    results: [['made'], ['made']],
  },
  // Units.
  {
    when: 'QI in another unit',
    lines: [poc('QI', '1', { quantity: '90', quantityLeft: '90', unit: 'CA' })],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'a price in another unit',
    lines: [poc('PC', '1', { unitPrice: '30', unit: 'CA' })],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'quantity, unit and price restated',
    lines: [poc('PQ', '1', { quantity: '70', quantityLeft: '70', unit: 'CA', unitPrice: '39' })],
    differs: ['line 1 quantity 800 EA → 70 CA', 'line 1 unit price 3.25 → 39'],
    results: [['made']],
  },
  // What is unclear, and what a person says of it.
  {
    when: 'QD that can be read in two ways',
    lines: [poc('QD', '1', { quantity: '600', unit: 'EA' })],
    results: [['unclear', 'change-quantity-unclear']],
  },
  {
    when: 'a person says how many are meant',
    lines: [poc('QD', '1', { quantity: '600', unit: 'EA' })],
    state: { rulings: [ruling({ kind: 'set-quantity', quantity: '200' }, '1')] },
    differs: ['line 1 quantity 800 → 200 EA'],
    results: [['made']],
  },
  {
    when: 'a person refuses the change of the line',
    lines: [poc('QD', '1', { quantity: '600', unit: 'EA' }), poc('PC', '2', { unitPrice: '8' })],
    state: { rulings: [ruling({ kind: 'reject' }, '1')] },
    differs: ['line 2 unit price 9 → 8'],
    results: [['refused', 'refused-by-person'], ['made']],
  },
  {
    when: 'a person lets a conflict pass',
    lines: [poc('PC', '2', ALL)],
    state: { rulings: [ruling({ kind: 'override', codes: ['change-conflict'] })] },
    differs: ['line 2 unit price 9 → 3.1'],
    results: [['made']],
  },
  // Schedules.
  {
    when: 'several delivery dates, and a quantity without them',
    order: SPLIT,
    lines: [poc('QI', '1', { ...ALL })],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'several delivery dates, and one day for all',
    order: SPLIT,
    lines: [poc('RS', '1', ALL)],
    results: [['unclear', 'change-conflict']],
  },
  {
    when: 'one delivery date, which follows quantity and day of the line',
    order: ONE_DAY,
    lines: [poc('RQ', '1', ALL)],
    differs: [
      QUANTITY,
      'line 1 schedule 002 quantity 800 → 1000',
      'line 1 schedule 002 date 2026-01-20 → 2026-02-01',
      DATE,
    ],
    results: [['made']],
  },
  {
    when: 'destinations that share the old quantity',
    order: withLine({ destinations: [{ unit: 'EA', shares: [{ place: '0412', quantity: '800' }] }] }),
    lines: [poc('QI', '1', { ...ALL })],
    results: [['unclear', 'change-conflict']],
  },
  // Shipped.
  {
    when: 'all shipped, and a price',
    lines: [poc('PC', '1', ALL)],
    state: drawn('800'),
    differs: [PRICE],
    results: [['made']],
  },
  {
    when: 'all shipped, and more',
    lines: [poc('QI', '1', ALL)],
    state: drawn('800'),
    results: [['refused', 'line-shipped']],
  },
  {
    when: 'all shipped, and another day',
    lines: [poc('RS', '1', ALL)],
    state: drawn('800'),
    results: [['refused', 'line-shipped']],
  },
  {
    when: 'all shipped, and deleted',
    lines: [poc('DI', '1')],
    state: drawn('800'),
    results: [['refused', 'line-shipped']],
  },
  {
    when: 'all shipped, and a price beside the same quantity',
    lines: [poc('PQ', '1', { ...ALL, quantity: '800', quantityLeft: '800' })],
    state: drawn('800'),
    differs: [PRICE],
    results: [['made']],
  },
  {
    when: 'part shipped, and down to it',
    lines: [poc('PQ', '1', { quantity: '600', unit: 'EA' })],
    state: drawn('600'),
    differs: ['line 1 quantity 800 → 600 EA'],
    results: [['made']],
  },
  {
    when: 'part shipped, and below it',
    lines: [poc('PQ', '1', { quantity: '599', unit: 'EA' })],
    state: drawn('600'),
    results: [['refused', 'below-shipped']],
  },
  {
    when: 'part shipped, and another day',
    lines: [poc('RS', '1', ALL)],
    state: drawn('600'),
    differs: [DATE],
    results: [['made']],
  },
  {
    when: 'part shipped, and another item',
    lines: [poc('CA', '1', { ids: [{ qualifier: 'BP', value: 'PART-9' }] })],
    state: drawn('600'),
    results: [['refused', 'part-shipped']],
  },
  {
    when: 'part shipped, and deleted: the rest goes',
    lines: [poc('DI', '1')],
    state: drawn('600'),
    differs: ['line 1 quantity 800 → 600 EA'],
    results: [['cut', 'cut-to-shipped']],
  },
  // Released from a blanket order.
  {
    when: 'all released, and more committed',
    lines: [poc('QI', '1', ALL)],
    state: drawn('800', 'released'),
    differs: [QUANTITY],
    results: [['made']],
  },
  {
    when: 'committed down to what is released',
    lines: [poc('PQ', '1', { quantity: '600', unit: 'EA' })],
    state: drawn('600', 'released'),
    differs: ['line 1 quantity 800 → 600 EA'],
    results: [['made']],
  },
  {
    when: 'committed below what is released',
    lines: [poc('PQ', '1', { quantity: '599.9', unit: 'EA' })],
    state: drawn('600', 'released'),
    results: [['refused', 'below-released']],
  },
  // The whole order.
  {
    when: 'a replacement: what it leaves out is taken out, what it adds is added',
    said: { purpose: 'replace' },
    lines: [poc('PC', '1', { ...ALL, quantity: '800', quantityLeft: '800' }), poc('AI', '3', ALL)],
    differs: [
      PRICE,
      DATE,
      TEXT,
      'line 2 taken out: 24 EA of BP PART-2 at 9',
      'line 3 added: 1000 EA of BP PART-1 at 3.1',
    ],
    results: [['made'], ['added'], ['deleted']],
  },
  {
    when: 'a replacement that leaves out what is shipped in part',
    said: { purpose: 'replace' },
    lines: [poc('NC', '2', { quantity: '24', quantityLeft: '24', unit: 'EA' })],
    state: drawn('600'),
    differs: ['line 1 quantity 800 → 600 EA'],
    results: [['unchanged'], ['cut', 'cut-to-shipped']],
  },
];

const amend = ({ order = ORDER, lines, said, state }: Row): Amendment =>
  amendOrder(order, change(lines, said), {
    drawn: new Map(),
    drawnBy: 'shipped',
    rulings: [],
    refused: new Map(),
    ...state,
  });

for (const row of ROWS) {
  test(`an order is amended: ${row.when}`, (t) => {
    const { order = ORDER } = row;

    const amendment = amend(row);

    t.deepEqual(
      amendment.lines.map(({ result, reasons }) => [result, ...reasons.map(({ code }) => code)]),
      row.results.map((one) => [...one]),
    );
    t.deepEqual(
      compareOrders(order, amendment.order).map(describeDifference).toSorted(),
      [...(row.differs ?? [])].toSorted(),
    );
  });
}

type HeadingRow = readonly [
  when: string,
  said: Partial<OrderChange>,
  differs: readonly string[],
  refused?: readonly string[],
  shipped?: ReadonlyMap<string, string>,
];

const SHIP_TO = { role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC14' };
const ALL_SHIPPED = new Map([
  ['1', '800'],
  ['2', '24'],
]);

const HEADINGS: readonly HeadingRow[] = [
  [
    'a date beside those that stand',
    { dates: [{ qualifier: '010', date: '2026-02-01' }] },
    ['dates 010 date 2026-01-10 → 2026-02-01'],
  ],
  ['another ship-to, and the buyer stays', { parties: [SHIP_TO] }, ['parties ship-to id DC12 → DC14']],
  [
    'terms and notes',
    { paymentTerms: [{ type: '08', netDays: '30' }], notes: ['B'] },
    ['notes 1 A → B', 'payment terms 1 type added: 08', 'payment terms 1 net days added: 30'],
  ],
  ['nothing', {}, []],
  ['numbers and dates that only say which order it is', { orderDate: '2026-01-01', type: 'rush' }, []],
  [
    'another ship-to after a part is shipped',
    { parties: [SHIP_TO], notes: ['B'] },
    ['notes 1 A → B'],
    ['ship-to-shipped'],
    new Map([['2', '1']]),
  ],
  [
    'a date after a part is shipped',
    { requestedDelivery: '2026-02-01' },
    ['requested delivery added: 2026-02-01'],
    [],
    new Map([['1', '800']]),
  ],
  ['a date after all is shipped', { requestedDelivery: '2026-02-01' }, [], ['order-shipped'], ALL_SHIPPED],
  [
    'a charge after all is shipped',
    { allowanceCharges: [{ indicator: 'charge', amount: '5' }] },
    ['allowance charges 1 indicator added: charge', 'allowance charges 1 amount added: 5'],
    [],
    ALL_SHIPPED,
  ],
  ['what no field holds', { unmapped: [{ at: 'TAX', value: ['X'] }] }, [], ['not-processed']],
  [
    'a replacement without dates and notes',
    { purpose: 'replace', lines: ORDER.lines.map((line) => poc('NC', line.number)) },
    [
      'dates 001 qualifier taken out: 001',
      'dates 001 date taken out: 2026-03-01',
      'dates 010 qualifier taken out: 010',
      'dates 010 date taken out: 2026-01-10',
      'notes 1 taken out: A',
    ],
  ],
];

for (const [when, said, differs, refused = [], shipped = new Map()] of HEADINGS) {
  test(`the heading of an order is amended: ${when}`, (t) => {
    const order: PurchaseOrder = {
      ...ORDER,
      notes: ['A'],
      dates: [
        { qualifier: '001', date: '2026-03-01' },
        { qualifier: '010', date: '2026-01-10' },
      ],
      parties: [...ORDER.parties!, { role: 'buyer', code: 'BY', name: 'ACME' }],
    };

    const amendment = amend({
      when,
      order,
      lines: said.lines ?? [],
      said,
      results: [],
      state: { drawn: shipped },
    });

    t.deepEqual(compareOrders(order, amendment.order).map(describeDifference).toSorted(), differs.toSorted());
    t.deepEqual(
      amendment.refused.map(({ code }) => code),
      [...refused],
    );
  });
}

test('a party that is named by its id alone keeps its address; another id is another place', (t) => {
  const address = { lines: ['1 MAIN ST'], city: 'DAYTON', region: 'OH', postalCode: '45402', country: 'US' };
  const standing = { role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC12', address } as const;
  const order = { ...ORDER, parties: [standing] };
  const amend = (id: string) =>
    amendHeader(
      order,
      change([], { parties: [{ role: 'ship-to', code: 'ST', idQualifier: '92', id }] }),
      new Map(),
    ).order.parties;
  t.deepEqual(amend('DC12'), [standing]);
  t.deepEqual(amend('DC14'), [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC14' }]);
});
