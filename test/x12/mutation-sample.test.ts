import test from 'ava';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { Reading } from '../../src/x12/interchange/reading.ts';
import { countVariants, type DocumentPlan, makeDocument } from '../../src/x12/sample/make-document.ts';
import { canRepeat, writeSample } from '../../src/x12/sample/write-sample.ts';
import type { SetDefinition } from '../../src/x12/standard/definition.ts';
import { mistakes, standards } from './mutation-support.ts';

test('the standards that samples are made from have no mistakes', (t) => {
  t.deepEqual(mistakes, []);
  t.true(standards.size >= 2);
});

for (const [version, standard] of standards) {
  test(`${version}: our reader finds nothing in any document made from a definition`, (t) => {
    for (const set of standard.sets.values()) {
      const seen = new Set<string>();
      const variants = countVariants(standard, set);
      for (const plan of plansFor(variants)) {
        const segments = makeDocument(standard, set, { ...plan, repeats: canRepeat(standard) });
        for (const [id, ...elements] of segments) {
          for (const [e, value] of elements.entries()) if (value !== '') seen.add(`${id}-${e + 1}`);
        }
        const bytes = writeSample(standard, set, [segments, segments]);
        t.deepEqual(
          [...readInterchanges(bytes, { standards })].flatMap(describeFindings),
          ['interchange A 000, 2 of 2 sets'],
          `${set.set} ${JSON.stringify(plan)}`,
        );
      }
      const all = set.nodes.slice(1, -1).flatMap(({ segment }) => {
        const { elements } = standard.segments.get(segment)!;
        return elements.map((_, e) => `${segment}-${e + 1}`);
      });
      t.deepEqual(
        [...new Set(all)].filter((name) => !seen.has(name)),
        [],
        `${set.set}: in no variant`,
      );
    }
  });

  test(`${version}: a full document has every place of its set, the least no place too many`, (t) => {
    for (const set of standard.sets.values()) {
      const places = (extent: 'full' | 'least') => readPlaces(standard.version, set.set, extent);
      const needed = set.nodes.filter((node) => isNeeded(set, node.index)).map(({ index }) => index);
      t.deepEqual(
        places('full'),
        set.nodes.map(({ index }) => index),
        set.set,
      );
      t.deepEqual(places('least'), needed, set.set);
    }
  });
}

function* plansFor(variants: number): Generator<DocumentPlan> {
  for (const size of ['usual', 'shortest', 'longest'] as const) {
    yield { extent: 'least', size };
    for (let variant = 0; variant < variants; variant++) yield { extent: 'full', size, variant };
  }
}

/** Everything that is said of a file, warnings as well. */
function describeFindings(reading: Reading): string[] {
  switch (reading.kind) {
    case 'junk':
      return [reading.problem.message];
    case 'set': {
      const { problems, segments } = reading.report;
      return [...problems.map(({ message }) => message), ...segments.map((one) => JSON.stringify(one))];
    }
    case 'interchange': {
      const { status, note, problems, groups } = reading.report;
      const [accepted, received] = [groups[0]?.accepted, groups[0]?.received];
      const said = [...problems, ...groups.flatMap((group) => group.problems)].map(({ message }) => message);
      return [`interchange ${status} ${note}, ${accepted} of ${received} sets`, ...said];
    }
  }
}

function readPlaces(version: string, id: string, extent: 'full' | 'least'): number[] {
  const standard = standards.get(version)!;
  const set = standard.sets.get(id)!;
  const bytes = writeSample(standard, set, [makeDocument(standard, set, { extent })]);
  const places = new Set<number>();
  for (const reading of readInterchanges(bytes, { standards })) {
    if (reading.kind !== 'set') continue;
    for (const node of reading.nodes.subarray(0, reading.segments.count)) places.add(node);
  }
  return [...places].sort((a, b) => a - b);
}

/** Mandatory itself, in loops that are mandatory all the way up. */
function isNeeded(set: SetDefinition, index: number): boolean {
  const node = set.nodes[index]!;
  if (!node.opens && !node.mandatory) return false;
  for (
    let loop = set.loops[node.loop];
    loop !== undefined && loop.index !== 0;
    loop = set.loops[loop.parent ?? 0]
  ) {
    if (!loop.mandatory) return false;
  }
  return true;
}
