import test from 'ava';
import fc from 'fast-check';
import { checkCredit, curesHold } from '../../../src/domain/credit/check-credit.ts';
import type { CreditAccount } from '../../../src/domain/credit/credit.ts';
import type { Ruling, RulingChoice } from '../../../src/domain/order/ruling.ts';

const TODAY = '2026-11-22';

/** Owes 700.00 of 1000.00, nothing overdue. */
function account(changes: Partial<CreditAccount> = {}): CreditAccount {
  return {
    customer: 'ACME',
    currency: 'USD',
    limit: '1000.00',
    openInvoices: '400.00',
    shippedNotInvoiced: '200.00',
    acceptedNotShipped: '100.00',
    oldestDue: '2026-12-01',
    graceDays: 5,
    ...changes,
  };
}

const codes = (of: CreditAccount, amount: string, currency = 'USD') =>
  checkCredit(of, amount, currency, TODAY)
    .reasons.map((one) => one.code)
    .join();

type Case = readonly [title: string, account: Partial<CreditAccount>, amount: string, expected: string];

const TABLE: readonly Case[] = [
  ['the limit exactly reached passes', {}, '300.00', ''],
  ['a cent more does not', {}, '300.01', 'credit-limit-exceeded'],
  [
    'all three parts of the exposure count',
    { shippedNotInvoiced: '200.01' },
    '300.00',
    'credit-limit-exceeded',
  ],
  [
    'a limit of zero holds whatever costs something',
    { limit: '0', openInvoices: '0' },
    '0.01',
    'credit-limit-exceeded',
  ],
  ['an order that adds nothing is not held for the limit', { limit: '100' }, '0', ''],
  ['nor one that gives back', { limit: '100' }, '-5.00', ''],
  ['credit notes lower what is open', { openInvoices: '-50.00' }, '750.00', ''],
  ['an invoice due today is not overdue', { oldestDue: TODAY, graceDays: 0 }, '1', ''],
  ['one due yesterday is, without grace', { oldestDue: '2026-11-21', graceDays: 0 }, '1', 'credit-overdue'],
  ['on the last day of grace it passes', { oldestDue: '2026-11-17' }, '1', ''],
  ['a day later it does not', { oldestDue: '2026-11-16' }, '1', 'credit-overdue'],
  ['nothing open, nothing overdue', { oldestDue: undefined }, '1', ''],
  ['both reasons are told', { oldestDue: '2026-01-01' }, '500', 'credit-limit-exceeded,credit-overdue'],
  ['overdue holds an order that adds nothing', { oldestDue: '2026-01-01' }, '0', 'credit-overdue'],
];

for (const [title, over, amount, expected] of TABLE) {
  test(`credit: ${title}`, (t) => {
    t.is(codes(account(over), amount), expected);
    t.is(checkCredit(account(over), amount, 'USD', TODAY).kind, expected === '' ? 'passes' : 'hold');
  });
}

test('the reasons say what a person wants to know', (t) => {
  const { reasons, exposure } = checkCredit(account({ oldestDue: '2026-11-01' }), '450.00', 'USD', TODAY);
  t.is(exposure, '700');
  t.deepEqual(
    reasons.map((one) => one.text),
    [
      'customer ACME has a credit limit of 1000.00 USD and owes 700 USD: this order of 450.00 USD is 150 USD over',
      'customer ACME has an invoice that was due 2026-11-01: overdue by 21 days, beyond a grace of 5 days',
    ],
  );
});

test('another currency is asked about, never converted', (t) => {
  t.is(codes(account(), '0.01', 'EUR'), 'credit-currency-differs');
  t.is(codes(account({ limit: '0' }), '5000', 'EUR'), 'credit-currency-differs');
  t.is(codes(account({ otherCurrencies: ['EUR'] }), '1'), 'credit-currency-differs');
  t.is(codes(account({ oldestDue: '2026-01-01' }), '1', 'EUR'), 'credit-currency-differs,credit-overdue');
  t.is(
    checkCredit(account(), '1', 'EUR', TODAY).reasons[0]?.text,
    'customer ACME has its credit limit in USD: an order in EUR cannot be set against it',
  );
});

const ruling = (choice: RulingChoice, line?: string): Ruling => ({
  at: '2026-11-22T09:00:00Z',
  by: 'finance',
  line,
  choice,
});

test('a person lets it through: all of it, or what is named; a ruling on a line does not', (t) => {
  const both = account({ oldestDue: '2026-01-01' });
  const check = (...rulings: Ruling[]) => checkCredit(both, '500', 'USD', TODAY, rulings);
  t.like(check(ruling({ kind: 'release-hold' })), { kind: 'passes', reasons: [] });
  t.is(check(ruling({ kind: 'release-hold' })).overruled.length, 2);
  t.is(check(ruling({ kind: 'override', codes: [] })).kind, 'passes');
  const named = check(ruling({ kind: 'override', codes: ['credit-overdue'] }));
  t.is(named.kind, 'hold');
  t.deepEqual(
    [named.reasons.map((one) => one.code), named.overruled.map((one) => one.code)],
    [['credit-limit-exceeded'], ['credit-overdue']],
  );
  t.is(check(ruling({ kind: 'release-hold' }, '1')).kind, 'hold');
  t.is(check(ruling({ kind: 'accept-their-price' })).kind, 'hold');
});

test('what payment releases it', (t) => {
  const cure = (over: Partial<CreditAccount>, amount: string, currency = 'USD') =>
    curesHold(account(over), amount, currency, TODAY);
  t.is(cure({}, '300'), undefined);
  t.like(cure({}, '450.00'), { possible: true, pay: '150', text: 'a payment of 150 USD releases it' });
  t.like(cure({ oldestDue: '2026-11-01' }, '1'), {
    possible: true,
    dueUpTo: '2026-11-16',
    text: 'payment of all invoices due up to 2026-11-16 releases it',
  });
  t.is(
    cure({ oldestDue: '2026-11-01' }, '450.00')?.text,
    'a payment of 150 USD and payment of all invoices due up to 2026-11-16 releases it',
  );
  t.true(cure({}, '700')?.possible, 'all open invoices paid is just enough');
  t.like(cure({}, '700.01'), { possible: false, pay: '400.01' });
  t.is(cure({}, '1', 'EUR')?.possible, false);
});

test('the payment that is named releases it, and a cent less does not', (t) => {
  const cents = fc.integer({ min: 0, max: 200_000 }).map((n) => (n / 100).toFixed(2));
  fc.assert(
    fc.property(cents, cents, cents, cents, (limit, openInvoices, acceptedNotShipped, amount) => {
      const before = account({ limit, openInvoices, acceptedNotShipped, shippedNotInvoiced: '0' });
      const cure = curesHold(before, amount, 'USD', TODAY);
      if (cure === undefined || !cure.possible) return true;
      const paid = (more: number) =>
        account({
          ...before,
          openInvoices: (Number(openInvoices) - Number(cure.pay) + more).toFixed(2),
        });
      return codes(paid(0), amount) === '' && codes(paid(0.01), amount) === 'credit-limit-exceeded';
    }),
  );
  t.pass();
});
