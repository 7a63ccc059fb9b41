import type { Stock, StockPosition } from '../../src/domain/allocation/stock.ts';
import type { Item } from '../../src/domain/catalogue/catalogue.ts';
import type { SharedFacts } from '../../src/domain/order/order-facts.ts';
import type { Agreement, PriceForm } from '../../src/domain/pricing/price-terms.ts';
import type { Conversation } from './conversations.ts';

/** Conversations that need more of a world than items and prices: contracts, stock, credit, blankets. */

type World = NonNullable<Conversation['world']>;
type Policy = SharedFacts['policy'];

const policy =
  (changes: Partial<Policy>): World =>
  (shared) => ({ ...shared, policy: { ...shared.policy, ...changes } });

const item =
  (number: string, changes: Partial<Item>): World =>
  (shared) => {
    const items = new Map(shared.catalogue.items);
    items.set(number, { ...items.get(number)!, ...changes });
    return { ...shared, catalogue: { ...shared.catalogue, items } };
  };

const CONTRACT: Agreement = {
  kind: 'contract',
  number: 'C-77',
  version: 2,
  currency: 'USD',
  dateRule: 'order-date',
  validFrom: '2026-01-01',
  bundles: new Map(),
};

/** A contract that holds these items and no others. */
const contract =
  (terms: Readonly<Record<string, PriceForm>>): World =>
  (shared) => {
    const own = Object.entries(terms).map(([number, form], i) => ({
      agreement: CONTRACT,
      position: i + 1,
      item: number,
      unit: 'EA',
      basis: 'PE',
      form,
      adjustments: [],
    }));
    const byItem = new Map(own.map((term) => [term.item, [term]]));
    const agreements = new Map([['C-77', [CONTRACT]]]);
    return { ...shared, prices: { ...shared.prices, agreements, terms: byItem } };
  };

const WEIGHTS: Stock['weights'] = { wholeLine: 40, wholeOrder: 20, meetsDate: 20, cost: 15, load: 5 };

/** One warehouse that has so much of each item; of all others it has enough. */
const stock =
  (
    positions: Readonly<Record<string, Partial<StockPosition>>>,
    short: Policy['short'] = 'ship-partial',
  ): World =>
  (shared) => {
    const plenty = {
      warehouse: 'DAY',
      onHand: '100000',
      allocated: '0',
      safety: '0',
      receipts: [],
      serials: [],
    };
    const all = [...shared.catalogue.items.keys()].map(
      (number) => [number, [{ ...plenty, ...positions[number] }]] as const,
    );
    const warehouse = { id: 'DAY', name: 'Dayton', hazards: [], zones: new Map(), load: 0 };
    return {
      ...shared,
      policy: { ...shared.policy, promise: 'stock', short },
      stock: { warehouses: [warehouse], positions: new Map(all), weights: WEIGHTS },
    };
  };

const credit =
  (limit: string): World =>
  (shared) => ({
    ...shared,
    credit: {
      customer: 'acme',
      currency: 'USD',
      limit,
      openInvoices: '0',
      shippedNotInvoiced: '0',
      acceptedNotShipped: '0',
      graceDays: 10,
    },
  });

const both =
  (...worlds: readonly World[]): World =>
  (shared) =>
    worlds.reduce((one, world) => world(one), shared);

type Change = (text: string) => string;

/** Two lines: 800 EA HB-1001 at 3.25, and 2400 EA WS-2001 at 12.50 a hundred, wanted by 2026-01-15. */
const order = (change?: Change) => ({
  partner: 'acme',
  sample: '850-clean.edi',
  ...(change && { change }),
});

const first =
  (was: string, is: string): Change =>
  (text) =>
    text.replace(was, is);

/** Another order in another interchange. */
const next =
  (n: number, change: Change = (text) => text): Change =>
  (text) =>
    change(
      text
        .replaceAll('000000101', `00000011${n}`)
        .replace('*101*X', `*11${n}*X`)
        .replace('GE*1*101', `GE*1*11${n}`),
    );

