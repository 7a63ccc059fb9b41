import test from 'ava';
import { type QuantityMeaning, readQuantity } from '../../../src/domain/order/change-quantity.ts';

type Row = readonly [
  code: 'QI' | 'QD' | 'PQ',
  ordered: string,
  quantity: string,
  left: string | undefined,
  /** The new quantity; undefined where a person is asked. */
  expected: string | undefined,
  given?: { readonly shipped?: string; readonly meaning?: QuantityMeaning },
];

/** POC03 and POC04 against what the line orders. */
const ROWS: readonly Row[] = [
  // The new quantity, with what is left of it, or with the difference.
  ['QI', '800', '1000', '1000', '1000'],
  ['QI', '800', '1000', '200', '1000'],
  ['QI', '800', '1000', '900', '1000', { shipped: '100' }],
  ['QI', '800', '1000', '950', '1000', { shipped: '100' }],
  ['QI', '800', '1000', '899', undefined, { shipped: '100' }],
  ['QD', '800', '500', '500', '500'],
  ['QD', '800', '500', '300', undefined],
  ['QD', '800', '700', '100', undefined],
  ['QD', '800', '750', '50', undefined],
  // Up by 200 to 1000; down by 200 to 600.
  ['QI', '800', '200', '1000', '1000'],
  ['QD', '800', '200', '600', undefined],
  ['QD', '800', '300', '500', undefined],
  // 800 before, 1000 after.
  ['QI', '800', '800', '1000', '1000'],
  ['QD', '800', '800', '600', '600'],
  // Nothing but POC03.
  ['QI', '800', '1000', undefined, undefined],
  ['QI', '800', '1000', '0', undefined],
  ['QD', '800', '600', undefined, undefined],
  // Both readings come to the same.
  ['QD', '800', '400', undefined, '400'],
  // QI 200 on 800 can be no new quantity, but nothing shows that it is a difference.
  ['QI', '800', '200', undefined, undefined],
  // The code and the numbers contradict each other.
  ['QI', '800', '800', undefined, undefined],
  ['QD', '800', '900', undefined, undefined],
  ['QD', '800', '0', undefined, '0'],
  // The partner file says which.
  ['QI', '800', '1000', undefined, '1000', { meaning: 'new' }],
  ['QI', '800', '1000', undefined, '1800', { meaning: 'difference' }],
  ['QD', '800', '600', '600', '200', { meaning: 'difference' }],
  ['QD', '800', '800', undefined, '0', { meaning: 'difference' }],
  ['QD', '800', '801', undefined, undefined, { meaning: 'difference' }],
  ['QI', '800', '700', undefined, undefined, { meaning: 'new' }],
  ['QD', '800', '800', undefined, undefined, { meaning: 'new' }],
  // A code without a direction restates the quantity, but for a partner that repeats the old one.
  ['PQ', '800', '500', '123', '500'],
  ['PQ', '800', '800', '800', '800'],
  ['PQ', '800', '800', '750', '800', { shipped: '50' }],
  ['PQ', '800', '800', '600', undefined],
  // The same number written otherwise.
  ['QI', '800', '1000.0', '200.00', '1000'],
  ['QD', '0.5', '0.25', '0.25', '0.25'],
];

for (const [code, ordered, quantity, left, expected, { shipped = '0', meaning } = {}] of ROWS) {
  const given = `${meaning === undefined ? '' : `, ${meaning}`}${shipped === '0' ? '' : `, ${shipped} shipped`}`;
  test(`${code} ${quantity}/${left ?? ''} on ${ordered}${given} leads to ${expected ?? 'a question'}`, (t) => {
    const direction = code === 'QI' ? 'up' : code === 'QD' ? 'down' : 'any';

    const read = readQuantity({ direction, quantity, left, ordered, shipped, meaning });

    t.is(read.kind === 'read' ? read.quantity : undefined, expected);
  });
}

test('a question names every way to read it', (t) => {
  const read = readQuantity({
    direction: 'down',
    quantity: '600',
    left: undefined,
    ordered: '800',
    shipped: '0',
    meaning: undefined,
  });
  t.deepEqual(read, {
    kind: 'unclear',
    text: 'POC03 600 where 800 are ordered may be the new quantity 600, or a cut by 600 to 200',
  });
});
