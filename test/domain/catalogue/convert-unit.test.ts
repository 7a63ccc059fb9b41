import test from 'ava';
import { toStockUnits, unitsIn } from '../../../src/domain/catalogue/convert-unit.ts';
import { item } from '../pricing/support.ts';

const pump = item({
  unit: 'EA',
  conversions: new Map([
    ['CA', '12'],
    ['FT', '0.333'],
    ['PL', '0'],
  ]),
});

for (const [unit, holds, quantity, stock] of [
  ['EA', '1', '7', '7'],
  ['CA', '12', '2.5', '30'],
  ['CA', '12', '-3', '-36'],
  ['CA', '12', '0', '0'],
  ['FT', '0.333', '0.1', '0.0333'],
  // Nobody said what a box holds; and a unit that holds nothing is no unit.
  ['BX', undefined, '1', undefined],
  ['PL', undefined, '1', undefined],
] as const)
  test(`${quantity} ${unit} of an item stocked in EA are ${stock} EA`, (t) => {
    t.is(unitsIn(pump, unit), holds);
    t.is(toStockUnits(pump, quantity, unit), stock);
  });