const release = (n: number, number: string, quantity: string) =>
  order(
    next(n, (text) =>
      text
        .replace('BEG*00*SA*PO1000001**', `BEG*00*RL*PO1000001*${number}*`)
        .replace('PO1*1*800', `PO1*1*${quantity}`)
        .replace(/PO1\*2\*2400.*?~CTT\*2\*3200~SE\*13/, `CTT*1*${quantity}~SE*12`),
    ),
  );

/** Another document in the envelope of the order, in its place. */
const document = (n: number, set: string, functionalId: string, body: readonly string[]) =>
  order(
    next(n, (text) => {
      const segments = [`ST*${set}*0001`, ...body, `SE*${body.length + 2}*0001`].join('~');
      return text.replace('GS*PO*', `GS*${functionalId}*`).replace(/ST\*850[\s\S]*?SE\*13\*0001/, segments);
    }),
  );

/** What is firm, what is planned, and what the buyer counts of HB-1001. */
const planning = (n: number, schedule: string, firm: number, counted: number) =>
  document(n, '830', 'PS', [
    `BFR*00*${schedule}**DL*A*20260105*20260630*20260105***PO1000001`,
    'N1*ST*ACME DC 12*92*DC12',
    'LIN*1*BP*PART-1001',
    'UIT*EA',
    `FST*${firm}*C*D*20260112`,
    'FST*400*D*M*20260201',
    `SHP*02*${counted}*051*20260101**20260105`,
    'CTT*1',
  ]);

const blanketOrder = order((text) => text.replace('BEG*00*SA', 'BEG*00*BK'));

