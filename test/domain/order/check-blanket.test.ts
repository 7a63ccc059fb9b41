import test from 'ava';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import { position, stock } from '../allocation/support.ts';
import { blanket, type blanketLine } from '../blanket/support.ts';
import { type Changes, facts, item, line, order, ours, ruling, tell, testRows } from './support.ts';

/** 100 of A-1 committed at 3.25, of which 80 are released, until the end of the year. */
const held = (changes: Parameters<typeof blanket>[0] = {}, of: Parameters<typeof blanketLine>[0] = {}) =>
  blanket(changes, { item: 'A-1', committed: '100', released: '80', ...of });
const release = { type: 'release', poNumber: 'BK100', releaseNumber: '7' } as const;
const take = (quantity: string) => line('1', { quantity });
const ask = { policy: { 'over-release': 'hold' } } as const;

testRows('a release', [
  {
    when: 'of all that is left stands',
    order: release,
    lines: [take('20')],
    facts: { blanket: held() },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['blanket-balance'], amount: '65' },
  },
  {
    when: 'of one more is refused',
    order: release,
    lines: [take('21')],
    facts: { blanket: held() },
    told: { outcome: 'rejected', statuses: 'IR', reasons: ['blanket-over-release'], raised: [] },
  },
  {
    when: 'of one more is asked about where the partner file says so',
    order: release,
    lines: [take('21')],
    facts: { blanket: held(), ...ask },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 blanket-over-release'] },
  },
  {
    when: 'up to the allowance of the commitment stands: 5 % of 100, not of the 20 left',
    order: release,
    lines: [take('25')],
    facts: { blanket: held({ allowance: '5' }) },
    told: { statuses: 'IA' },
  },
  {
    when: 'beyond the allowance is refused',
    order: release,
    lines: [take('26')],
    facts: { blanket: held({ allowance: '5' }) },
    told: { statuses: 'IR', reasons: ['blanket-over-release'] },
  },
  {
    when: 'of an estimate is told, not refused',
    order: release,
    lines: [take('21')],
    facts: { blanket: held({ firm: false, allowance: undefined }) },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['blanket-over-estimate'] },
  },
  {
    when: 'of nothing is refused with its own reason',
    order: release,
    lines: [take('0')],
    facts: { blanket: held() },
    told: { statuses: 'IR', reasons: ['quantity-not-positive'] },
  },
  {
    when: 'at another price is refused, also within the tolerance for other prices',
    order: release,
    lines: [line('1', { unitPrice: '3.26' })],
    facts: { blanket: held() },
    told: { statuses: 'IR', reasons: ['blanket-price'] },
  },
  {
    when: 'of what is in no line of the blanket is refused',
    order: release,
    lines: [line('1', { ids: ours('C-3') })],
    facts: { blanket: held(), others: [item('C-3')] },
    told: { statuses: 'IR', reasons: ['blanket-line-unknown'] },
  },
  {
    when: 'of two lines that go over it together keeps the first',
    order: release,
    lines: [take('15'), line('2', { quantity: '6' })],
    facts: { blanket: held() },
    told: {
      outcome: 'accepted-with-changes',
      statuses: 'IA IR',
      reasons: ['blanket-balance', 'blanket-over-release'],
    },
  },
  {
    when: 'against a blanket that is not here waits for it, whatever the partner file says of others',
    order: release,
    facts: {},
    told: { outcome: 'held', statuses: 'IH', raised: ['order blanket-unknown'] },
  },
  {
    when: 'against a blanket that is closed is refused whole',
    order: release,
    facts: { blanket: held({ state: 'closed' }) },
    told: { outcome: 'rejected', whole: 'blanket-closed' },
  },
  {
    when: 'on the last day stands',
    order: release,
    facts: { blanket: held({ validTo: '2026-01-06' }) },
    told: { statuses: 'IA' },
  },
  {
    when: 'after the last day is refused whole',
    order: release,
    facts: { blanket: held({ validTo: '2026-01-05' }) },
    told: { outcome: 'rejected', whole: 'blanket-expired' },
  },
  {
    when: 'on the first day stands',
    order: release,
    facts: { blanket: held({ validFrom: '2026-01-06' }) },
    told: { statuses: 'IA' },
  },
  {
    when: 'before the first day is refused whole',
    order: release,
    facts: { blanket: held({ validFrom: '2026-01-07' }) },
    told: { outcome: 'rejected', whole: 'blanket-not-yet-valid' },
  },
  {
    when: 'without a unit is in the unit of the blanket',
    order: release,
    lines: [line('1', { quantity: '1', unit: null, unitPrice: null })],
    facts: { blanket: held({}, { unit: 'CA', price: '39' }), item: { units: { CA: '12' } } },
    told: { statuses: 'IA', units: ['CA'], prices: ['39'], amount: '39' },
  },
  {
    when: 'over the balance is let through by a person',
    order: release,
    lines: [take('21')],
    facts: { blanket: held(), rulings: [ruling({ kind: 'override', codes: ['blanket-over-release'] }, '1')] },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['blanket-balance blanket-over-release'] },
  },
]);

