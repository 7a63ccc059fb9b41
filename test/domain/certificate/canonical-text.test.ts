import test from 'ava';
import fc from 'fast-check';
import { writeCanonical } from '../../../src/domain/certificate/canonical-text.ts';

test('keys stand in the order of their characters, without space, at every depth', (t) => {
  t.is(
    writeCanonical({ b: ['x', { d: true, c: 'é' }], a: undefined, A: null }),
    '{"A":null,"b":["x",{"c":"é","d":true}]}',
  );
});

test('the order in which keys were given makes no difference, and all that was given is there', (t) => {
  const leaf = fc.oneof(fc.string(), fc.boolean());
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf))),
      (value) => {
        const text = writeCanonical(value);
        t.is(writeCanonical(Object.fromEntries(Object.entries(value).toReversed())), text);
        t.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      },
    ),
  );
});
