import { agreement, book, LIST, term } from '../pricing/support.ts';
import { item, line, ours, price, ruling, testRows } from './support.ts';

const B2 = item('B-2', { ids: [['UP', '0123']] });
const hold = { 'unknown-item': 'hold' } as const;

testRows('an item', [
  {
    when: 'that nobody knows is rejected (R2)',
    line: { ids: ours('NONE') },
    told: { outcome: 'rejected', statuses: 'R2', reasons: ['item-unknown'], raised: [] },
  },
  {
    when: 'that nobody knows is asked about where the partner file says so',
    line: { ids: ours('NONE') },
    facts: { policy: hold },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-unknown'] },
  },
  {
    when: 'without any id and description is unknown',
    line: { ids: [] },
    told: { statuses: 'R2', reasons: ['item-unknown'] },
  },
  {
    when: 'with a description alone is on hold (IF), whatever the partner file says of unknown ones',
    line: { ids: [], description: 'HEX BOLT' },
    told: { outcome: 'held', statuses: 'IF', raised: ['1 item-unknown'] },
  },
  {
    when: 'with a description and an id that is unknown is unknown',
    line: { ids: ours('NONE'), description: 'HEX BOLT' },
    told: { statuses: 'R2' },
  },
  {
    when: 'whose ids lead to two items is asked about',
    line: {
      ids: [
        { qualifier: 'BP', value: 'PART-1' },
        { qualifier: 'UP', value: '0123' },
      ],
    },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-ambiguous'], items: [undefined] },
  },
  {
    when: 'of which one id is known and another not is the one that is known',
    line: { ids: [...ours('NONE'), { qualifier: 'BP', value: 'PART-1' }] },
    told: { outcome: 'accepted', items: ['A-1'] },
  },
  {
    when: 'is not known by a value under another qualifier',
    line: { ids: [{ qualifier: 'UP', value: 'PART-1' }] },
    told: { statuses: 'R2' },
  },
]);

const replaced = { relations: [['substitute', 'B-2']] as const };
const two = { relations: [['substitute', 'B-2'] as const, ['substitute', 'C-3'] as const] };
const C3 = item('C-3');
const auto = { substitute: 'auto' } as const;
const gone = { status: 'discontinued' } as const;
const contract = book([term(agreement({ validTo: undefined }), '3.25', { item: 'A-1' })]);
const group = agreement({ kind: 'group-contract', validTo: undefined });

testRows('an item that is', [
  { when: 'active is sold', facts: { item: { status: 'active' } }, told: { statuses: 'IA' } },
  {
    when: 'phased out is sold while it lasts',
    facts: { item: { status: 'phase-out' } },
    told: { statuses: 'IA' },
  },
  {
    when: 'discontinued is rejected',
    facts: { item: gone },
    told: { outcome: 'rejected', statuses: 'IR', reasons: ['item-inactive'] },
  },
  {
    when: 'blocked is rejected',
    facts: { item: { status: 'blocked' } },
    told: { statuses: 'IR', reasons: ['item-inactive'] },
  },
  {
    when: 'discontinued and in the contract is rejected as such (R4)',
    facts: { item: gone, book: contract },
    told: { statuses: 'R4', reasons: ['item-inactive'] },
  },
  {
    when: 'blocked and in the contract of the group is rejected as such (R4)',
    facts: {
      item: { status: 'blocked' },
      book: book([term(group, '3.25', { item: 'A-1' })]),
    },
    told: { statuses: 'R4' },
  },
  {
    when: 'discontinued and in a list alone is no contract item',
    facts: { item: gone, book: book([term({ ...LIST, validTo: undefined }, '3.25', { item: 'A-1' })]) },
    told: { statuses: 'IR' },
  },
  {
    when: 'discontinued and has a substitute is asked about',
    facts: { item: { ...gone, ...replaced }, others: [B2] },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-inactive'], items: ['A-1'] },
  },
  {
    when: 'discontinued is substituted where the partner file says so (IS)',
    facts: { item: { ...gone, ...replaced }, others: [B2], policy: auto },
    told: { outcome: 'accepted-with-changes', statuses: 'IS', items: ['B-2'], raised: [] },
  },
  {
    when: 'discontinued is not substituted where the partner file forbids it',
    facts: { item: { ...gone, ...replaced }, others: [B2], policy: { substitute: 'never' } },
    told: { statuses: 'IR', items: ['A-1'] },
  },
  {
    when: 'discontinued with a substitute, in the contract and not to be substituted, is R4',
    facts: { item: { ...gone, ...replaced }, others: [B2], policy: { substitute: 'never' }, book: contract },
    told: { statuses: 'R4' },
  },
  {
    when: 'active is not substituted though it could be',
    facts: { item: replaced, others: [B2], policy: auto },
    told: { statuses: 'IA', items: ['A-1'] },
  },
  {
    when: 'substituted has the price of what is sent',
    facts: {
      item: { ...gone, ...replaced },
      others: [{ ...B2, prices: [price({ price: '4' })] }],
      policy: { ...auto, price: { tolerance: {}, outside: 'contract' } },
    },
    told: { statuses: 'IC', prices: ['4'] },
  },
  {
    when: 'discontinued is substituted by the best that is active',
    facts: { item: { ...gone, ...two }, others: [{ ...B2, status: 'blocked' }, C3], policy: auto },
    told: { statuses: 'IS', items: ['C-3'] },
  },
  {
    when: 'discontinued is not substituted by one that is phased out',
    facts: { item: { ...gone, ...replaced }, others: [{ ...B2, status: 'phase-out' }], policy: auto },
    told: { statuses: 'IR' },
  },
  {
    when: 'discontinued is substituted by the best that this customer may have',
    facts: { item: { ...gone, ...two }, others: [{ ...B2, customers: ['other'] }, C3], policy: auto },
    told: { statuses: 'IS', items: ['C-3'] },
  },
  {
    when: 'discontinued is rejected when its one substitute is not for this customer',
    facts: { item: { ...gone, ...replaced }, others: [{ ...B2, customers: ['other'] }], policy: auto },
    told: { statuses: 'IR', reasons: ['item-inactive'] },
  },
]);

