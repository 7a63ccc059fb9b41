import type { PriceForm } from '../../../src/domain/pricing/price-terms.ts';
import { checkRows } from './check-rows.ts';
import { agreement, CONTRACT, CUSTOMER_PRICE, LIST, term } from './support.ts';

const rowsWithMinimum = [
  term(CONTRACT, '3'),
  term(CONTRACT, '2', { position: 2, minimumQuantity: '100' }),
  term(CONTRACT, '1', { position: 3, minimumQuantity: '50', unit: 'CA' }),
];

checkRows('minimum quantity', [
  { when: 'one below', terms: rowsWithMinimum.slice(0, 2), asked: { quantity: '99' }, ours: '3' },
  {
    when: 'reached: goes before the row for all',
    terms: rowsWithMinimum.slice(0, 2),
    asked: { quantity: '100' },
    ours: '2',
  },
  {
    when: 'in cases, one piece below',
    terms: rowsWithMinimum.slice(2),
    asked: { quantity: '599' },
    ours: undefined,
    refused: ['below-minimum'],
  },
  {
    when: 'in cases, reached by pieces',
    terms: rowsWithMinimum.slice(2),
    asked: { quantity: '600' },
    ours: '0.0833333333',
  },
  { when: 'zero pieces', terms: rowsWithMinimum, asked: { quantity: '0' }, ours: '3' },
  { when: 'pieces below zero', terms: rowsWithMinimum, asked: { quantity: '-5' }, ours: '3' },
]);

const zoned = [
  term(LIST, '5'),
  term(LIST, '6', { position: 2, zone: 'WEST' }),
  term(LIST, '4', { position: 3, zone: 'EAST' }),
];

checkRows('zones', [
  {
    when: 'the zone of the ship-to',
    terms: zoned,
    book: { zone: 'WEST' },
    ours: '6',
    refused: [undefined, 'other-zone', undefined],
  },
  { when: 'another zone', terms: zoned, book: { zone: 'NORTH' }, ours: '5' },
  { when: 'no zone', terms: zoned, ours: '5', refused: ['other-zone', 'other-zone', undefined] },
  { when: 'only rows for other zones', terms: zoned.slice(1), ours: undefined },
]);

const kit = agreement({
  bundles: new Map([
    [
      'KIT',
      new Map([
        ['PUMP', '2'],
        ['HOSE', '4'],
      ]),
    ],
  ]),
});
const bundled = [term(kit, '3'), term(kit, '2', { position: 2, bundle: 'KIT' })];
const basket = (pumps: string, hoses?: string) =>
  new Map([['PUMP', pumps], ...(hoses === undefined ? [] : [['HOSE', hoses] as const])]);

checkRows('bundles', [
  {
    when: 'all of it is ordered',
    terms: bundled,
    asked: { basket: basket('2', '4') },
    ours: '2',
    refused: [undefined, undefined],
  },
  { when: 'more than it is ordered', terms: bundled, asked: { basket: basket('10', '4') }, ours: '2' },
  {
    when: 'a part falls short',
    terms: bundled,
    asked: { basket: basket('2', '3.999') },
    ours: '3',
    refused: ['bundle-incomplete', undefined],
  },
  { when: 'a part is not ordered', terms: bundled, asked: { basket: basket('2') }, ours: '3' },
  {
    when: 'the agreement does not say what it holds',
    terms: [term(CONTRACT, '2', { bundle: 'KIT' })],
    asked: { basket: basket('2', '4') },
    ours: undefined,
    refused: ['bundle-unknown'],
  },
  {
    when: 'promotion and bundle in one row go before each alone',
    terms: [...bundled, term(kit, '1', { position: 3, bundle: 'KIT', promotion: 'JUNE' })],
    asked: { basket: basket('2', '4') },
    ours: '1',
  },
]);

const unsound: PriceForm = {
  kind: 'line-tiers',
  tiers: [
    { from: '1', price: '2' },
    { from: '1.0', price: '3' },
  ],
};
const CT2 = agreement({ number: 'CT-2' });
const ownFrom = (validFrom: string) => ({ ...CUSTOMER_PRICE, number: `OWN ${validFrom}`, validFrom });

