import test from 'ava';
import { isOffContract, priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceTerm } from '../../../src/domain/pricing/price-terms.ts';
import { checkRows } from './check-rows.ts';
import { agreement, asked, book, CONTRACT, CUSTOMER_PRICE, GROUP, LIST, RULES, term } from './support.ts';

const EVERY_SOURCE = [term(LIST, '5'), term(GROUP, '4'), term(CUSTOMER_PRICE, '3'), term(CONTRACT, '2')];
const blanket = { number: 'BK-1', price: '1', basis: 'PE', unit: 'EA' };
const euro = (one: PriceTerm): PriceTerm => ({ ...one, agreement: { ...one.agreement, currency: 'EUR' } });

checkRows('which source counts', [
  { when: 'a blanket goes before all', terms: EVERY_SOURCE, asked: { blanket }, ours: '1' },
  { when: 'then the contract', terms: EVERY_SOURCE, ours: '2' },
  { when: "then the customer's own price", terms: EVERY_SOURCE.slice(0, 3), ours: '3' },
  { when: 'then the contract of its group', terms: EVERY_SOURCE.slice(0, 2), ours: '4' },
  { when: 'then the list', terms: EVERY_SOURCE.slice(0, 1), ours: '5' },
  { when: 'nothing was agreed', terms: [], ours: undefined, refused: [] },
  {
    when: 'an item that only others have terms for',
    terms: [term(LIST, '5', { item: 'VALVE' })],
    ours: undefined,
  },
  {
    when: 'a dearer contract still goes before the list',
    terms: [term(LIST, '5'), term(CONTRACT, '9')],
    ours: '9',
    refused: [undefined, undefined],
  },
  {
    when: 'a blanket whose unit nobody can convert gives way, and says so',
    terms: EVERY_SOURCE,
    asked: { blanket: { ...blanket, unit: 'BX' } },
    ours: '2',
    refused: ['unit-not-convertible', undefined, undefined, undefined, undefined],
  },
  {
    when: 'a contract in another currency gives way to the list',
    terms: [euro(term(CONTRACT, '2')), term(LIST, '5')],
    ours: '5',
    refused: ['other-currency', undefined],
  },
  { when: 'all is in another currency', terms: EVERY_SOURCE.map(euro), ours: undefined },
]);

const byShipDate = agreement({ dateRule: 'requested-ship-date' });

checkRows('dates', [
  { when: 'the first day', terms: [term(CONTRACT, '2')], asked: { orderDate: '2024-01-01' }, ours: '2' },
  { when: 'the last day', terms: [term(CONTRACT, '2')], asked: { orderDate: '2024-12-31' }, ours: '2' },
  {
    when: 'the day before',
    terms: [term(CONTRACT, '2')],
    asked: { orderDate: '2023-12-31' },
    ours: undefined,
    refused: ['not-begun'],
  },
  {
    when: 'the day after',
    terms: [term(CONTRACT, '2')],
    asked: { orderDate: '2025-01-01' },
    ours: undefined,
    refused: ['ended'],
  },
  {
    when: 'an agreement without end',
    terms: [term(agreement({ validTo: undefined }), '2')],
    asked: { orderDate: '2099-01-01' },
    ours: '2',
  },
  {
    when: 'the order date counts, whenever it ships',
    terms: [term(CONTRACT, '2')],
    asked: { orderDate: '2024-12-31', requestedShip: '2025-01-02' },
    ours: '2',
  },
  {
    when: 'the ship date counts where that was agreed: too late',
    terms: [term(byShipDate, '2')],
    asked: { orderDate: '2024-12-31', requestedShip: '2025-01-01' },
    ours: undefined,
    refused: ['ended'],
  },
  {
    when: 'the ship date counts where that was agreed: in time, though ordered before',
    terms: [term(byShipDate, '2')],
    asked: { orderDate: '2023-12-20', requestedShip: '2024-01-01' },
    ours: '2',
  },
  {
    when: 'the ship date should count, and the order names none: its own date does',
    terms: [term(byShipDate, '2')],
    asked: { orderDate: '2024-12-31' },
    ours: '2',
  },
  ...(
    [
      ['2024-05-31', '2', 'not-begun'],
      ['2024-06-01', '1', undefined],
      ['2024-06-30', '1', undefined],
      ['2024-07-01', '2', 'ended'],
    ] as const
  ).map(([orderDate, ours, refused]) => ({
    when: `a promotion in June, on ${orderDate}`,
    terms: [
      term(CONTRACT, '2'),
      term(CONTRACT, '1', { position: 2, promotion: 'JUNE', validFrom: '2024-06-01', validTo: '2024-06-30' }),
    ],
    asked: { orderDate },
    ours,
    refused: [refused, undefined],
  })),
]);