testRows('an item for certain customers', [
  { when: 'is sold to them', facts: { item: { customers: ['other', 'acme'] } }, told: { statuses: 'IA' } },
  {
    when: 'is held for others',
    facts: { item: { customers: ['other'] } },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-not-allowed'] },
  },
  { when: 'that are none is held for all', facts: { item: { customers: [] } }, told: { statuses: 'IH' } },
  {
    when: 'is let through by a person',
    facts: {
      item: { customers: ['other'] },
      rulings: [ruling({ kind: 'override', codes: ['item-not-allowed'] }, '1')],
    },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['item-not-allowed'] },
  },
]);

const to = (address: object | undefined) => ({
  parties: [{ role: 'ship-to', code: 'ST', id: 'DC12', ...(address && { address }) }],
});
const barred = (...places: string[]) => ({ item: { barred: places } });

testRows('an item barred from', [
  {
    when: 'California goes to Ohio',
    order: to({ region: 'OH', country: 'US' }),
    facts: barred('US-CA'),
    told: { statuses: 'IA' },
  },
  {
    when: 'California does not go to California',
    order: to({ region: 'CA', country: 'US' }),
    facts: barred('US-CA'),
    told: { outcome: 'rejected', statuses: 'IR', reasons: ['item-barred'] },
  },
  {
    when: 'California does not go to a region CA without a country, which is of the US',
    order: to({ region: 'CA' }),
    facts: barred('US-CA'),
    told: { statuses: 'IR' },
  },
  {
    when: 'California goes to Canada',
    order: to({ region: 'ON', country: 'CA' }),
    facts: barred('US-CA'),
    told: { statuses: 'IA' },
  },
  {
    when: 'Cuba goes to California',
    order: to({ region: 'CA', country: 'US' }),
    facts: barred('CU'),
    told: { statuses: 'IA' },
  },
  {
    when: 'Cuba does not go to Cuba',
    order: to({ country: 'CU' }),
    facts: barred('US-CA', 'CU'),
    told: { statuses: 'IR' },
  },
  {
    when: 'Cuba does not go to any region of it',
    order: to({ region: '03', country: 'CU' }),
    facts: barred('CU'),
    told: { statuses: 'IR', reasons: ['item-barred'] },
  },
  {
    when: 'California is asked about when only the country is known',
    order: to({ country: 'US' }),
    facts: barred('US-CA'),
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-barred'] },
  },
  {
    when: 'Cuba is asked about when nobody knows where it goes',
    order: to(undefined),
    facts: barred('CU'),
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-barred'] },
  },
  {
    when: 'California does not go to a ship-to that we know to be there, whatever address the order gives',
    order: to({ region: 'OH', country: 'US' }),
    facts: {
      ...barred('US-CA'),
      customer: {
        number: 'acme',
        priority: 0,
        listsShipTos: true,
        shipTos: [{ code: 'DC12', destination: 'US-CA' }],
      },
    },
    told: { statuses: 'IR', reasons: ['item-barred'] },
  },
  {
    when: 'Cuba is not let through by a person',
    order: to({ country: 'CU' }),
    facts: { ...barred('CU'), rulings: [ruling({ kind: 'override', codes: [] })] },
    told: { outcome: 'rejected', statuses: 'IR' },
  },
]);

