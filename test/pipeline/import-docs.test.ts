import { readFileSync } from 'node:fs';
import test from 'ava';
import { describeColumns, makeTemplate } from '../../src/pipeline/import/describe-kind.ts';
import { IMPORT_KINDS, KINDS } from '../../src/pipeline/import/kinds.ts';

const PAGE = readFileSync(new URL('../../docs/master-data.md', import.meta.url), 'utf8');

/** The part of the page under the heading of each kind. */
const SECTIONS = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0]!, section] as const),
);

test('docs/master-data.md has a part for each kind, in the order of the list', (t) => {
  t.deepEqual([...SECTIONS.keys()], [...IMPORT_KINDS]);
});

for (const kind of IMPORT_KINDS) {
  test(`docs/master-data.md has the columns of ${kind} and its template as they are`, (t) => {
    const section = SECTIONS.get(kind) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \| (needed)?/gm)].map(([, name, needed]) => ({
      name,
      needed: needed !== undefined,
    }));
    t.deepEqual(
      rows,
      describeColumns(KINDS[kind].columns).map(({ name, needed }) => ({ name, needed })),
    );
    t.true(section.includes(`\`\`\`\n${makeTemplate(KINDS[kind].columns)}\`\`\``));
    t.true(section.includes(`\n${kind}.csv:2 `), 'a wrong row is shown');
  });
}
