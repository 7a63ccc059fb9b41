import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { mutateFile } from '../../src/pipeline/documents/mutate-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configuration = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });

/** Realistic documents, with several lines, sets, groups and interchanges. */
const SAMPLES = globSync(['partners/*/samples/*.edi', 'test/sets/samples/*/*.edi'], { cwd: root }).sort();

/** So many of each kind, spread over the file. */
const MOST = 12;

test('mutants of samples are answered as expected', (t) => {
  let made = 0;
  const refused: string[] = [];
  for (const name of SAMPLES) {
    const [, partner] = /^partners\/([^/]+)/.exec(name) ?? [];
    const sender = partner === undefined ? undefined : configuration.partners.get(partner);
    const asked = { kinds: new Set<never>(), most: MOST };
    const mutated = mutateFile(readFileSync(root + name), configuration, sender, asked);
    if (mutated.kind === 'refused') {
      refused.push(name);
      continue;
    }
    for (const mutant of mutated.mutants) {
      made++;
      t.deepEqual(mutant.check(), [], `${name}: ${mutant.kind} ${mutant.place}`);
    }
  }
  // Its one bad set of five is what it shows.
  t.deepEqual(refused, ['partners/acme/samples/850-one-bad-of-five.edi']);
  t.true(made >= 2000, `${made} mutants`);
  t.log(`${made} mutants of ${SAMPLES.length - refused.length} files`);
});