testRows('a substitute barred from the destination', [
  {
    when: 'is not sent: the next one is',
    order: to({ region: 'CA', country: 'US' }),
    facts: { item: { ...gone, ...two }, others: [{ ...B2, barred: ['US-CA'] }, C3], policy: auto },
    told: { statuses: 'IS', items: ['C-3'] },
  },
  {
    when: 'leaves none: the line is rejected',
    order: to({ region: 'CA', country: 'US' }),
    facts: { item: { ...gone, ...replaced }, others: [{ ...B2, barred: ['US-CA'] }], policy: auto },
    told: { statuses: 'IR', reasons: ['item-inactive'] },
  },
  {
    when: 'is not sent though a person chose it',
    order: to({ region: 'CA', country: 'US' }),
    facts: {
      others: [{ ...B2, barred: ['US-CA'] }],
      rulings: [ruling({ kind: 'substitute', item: 'B-2' }, '1')],
    },
    told: { outcome: 'rejected', statuses: 'IR', items: ['B-2'] },
  },
]);

const against = (...numbers: string[]) => ({
  relations: numbers.map((one) => ['incompatible', one] as const),
});
const needs = (...numbers: string[]) => ({ relations: numbers.map((one) => ['requires', one] as const) });
const both = [line('1'), line('2', { ids: ours('C-3') })];

testRows('items that do not go together', [
  {
    when: 'are asked about',
    lines: both,
    facts: { item: against('C-3'), others: [C3] },
    told: { outcome: 'held', statuses: 'IH IA', raised: ['1 item-incompatible'] },
  },
  {
    when: 'are both asked about when each says so',
    lines: both,
    facts: { item: against('C-3'), others: [{ ...C3, ...against('A-1') }] },
    told: { statuses: 'IH IH', raised: ['1 item-incompatible', '2 item-incompatible'] },
  },
  { when: 'apart are fine', facts: { item: against('C-3'), others: [C3] }, told: { statuses: 'IA' } },
  {
    when: 'are fine where the other one does not stand',
    lines: both,
    facts: { item: against('C-3'), others: [{ ...C3, status: 'blocked' }] },
    told: { statuses: 'IA IR' },
  },
  {
    when: 'are fine where the other one was rejected by a person',
    lines: both,
    facts: { item: against('C-3'), others: [C3], rulings: [ruling({ kind: 'reject' }, '2')] },
    told: { statuses: 'IA IR' },
  },
  {
    when: 'are asked about while the other one waits',
    lines: [line('1'), line('2', { ids: ours('C-3'), quantity: null })],
    facts: { item: against('C-3'), others: [C3] },
    told: { statuses: 'IH IH', raised: ['1 item-incompatible', '2 quantity-missing'] },
  },
  {
    when: 'are told of the item that is sent, not of the one that was ordered',
    lines: both,
    facts: {
      item: { ...gone, ...replaced },
      others: [{ ...B2, ...against('C-3') }, C3],
      policy: auto,
    },
    told: { statuses: 'IH IA', raised: ['1 item-incompatible'] },
  },
]);

testRows('an item that needs another', [
  {
    when: 'with it is fine',
    lines: both,
    facts: { item: needs('C-3'), others: [C3] },
    told: { statuses: 'IA IA' },
  },
  {
    when: 'without it is asked about',
    facts: { item: needs('C-3'), others: [C3] },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-incompatible'] },
  },
  {
    when: 'with one that does not stand is asked about',
    lines: both,
    facts: { item: needs('C-3'), others: [{ ...C3, ...gone }] },
    told: { statuses: 'IH IR' },
  },
  {
    when: 'with one of two is asked about',
    lines: both,
    facts: { item: needs('C-3', 'D-4'), others: [C3, item('D-4')] },
    told: { statuses: 'IH IA', raised: ['1 item-incompatible'] },
  },
]);

testRows('a description that a person has read', [
  {
    when: 'leads to the item that they chose',
    line: { ids: [], description: 'HEX BOLT' },
    facts: { rulings: [ruling({ kind: 'choose-item', item: 'A-1' }, '1')] },
    told: { outcome: 'accepted', statuses: 'IA', items: ['A-1'] },
  },
  {
    when: 'leads nowhere when they chose what is no item of ours',
    line: { ids: [], description: 'HEX BOLT' },
    facts: { rulings: [ruling({ kind: 'choose-item', item: 'NONE' }, '1')] },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-unknown'] },
  },
]);
