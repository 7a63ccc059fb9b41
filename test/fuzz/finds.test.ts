import test from 'ava';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { configuration } from '../sets/configuration.ts';
import { checkInput } from './invariants.ts';
import { createRandom } from './random.ts';
import { listSeeds } from './seeds.ts';

const finds = listSeeds(['test/fuzz/finds']);

test('there are finds', (t) => {
  t.true(finds.length > 10);
});

for (const { name, bytes } of finds) {
  test(`given ${name}, every invariant holds, however it is cut`, (t) => {
    for (let seed = 0; seed < 20; seed++) t.notThrows(() => checkInput(bytes, createRandom(seed)));
  });
}

test('given a name that ends like a segment, its interchange is taken', (t) => {
  const find = finds.find(({ name }) => name.endsWith('name-that-ends-like-a-segment.edi'))!;

  const readings = [...readInterchanges(find.bytes, configuration)];

  t.deepEqual(
    readings.map((reading) => (reading.kind === 'junk' ? 'junk' : reading.report.status)),
    ['A', 'A'],
  );
});

test('given control characters in the envelope, the messages spell them out', (t) => {
  const find = finds.find(({ name }) => name.endsWith('control-characters-in-names.edi'))!;

  const said = [...readInterchanges(find.bytes, configuration)].flatMap((reading) =>
    reading.kind === 'interchange' ? reading.report.problems.map(({ message }) => message) : [],
  );

  t.true(
    said.some((message) => message.includes('ISA09 date is "26\\x070105"')),
    said.join('\n'),
  );
});

test('given a NUL behind a segment id, the segment is unknown', (t) => {
  const find = finds.find(({ name }) => name.endsWith('segment-id-with-nul.edi'))!;

  const refused = [...readInterchanges(find.bytes, configuration)].flatMap((reading) =>
    reading.kind === 'set' ? reading.report.segments.map(({ segment, code }) => `${segment} ${code}`) : [],
  );

  t.true(refused.includes('N3\0 1'), refused.join());
});
