import test from 'ava';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { InterchangeReport } from '../../src/x12/interchange/report.ts';
import { configuration } from '../sets/configuration.ts';
import { listSeeds } from './seeds.ts';

const files = listSeeds(['partners', 'test/sets/samples', 'test/sets/golden', 'test/conversations/golden']);

type Taken = { readonly end: number; readonly sets: readonly string[] };

/** The sets that a file brings, by interchange: none of one that is refused or lacks its end. */
function takeSets(bytes: Uint8Array): readonly Taken[] {
  const taken: Taken[] = [];
  for (const reading of readInterchanges(bytes, configuration)) {
    if (reading.kind !== 'interchange' || reading.report.status === 'R') continue;
    taken.push({ end: reading.offset + reading.length, sets: listSets(reading.report) });
  }
  return taken;
}

function listSets({ groups }: InterchangeReport): string[] {
  return groups.flatMap(({ status, sets }) =>
    status === 'R'
      ? []
      : sets.flatMap(({ set, control, offset, status }) =>
          status === 'R' ? [] : [`${set} ${control} at ${offset}`],
        ),
  );
}

test('there are fifty files and more, and they bring sets', (t) => {
  t.true(files.length >= 50, `${files.length}`);
  t.true(files.filter(({ bytes }) => takeSets(bytes).some(({ sets }) => sets.length > 0)).length >= 50);
});

for (const { name, bytes } of files) {
  test(`every strict prefix of ${name} brings the sets of its whole interchanges, and no others`, (t) => {
    const whole = takeSets(bytes);
    for (let length = 0; length < bytes.length; length++) {
      const expected = whole.filter(({ end }) => end <= length).flatMap(({ sets }) => sets);
      // An IEA whose control number is whole lacks nothing but its terminator.
      const last = whole.filter(({ end }) => end === length + 1).flatMap(({ sets }) => sets);

      const brought = takeSets(bytes.subarray(0, length)).flatMap(({ sets }) => sets);

      const allowed = [expected.join(), [...expected, ...last].join()];
      if (!allowed.includes(brought.join())) t.fail(`${length} of ${bytes.length} bytes: ${brought.join()}`);
    }
    t.pass();
  });
}
