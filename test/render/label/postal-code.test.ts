import test from 'ava';
import { describePostal } from '../../../src/render/label/postal-code.ts';

const US = { postalCode: '43004', country: 'US' };

const CASES = [
  ['within the country the code alone', { postalCode: '45402', country: 'US' }, { domestic: '45402' }],
  ['of a ZIP+4 the five digits', { postalCode: '45402-1234', country: 'US' }, { domestic: '45402' }],
  ['a country that is not said is ours', { postalCode: '45402' }, { domestic: '45402' }],
  ['to Canada with its number', { postalCode: 'K1A 0B1', country: 'CA' }, { abroad: '124K1A0B1' }],
  ['to Germany with its number', { postalCode: '80331', country: 'DE' }, { abroad: '27680331' }],
  ['no code', { country: 'US' }, {}],
  ['a code that no barcode holds', { postalCode: '4540²', country: 'US' }, {}],
  ['a code that is too long', { postalCode: '1234567890', country: 'CA' }, {}],
  ['a country that there is none of', { postalCode: '1', country: 'XX' }, {}],
] as const;

for (const [what, to, expected] of CASES)
  test(`postal barcode: ${what}`, (t) => {
    t.deepEqual(describePostal(to, US), expected);
  });
