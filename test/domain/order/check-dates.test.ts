import { line, ruling, testRows } from './support.ts';

/** Today is 2026-01-06. DTM 001 cancel after, 010 requested ship. */
const dated = (...dates: readonly [qualifier: string, date: string][]) => ({
  dates: dates.map(([qualifier, date]) => ({ qualifier, date })),
});
const held = { outcome: 'held', statuses: 'IH', raised: ['1 date-impossible'] } as const;
const fine = { outcome: 'accepted', statuses: 'IA', reasons: [''] } as const;

testRows('an order to be cancelled after a day', [
  { when: 'that is today stands', order: dated(['001', '2026-01-06']), told: fine },
  { when: 'that was yesterday cannot be kept', order: dated(['001', '2026-01-05']), told: held },
  {
    when: 'on which it is wanted stands',
    order: { ...dated(['001', '2026-02-01']), requestedDelivery: '2026-02-01' },
    told: fine,
  },
  {
    when: 'before the one on which it is wanted cannot be kept',
    order: { ...dated(['001', '2026-01-31']), requestedDelivery: '2026-02-01' },
    told: held,
  },
  {
    when: 'before the one on which it is to leave cannot be kept',
    order: dated(['001', '2026-01-31'], ['010', '2026-02-01']),
    told: held,
  },
  {
    when: 'that only one line names holds that line alone',
    lines: [line('1', dated(['001', '2026-01-05'])), line('2')],
    told: { outcome: 'held', statuses: 'IH IA', raised: ['1 date-impossible'] },
  },
  {
    when: 'that a line puts off stands for that line',
    lines: [line('1', dated(['001', '2026-03-01'])), line('2')],
    order: dated(['001', '2026-01-05']),
    told: { statuses: 'IA IH', raised: ['2 date-impossible'] },
  },
  {
    when: 'is let through by a person',
    order: dated(['001', '2026-01-05']),
    facts: { rulings: [ruling({ kind: 'override', codes: ['date-impossible'] })] },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['date-impossible'] },
  },
]);

testRows('a line wanted', [
  { when: 'today is fine', line: { requestedDelivery: '2026-01-06' }, told: fine },
  {
    when: 'yesterday is told',
    line: { requestedDelivery: '2026-01-05' },
    told: { outcome: 'accepted', statuses: 'IA', reasons: ['date-passed'] },
  },
  {
    when: 'by its own day goes before that of the order',
    order: { requestedDelivery: '2026-01-05' },
    line: { requestedDelivery: '2026-02-01' },
    told: fine,
  },
  {
    when: 'to arrive on the day on which it is to leave is fine',
    order: dated(['010', '2026-02-01']),
    line: { requestedDelivery: '2026-02-01' },
    told: fine,
  },
  {
    when: 'to arrive before it is to leave cannot be',
    order: dated(['010', '2026-02-02']),
    line: { requestedDelivery: '2026-02-01' },
    told: held,
  },
]);

const scheduled = (...days: readonly [qualifier: string, date: string][]) => ({
  schedule: days.map(([qualifier, date]) => ({
    quantity: days.length === 1 ? '10' : '5',
    unit: 'EA',
    qualifier,
    date,
  })),
});

testRows('the schedule of a line', [
  {
    when: 'says when it is wanted',
    order: dated(['001', '2026-01-31']),
    line: scheduled(['002', '2026-02-01']),
    told: held,
  },
  {
    when: 'says when it is to leave',
    order: dated(['001', '2026-01-31']),
    line: scheduled(['010', '2026-02-01'], ['010', '2026-02-01']),
    told: held,
  },
  {
    when: 'goes before the day of the order',
    order: { requestedDelivery: '2026-01-05' },
    line: scheduled(['002', '2026-02-01']),
    told: fine,
  },
]);

testRows('dates of a line that is rejected', [
  {
    when: 'are told beside the reason',
    order: dated(['001', '2026-01-05']),
    line: { quantity: '0' },
    told: {
      outcome: 'rejected',
      statuses: 'IR',
      reasons: ['quantity-not-positive date-impossible'],
      raised: [],
    },
  },
]);