const v1 = agreement({ version: 1 });
const v2 = agreement({ version: 2, validFrom: '2024-06-01' });

checkRows('versions', [
  {
    when: 'the newest in force counts',
    terms: [term(v1, '2'), term(v2, '3')],
    ours: '3',
    refused: [undefined, 'superseded'],
  },
  {
    when: 'one that has not begun leaves the older in force',
    terms: [term(v1, '2'), term(v2, '3')],
    asked: { orderDate: '2024-05-31' },
    ours: '2',
    refused: ['not-begun', undefined],
  },
  {
    when: 'one that has ended leaves the older in force',
    terms: [term(v1, '2'), term(agreement({ version: 2, validTo: '2024-05-31' }), '3')],
    ours: '2',
  },
  {
    when: 'an item that the newest leaves out has no price by the older',
    terms: [term(v1, '2'), term(LIST, '5')],
    book: { agreements: new Map([['CT-1', [v1, v2]]]) },
    ours: '5',
    refused: ['superseded', undefined],
  },
  {
    when: 'a list under the number of a contract is not a version of it',
    terms: [term(v1, '2'), term(agreement({ kind: 'list', version: 7 }), '5')],
    ours: '2',
  },
  {
    when: 'each is judged by its own date rule',
    terms: [term(v1, '2'), term({ ...v2, dateRule: 'requested-ship-date' }, '3')],
    asked: { orderDate: '2024-05-20', requestedShip: '2024-06-01' },
    ours: '3',
  },
]);

const otherItem = [term(CONTRACT, '1', { item: 'VALVE' })];

for (const [when, terms, change, off] of [
  ['the contract has other items only', [...otherItem, term(LIST, '5')], {}, true],
  ['nothing has the item', otherItem, {}, true],
  ['the contract has the item', [...otherItem, term(CONTRACT, '2')], {}, false],
  [
    'the contract has it from another quantity on',
    [term(CONTRACT, '2', { minimumQuantity: '99' })],
    {},
    false,
  ],
  ['the contract had it until May', [...otherItem, term(CONTRACT, '2', { validTo: '2024-05-31' })], {}, true],
  ['the customer has a price of its own', [...otherItem, term(CUSTOMER_PRICE, '3')], {}, false],
  ["its group's contract has the item", [...otherItem, term(GROUP, '4')], {}, false],
  ['there is no contract', [term(LIST, '5')], {}, false],
  ['only the group has a contract', [term({ ...GROUP }, '4', { item: 'VALVE' }), term(LIST, '5')], {}, false],
  ['the contract has ended', [...otherItem, term(LIST, '5')], { orderDate: '2025-01-01' }, false],
  ['it is released from a blanket', otherItem, { blanket }, false],
] as const)
  test(`off contract or not: ${when}`, (t) => {
    const proof = priceLine(asked(change), book(terms), RULES);
    t.is(isOffContract(proof), off);
    t.is(isOffContract(JSON.parse(JSON.stringify(proof))), off);
  });

test('the contract in force is named, the newest version of the first by number', (t) => {
  const proof = priceLine(
    asked(),
    book([term(agreement({ number: 'CT-2' }), '1', { item: 'VALVE' }), term(v1, '2'), term(v2, '3')]),
    RULES,
  );
  t.deepEqual(proof.underContract, { number: 'CT-1', version: 2 });
});
