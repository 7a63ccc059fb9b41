import test from 'ava';
import { readSample } from './corpus.ts';
import { compareReadings, DEFECTS, ORACLES, readAs, readOurs, SOUND } from './oracles.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

for (const { of, what, sample, mend, in: shows } of DEFECTS) {
  for (const oracle of of) {
    test(`${oracle}: ${what}`, async (t) => {
      const ours = readOurs(sample);
      t.true(ours?.some(([id]) => id === 'BEG'));
      t.true(shows(sample));
      t.notDeepEqual(await readAs(oracle, sample), ours);
      t.deepEqual(await readAs(oracle, mend(sample)), readOurs(mend(sample)));
    });
  }
}

test('of a plain file all three read the same', async (t) => {
  for (const oracle of ORACLES) t.deepEqual(await readAs(oracle, SOUND), readOurs(SOUND));
});

test('a plain file shows no defect', (t) => {
  t.deepEqual(
    DEFECTS.filter((defect) => defect.in(SOUND)),
    [],
  );
});

if (hasCorpus()) {
  // The largest file has 42 KB: none is too large to be compared.
  for (const [path] of TABLE) {
    test(`${path} reads as others read it, but for their defects`, async (t) => {
      const comparisons = await compareReadings(readSample(path).toString('latin1'));
      for (const { oracle, defects, agrees, agreesMended } of comparisons ?? []) {
        const whats = `${oracle}: ${defects.map(({ what }) => what).join(', ')}`;
        t.is(agrees, defects.length === 0, whats);
        t.true(agreesMended, whats);
      }
      t.pass();
    });
  }

  test('every defect is met in the corpus, with each reader that has it', async (t) => {
    const met = new Set<string>();
    for (const [path] of TABLE) {
      const comparisons = await compareReadings(readSample(path).toString('latin1'));
      for (const { oracle, defects } of comparisons ?? [])
        for (const { what } of defects) met.add(`${oracle}: ${what}`);
    }
    for (const { of, what } of DEFECTS) for (const oracle of of) t.true(met.has(`${oracle}: ${what}`), what);
  });
}