testRows('a release at another price', [
  {
    when: 'is accepted at theirs by a person',
    order: release,
    lines: [line('1', { unitPrice: '3' })],
    facts: { blanket: held(), rulings: [ruling({ kind: 'accept-their-price' }, '1')] },
    told: { outcome: 'accepted', statuses: 'IA', prices: ['3'] },
  },
  {
    when: 'is answered with that of the blanket by a person (IP)',
    order: release,
    lines: [line('1', { unitPrice: '3' })],
    facts: { blanket: held(), rulings: [ruling({ kind: 'answer-our-price' }, '1')] },
    told: { outcome: 'accepted-with-changes', statuses: 'IP', prices: ['3.25'] },
  },
]);

function book(changes: Changes, lines = [take('20')]) {
  const decision = decideOrder(order({ ...release, lines }), facts({ blanket: held(), ...changes }));
  return {
    ...tell(decision),
    booked: (decision.bookings ?? []).map(({ line: of, quantity }) => [of, quantity]),
  };
}

test('a release books what stands of it', (t) => {
  t.deepEqual(book({}).booked, [['1', '20']]);
  t.deepEqual(book({}, [take('20'), line('2', { quantity: '5' })]).booked, [['1', '20']]);
  t.deepEqual(book({}, [take('21')]).booked, []);
  t.deepEqual(book({ rulings: [ruling({ kind: 'reject' }, '1')] }).booked, []);
});

test('a release that is held whole books nothing', (t) => {
  t.deepEqual(book({ policy: { number: 'required' } }, [take('20')]).booked, [['1', '20']]);
  const credit = { customer: 'acme', currency: 'USD', limit: '0', graceDays: 0 };
  const empty = { openInvoices: '0', shippedNotInvoiced: '0', acceptedNotShipped: '0' };
  const onHold = book({ credit: { ...credit, ...empty } });
  t.deepEqual([onHold.outcome, onHold.booked], ['held', []]);
});

const few = stock([], {
  positions: new Map([['A-1', [position({ onHand: '12' })]]]),
  warehouses: stock([position()]).warehouses,
});
const none = { ...few, positions: new Map() };

test('a release books, and owes for, only what can be sent where the rest is cancelled', (t) => {
  const policy = { promise: 'stock', short: 'cancel' } as const;
  const cut = book({ policy, stock: few });
  t.deepEqual([cut.statuses, cut.quantities, cut.booked, cut.amount], ['IQ', ['12'], [['1', '12']], '39']);
  const nothing = book({ policy, stock: none });
  t.deepEqual([nothing.outcome, nothing.booked, nothing.amount], ['rejected', [], '0']);
});

testRows('a blanket order', [
  {
    when: 'promises nothing and owes nothing',
    order: { type: 'blanket' },
    told: { outcome: 'accepted', amount: undefined },
  },
  {
    when: 'that ends before it begins is asked about',
    order: {
      type: 'blanket',
      dates: [
        { qualifier: '007', date: '2026-06-01' },
        { qualifier: '036', date: '2026-05-31' },
      ],
    },
    told: { outcome: 'held', raised: ['order date-impossible'] },
  },
  {
    when: 'that ended yesterday is asked about',
    order: { type: 'blanket', dates: [{ qualifier: '036', date: '2026-01-05' }] },
    told: { outcome: 'held', raised: ['order blanket-expired'] },
  },
  {
    when: 'that ends today is accepted',
    order: { type: 'blanket-estimate', dates: [{ qualifier: '036', date: '2026-01-06' }] },
    told: { outcome: 'accepted' },
  },
  {
    when: 'with a line number twice is asked about',
    lines: [take('1'), take('2')],
    order: { type: 'blanket' },
    told: { outcome: 'held', raised: ['order type-needs-person'] },
  },
]);