export const DESK_CONVERSATIONS: readonly Conversation[] = [
  {
    name: 'ack-bp-part-ships-now-and-part-later',
    steps: [order()],
    world: stock({ 'HB-1001': { onHand: '500', receipts: [{ date: '2026-01-20', quantity: '1000' }] } }),
  },
  {
    name: 'ack-ia-and-ib-the-parts-apart',
    steps: [order()],
    world: both(
      stock({ 'HB-1001': { onHand: '500', receipts: [{ date: '2026-01-20', quantity: '1000' }] } }),
      policy({ split: 'IA-IB' }),
    ),
  },
  {
    name: 'ack-ib-none-in-stock',
    steps: [order()],
    world: stock({ 'HB-1001': { onHand: '0', receipts: [{ date: '2026-01-20', quantity: '1000' }] } }),
  },
  {
    name: 'ack-sp-nobody-knows-when',
    steps: [order()],
    world: stock({ 'HB-1001': { onHand: '0' } }),
  },
  {
    name: 'ack-dr-later-than-asked',
    steps: [order(first('DTM*002*20260115', 'DTM*010*20260102'))],
    world: stock({}),
  },
  {
    name: 'ack-two-days-of-one-line',
    steps: [
      order((text) =>
        text
          .replace('~PO1*2*', '~SCH*300*EA***002*20260115~SCH*500*EA***002*20260120~PO1*2*')
          .replace('SE*13', 'SE*15'),
      ),
    ],
    world: stock({ 'HB-1001': { onHand: '300', receipts: [{ date: '2026-01-22', quantity: '1000' }] } }),
  },
  {
    name: 'ack-ic-two-changes',
    steps: [order(first('PO1*1*800*EA*3.25', 'PO1*1*790*EA*9.99'))],
    world: both(
      item('HB-1001', { multiple: '100' }),
      policy({ quantity: 'adjust', price: { tolerance: {}, outside: 'contract' } }),
    ),
  },
  {
    name: 'ack-iq-rounded-up-to-the-multiple',
    steps: [order(first('PO1*1*800', 'PO1*1*790'))],
    world: both(item('HB-1001', { multiple: '100' }), policy({ quantity: 'adjust' })),
  },
  {
    name: 'ack-ip-our-price-counts',
    steps: [order(first('EA*3.25', 'EA*9.99'))],
    world: policy({ price: { tolerance: {}, outside: 'contract' } }),
  },
  {
    name: 'ack-is-substituted',
    steps: [order()],
    world: both(
      item('HB-1001', { status: 'discontinued', substitutes: ['HB-1002'] }),
      policy({ substitute: 'auto', price: { tolerance: {}, outside: 'theirs' } }),
    ),
  },
  {
    name: 'ack-if-a-description-and-no-number',
    steps: [order(first('PE*BP*PART-1001', 'PE'))],
    world: (shared) => shared,
  },
  {
    name: 'ack-ih-an-unknown-item-is-asked-about',
    steps: [order(first('PART-1001', 'PART-0000'))],
    world: policy({ 'unknown-item': 'hold' }),
  },
  {
    name: 'ack-ir-no-longer-sold',
    steps: [order()],
    world: item('HB-1001', { status: 'discontinued' }),
  },
  { name: 'ack-r3-a-unit-that-it-is-not-sold-in', steps: [order(first('800*EA', '800*CA'))] },
  {
    name: 'ack-r1-not-in-the-contract',
    steps: [order()],
    world: both(
      contract({ 'HB-1001': { kind: 'fixed', price: '3.25' } }),
      policy({ 'off-contract': 'reject' }),
    ),
  },
  {
    name: 'ack-r4-in-the-contract-and-not-to-be-had',
    steps: [order()],
    world: both(
      contract({
        'HB-1001': { kind: 'fixed', price: '3.25' },
        'WS-2001': { kind: 'fixed', price: '0.125' },
      }),
      item('HB-1001', { status: 'blocked' }),
    ),
  },
  {
    name: 'tiers-of-a-contract',
    steps: [
      order(first('EA*3.25', 'EA*2.95')),
      order(next(1, (text) => text.replace('PO1000001', 'PO1000009').replace('800*EA*3.25', '99*EA*2.95'))),
    ],
    world: contract({
      'HB-1001': {
        kind: 'line-tiers',
        tiers: [
          { from: '1', price: '3.25' },
          { from: '100', price: '3.10' },
          { from: '500', price: '2.95' },
        ],
      },
      'WS-2001': { kind: 'fixed', price: '0.125' },
    }),
  },
  {
    name: 'blanket-with-schedules-and-a-receipt',
    steps: [
      blanketOrder,
      planning(1, 'SCH-1', 300, 0),
      planning(2, 'SCH-1', 300, 0),
      planning(3, 'SCH-2', 320, 10),
      document(4, '862', 'SS', [
        'BSS*00*SHP-1*20260106*DL*20260107*20260114*SHP-1***PO1000001*A',
        'LIN*1*BP*PART-1001',
        'UIT*EA',
        'FST*331*C*D*20260112',
        'CTT*1',
      ]),
      document(5, '861', 'RC', [
        'BRA*RA-1*20260107*00*1',
        'DTM*050*20260107',
        'PRF*PO1000001',
        'RCD*1*95*EA***5*EA*01',
        'LIN**BP*PART-1001',
        'RCD*2*7*EA',
        'LIN**BP*PART-9',
        'CTT*2',
      ]),
    ],
  },
  {
    name: 'split-over-purchase-orders',
    steps: [order(), order(next(1, (text) => text.replaceAll('PO1000001', 'PO1000002')))],
    world: both(policy({ 'over-authority': 'split' }), (shared) => ({
      ...shared,
      authorities: [
        { poNumber: 'PO1000001', left: '2600', currency: 'USD' },
        { poNumber: 'PO1000002', left: '299.99', currency: 'USD' },
        { poNumber: 'PO2000001', left: '300', currency: 'USD' },
      ],
    })),
  },
  {
    name: 'blanket-with-two-releases-and-a-third-too-many',
    steps: [blanketOrder, release(1, '1', '500'), release(2, '2', '300'), release(3, '3', '1')],
  },
  { name: 'over-the-credit-limit', steps: [order()], world: credit('2000.00') },
  { name: 'exactly-the-credit-limit', steps: [order()], world: credit('2900.00') },
];
