import test from 'ava';
import { isSameData } from '../../src/lib/same-data.ts';

const ROWS: readonly (readonly [same: boolean, a: unknown, b: unknown])[] = [
  [true, { a: [1, { b: '2' }] }, { a: [1, { b: '2' }] }],
  [true, { a: 1, b: 2 }, { b: 2, a: 1 }],
  [true, { a: 1, b: undefined }, { a: 1 }],
  [false, { a: 1, b: undefined }, { a: 1, b: 0 }],
  [false, ['1', '2'], ['2', '1']],
  [false, ['1'], ['1', '2']],
  [false, [], {}],
  [false, '1', 1],
  [false, null, {}],
  [false, undefined, {}],
];

for (const [same, a, b] of ROWS) {
  test(`${JSON.stringify(a)} and ${JSON.stringify(b)} are ${same ? 'the same' : 'not the same'}`, (t) => {
    t.is(isSameData(a, b), same);
    t.is(isSameData(b, a), same);
  });
}