checkRows('rows that claim the same', [
  {
    when: 'different prices: nobody chooses, and the list does not stand in',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '3', { position: 2 }), term(LIST, '5')],
    ours: undefined,
    refused: ['contradictory', 'contradictory', undefined],
  },
  {
    when: 'the same price',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '2.00', { position: 2 })],
    ours: '2',
  },
  {
    when: 'the same price with different allowances',
    terms: [
      term(CONTRACT, '2'),
      term(CONTRACT, '2', {
        position: 2,
        adjustments: [{ indicator: 'allowance', code: 'C310', rate: { kind: 'percent', percent: '5' } }],
      }),
    ],
    ours: undefined,
  },
  {
    when: 'the same price per hundred and per piece',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '200', { position: 2, basis: 'HP' })],
    ours: '2',
  },
  {
    when: 'the later row of an agreement replaces the earlier',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '3', { position: 2, validFrom: '2024-06-01' })],
    ours: '3',
    refused: ['replaced', undefined],
  },
  {
    when: 'the later row has not begun',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '3', { position: 2, validFrom: '2024-06-02' })],
    ours: '2',
    refused: [undefined, 'not-begun'],
  },
  {
    when: 'of its own prices the one that began last counts',
    terms: [
      term(ownFrom('2024-01-01'), '2'),
      term(ownFrom('2024-06-01'), '3'),
      term(ownFrom('2024-02-01'), '4'),
    ],
    ours: '3',
  },
  {
    when: 'a row with a sound price beside one whose tiers contradict each other',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '', { position: 2, form: unsound })],
    ours: undefined,
    refused: ['contradictory', 'contradictory'],
  },
  {
    when: 'a row with a sound price replaces one whose tiers contradict each other',
    terms: [
      term(CONTRACT, '2', { validFrom: '2024-02-01' }),
      term(CONTRACT, '', { position: 2, form: unsound }),
    ],
    ours: '2',
    refused: [undefined, 'replaced'],
  },
  {
    when: 'the row that replaces another says the basis, where the order names none',
    terms: [
      term(CONTRACT, '325', { basis: 'HP' }),
      term(CONTRACT, '3.25', { position: 2, validFrom: '2024-06-01' }),
    ],
    ours: '3.25',
    basis: 'PE',
    refused: ['replaced', undefined],
  },
  {
    when: 'two contracts, whichever began last',
    terms: [term(CONTRACT, '2'), term({ ...CT2, validFrom: '2024-02-01' }, '3')],
    ours: undefined,
    refused: ['contradictory', 'contradictory'],
  },
  {
    when: 'a promotion and a bundle that both count',
    terms: [term(kit, '2', { bundle: 'KIT' }), term(kit, '1', { position: 2, promotion: 'JUNE' })],
    asked: { basket: basket('2', '4') },
    ours: undefined,
  },
  {
    when: 'two promotions that both count, whichever began last',
    terms: [
      term(CONTRACT, '2', { promotion: 'SUMMER', validFrom: '2024-05-01' }),
      term(CONTRACT, '1', { position: 2, promotion: 'JUNE', validFrom: '2024-06-01' }),
    ],
    ours: undefined,
    refused: ['contradictory', 'contradictory'],
  },
  {
    when: 'rows that contradict each other, and one whose basis nobody knows',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '3', { position: 2 }), term(LIST, '5', { basis: 'ZZ' })],
    ours: undefined,
    rule: 'no-price-of-ours',
  },
  {
    when: 'plain rows that contradict each other do not hinder a promotion',
    terms: [
      term(CONTRACT, '2'),
      term(CONTRACT, '3', { position: 2 }),
      term(CONTRACT, '1', { position: 3, promotion: 'JUNE' }),
    ],
    ours: '1',
    refused: [undefined, 'contradictory', 'contradictory'],
  },
  {
    when: 'lists that contradict each other do not hinder a contract',
    terms: [term(CONTRACT, '2'), term(LIST, '5'), term(LIST, '6', { position: 2 })],
    ours: '2',
  },
]);
