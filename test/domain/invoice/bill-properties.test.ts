import test from 'ava';
import fc from 'fast-check';
import { billShipments } from '../../../src/domain/invoice/bill-shipments.ts';
import type { Invoice } from '../../../src/domain/invoice/invoice.ts';
import { readSet } from '../../../src/mapping/run/read-set.ts';
import { writeSet } from '../../../src/mapping/run/write-set.ts';
import { baseMap, readBack } from '../../mapping/support.ts';
import { arbitraryBilling } from './arbitrary-billing.ts';

/** A second reckoning, in whole numbers of 10^-12, that shares nothing with the one it judges. */
const ONE = 10n ** 12n;

function scaled(text = '0'): bigint {
  const [, sign, whole = '0', part = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text)!;
  const value = BigInt(whole || '0') * ONE + BigInt(part.padEnd(12, '0').slice(0, 12) || '0');
  return sign === '-' ? -value : value;
}

/** A fraction of 10^-12 to cents. */
function toCents(numerator: bigint, denominator: bigint, rounding: 'half-up' | 'half-even'): bigint {
  const cent = denominator * (ONE / 100n);
  const twice = 2n * numerator;
  const down = numerator / cent;
  const rest = twice - 2n * down * cent;
  const up = rest > cent || (rest === cent && (rounding === 'half-up' || down % 2n === 1n));
  return up ? down + 1n : down;
}

const BASIS: Readonly<Record<string, bigint>> = { PE: 1n, HP: 100n, TP: 1000n };

/** Σ lines ± SAC + TXI in cents, of what stands on the invoice. */
function reckon(invoice: Invoice, rounding: 'half-up' | 'half-even'): bigint {
  let sum = 0n;
  for (const line of invoice.lines) {
    const goods = scaled(line.quantity) * scaled(line.unitPrice);
    sum += toCents(goods, ONE * BASIS[line.priceBasis!]!, rounding);
  }
  const adjusted = [
    ...(invoice.allowanceCharges ?? []),
    ...invoice.lines.flatMap((line) => line.allowanceCharges ?? []),
  ];
  for (const { indicator, amount } of adjusted)
    sum += (indicator === 'charge' ? 1n : -1n) * toCents(scaled(amount), 1n, rounding);
  for (const { amount } of invoice.taxes ?? []) sum += toCents(scaled(amount), 1n, rounding);
  return sum;
}

test('the total is the sum of its parts to the cent, over 100,000 random invoices', (t) => {
  let invoices = 0;
  fc.assert(
    fc.property(arbitraryBilling, ({ bills, lines }) => {
      const shipped = lines.map(() => 0);
      for (const facts of bills) {
        const { invoice, amount, lines: billed, reasons } = billShipments(facts);
        invoices++;
        if (reasons.some(({ code }) => code !== 'total-negative')) return false;
        if (reasons.length > 0 !== scaled(amount) < 0n) return false;
        const cents = reckon(invoice, facts.rounding);
        if (scaled(amount) !== cents * (ONE / 100n)) return false;
        for (const { orderPosition, quantity } of billed) shipped[orderPosition - 1]! += Number(quantity);
      }
      return shipped.every((quantity, i) => String(quantity) === lines[i]);
    }),
    { numRuns: 36_000 },
  );
  t.true(invoices >= 100_000, `${invoices} invoices`);
});

test('an amount for a line or for the order is billed whole, however it ships', (t) => {
  fc.assert(
    fc.property(arbitraryBilling, ({ bills }) => {
      const { lines, allowanceCharges = [] } = bills[0]!.orders[0]!.order;
      const whole = [...allowanceCharges, ...lines.flatMap((line) => line.allowanceCharges ?? [])]
        .filter(({ indicator, handling }) => indicator === 'charge' && (handling ?? '06') === '06')
        .filter(
          ({ percent, rate, quantity }) =>
            percent === undefined && (rate === undefined || quantity !== undefined),
        )
        .reduce((sum, { amount, rate, quantity }) => {
          const said = amount ?? (Number(rate) * Number(quantity)).toFixed(2);
          return sum + toCents(scaled(said), 1n, 'half-up');
        }, 0n);
      const charged = bills
        .flatMap((facts) => {
          const { invoice } = billShipments(facts);
          return [
            ...(invoice.allowanceCharges ?? []),
            ...invoice.lines.flatMap((line) => line.allowanceCharges ?? []),
          ];
        })
        .filter(
          ({ indicator, percent, description }) =>
            indicator === 'charge' && percent === undefined && description !== 'FREIGHT',
        )
        .reduce((sum, { amount }) => sum + toCents(scaled(amount), 1n, 'half-up'), 0n);
      const perUnit = lines.some((line) =>
        line.allowanceCharges?.some(
          ({ rate, quantity, indicator, handling }) =>
            indicator === 'charge' &&
            (handling ?? '06') === '06' &&
            rate !== undefined &&
            quantity === undefined,
        ),
      );
      return perUnit || charged === whole;
    }),
    { numRuns: 2_000 },
  );
  t.pass();
});

for (const version of ['004010', '005010'])
  test(`a random invoice is a valid 810 of ${version} and reads back the same`, (t) => {
    const map = baseMap('810', version);
    fc.assert(
      fc.property(arbitraryBilling, ({ bills }) => {
        const { invoice } = billShipments(bills[0]!);
        const { segments, problems, unwritten } = writeSet(map, invoice);
        t.deepEqual([problems, unwritten], [[], []]);
        const reading = readBack('810', segments, version);
        t.is(reading.report.status, 'A', JSON.stringify(reading.report));
        const again = readSet(map, reading) as unknown as Invoice;
        t.is(reckon(again, bills[0]!.rounding), toCents(scaled(again.totals.amount), 1n, 'half-up'));
        t.is(again.lines.length, invoice.lines.length);
      }),
      { numRuns: 300 },
    );
  });
