import test from 'ava';
import { checkCredit } from '../../src/domain/credit/check-credit.ts';
import { addExposure, loadCreditAccount } from '../../src/store/credit.ts';
import { inTransaction } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';

const CUSTOMER = {
  number: 'ACME',
  name: 'Acme',
  credit_limit: '1000.00',
  credit_currency: 'USD',
  grace_days: 5,
};

test('an account holds what is open, and names currencies that it cannot count', async (t) => {
  const { db } = await testDatabase(t);
  await db('customer').insert([
    { ...CUSTOMER, accepted_not_shipped: '100.10', shipped_not_invoiced: '20' },
    { number: 'NO-LIMIT', name: 'Free' },
    { number: 'NO-CURRENCY', name: 'Home', credit_limit: '5' },
  ]);
  await db('receivable').insert([
    { customer: 'ACME', number: 'I-1', currency: 'USD', amount: '250.50', due: '2026-11-20' },
    { customer: 'ACME', number: 'I-2', currency: 'USD', amount: '-50.50', due: '2026-01-01' },
    { customer: 'ACME', number: 'I-3', currency: 'EUR', amount: '10', due: '2026-10-01' },
    { customer: 'NO-LIMIT', number: 'I-4', currency: 'USD', amount: '1', due: '2026-10-01' },
  ]);
  t.deepEqual(await loadCreditAccount(db, 'ACME', 'EUR'), {
    customer: 'ACME',
    currency: 'USD',
    limit: '1000.00',
    graceDays: 5,
    acceptedNotShipped: '100.10',
    shippedNotInvoiced: '20',
    openInvoices: '200.00',
    // A credit note is not overdue; an invoice is, whatever its currency.
    oldestDue: '2026-10-01',
    otherCurrencies: ['EUR'],
  });
  t.is(await loadCreditAccount(db, 'NO-LIMIT', 'USD'), undefined);
  t.is(await loadCreditAccount(db, 'UNKNOWN', 'USD'), undefined);
  t.like(await loadCreditAccount(db, 'NO-CURRENCY', 'CHF'), { currency: 'CHF', openInvoices: '0' });
});

test('eight workers never use more than the limit together', async (t) => {
  const { db } = await testDatabase(t);
  await db('customer').insert(CUSTOMER);
  let accepted = 0;
  const work = async () => {
    for (let round = 0; round < 10; round += 1) {
      await inTransaction(db, async (tx) => {
        const account = (await loadCreditAccount(tx, 'ACME', 'USD'))!;
        if (checkCredit(account, '30.00', 'USD', '2026-11-22').kind === 'hold') return;
        await addExposure(tx, 'ACME', { acceptedNotShipped: '30.00' });
        accepted += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  // 33 × 30.00 = 990.00; one more is 20.00 over.
  t.is(accepted, 33);
  t.like(await loadCreditAccount(db, 'ACME', 'USD'), { acceptedNotShipped: '990.00' });

  await addExposure(db, 'ACME', { acceptedNotShipped: '-30', shippedNotInvoiced: '30' });
  t.like(await loadCreditAccount(db, 'ACME', 'USD'), {
    acceptedNotShipped: '960.00',
    shippedNotInvoiced: '30',
  });
});
