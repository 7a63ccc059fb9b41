import test from 'ava';
import fc from 'fast-check';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { ReaderOptions } from '../../src/x12/interchange/reading.ts';
import { DEFAULT_TOLERANCE, type Oddity, type Tolerance } from '../../src/x12/tolerate/tolerance.ts';
import { ELEMENT_KINDS, type ErrorKind, SEGMENT_KINDS } from '../../src/x12/validate/policy.ts';
import { configuration } from '../sets/configuration.ts';
import { arbitraryInterchange } from './arbitrary-interchange.ts';
import { checkInput, checkReadings, countTaken } from './invariants.ts';
import { createRandom } from './random.ts';

const { standards } = configuration;

const reaction = fc.constantFrom('accept', 'warn', 'note', 'refuse' as const);
const oddities = Object.keys(DEFAULT_TOLERANCE) as Oddity[];
const tolerance = fc
  .tuple(...oddities.map(() => reaction))
  .map((said) => Object.fromEntries(said.map((one, i) => [oddities[i]!, one])) as Tolerance);

const kinds = [...new Set([...Object.values(SEGMENT_KINDS), ...Object.values(ELEMENT_KINDS)])];
const someKinds = fc.subarray<ErrorKind>(kinds).map((some) => new Set(some));

/** Whatever a partner may agree on. */
const options: fc.Arbitrary<ReaderOptions> = fc.record({
  standards: fc.constant(standards),
  tolerance,
  policy: fc.record({ noted: someKinds, warned: someKinds }).map((policy) => () => policy),
  sets: fc.oneof(
    fc.constantFrom('held' as const, 'any' as const),
    fc.subarray(['850', '856', '997', '123']).map((sets) => new Set(sets)),
  ),
  charset: fc.constantFrom('utf-8' as const, 'latin1' as const),
  validate: fc.boolean(),
});

const RUNS = { numRuns: 300, seed: 20260105 };

test('given interchanges made from the definitions, all of their sets are taken', (t) => {
  fc.assert(
    fc.property(arbitraryInterchange(standards, { damaged: false }), ({ bytes, sets }) => {
      const reports = [...readInterchanges(bytes, { standards })].flatMap((reading) =>
        reading.kind === 'interchange' ? [reading.report] : [],
      );
      t.is(countTaken(reports), sets, JSON.stringify(reports));
    }),
    { ...RUNS, numRuns: 100 },
  );
});

test('given interchanges with any damage, under any agreement, the invariants of reading hold', (t) => {
  fc.assert(
    fc.property(
      fc.array(arbitraryInterchange(standards, { damaged: true }), { minLength: 1, maxLength: 2 }),
      options,
      fc.nat(),
      (files, agreed, seed) => {
        checkReadings(Buffer.concat(files.map(({ bytes }) => bytes)), agreed, createRandom(seed));
      },
    ),
    RUNS,
  );
  t.pass();
});

test('given interchanges with any damage, every invariant holds', (t) => {
  fc.assert(
    fc.property(arbitraryInterchange(standards, { damaged: true }), fc.nat(), ({ bytes }, seed) => {
      checkInput(bytes, createRandom(seed));
    }),
    RUNS,
  );
  t.pass();
});
