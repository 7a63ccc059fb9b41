import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { z } from 'zod';
import { runCommand } from '../support/run-command.ts';

const GOLDEN = new URL('../sets/golden/', import.meta.url);

/** Documents of every kind as `read` prints them, by version and set. */
function readGolden(version: string, set: string): readonly string[] {
  return readdirSync(new URL(`${version}/`, GOLDEN))
    .filter((file) => file.startsWith(`${set}-`) && file.endsWith('.jsonl'))
    .flatMap((file) =>
      readFileSync(new URL(`${version}/${file}`, GOLDEN), 'utf8')
        .trimEnd()
        .split('\n'),
    );
}

for (const [version, partner] of [
  ['004010', 'acme'],
  ['005010', 'globex'],
] as const) {
  for (const set of ['850', '855', '860', '865', '810']) {
    test(`write makes an ${set} of canonical JSON for ${partner}, and read the same JSON of it`, async (t) => {
      const lines = readGolden(version, set);
      const written = await runCommand(['write', '-', '--as', `x12/${set}`, '--partner', partner], {
        input: lines.join('\n'),
      });
      t.is(written.code, 0, written.err);

      const { code, out, err } = await runCommand(['read', '-'], { input: written.out });
      t.is(code, 0, err);
      t.deepEqual(out.trimEnd().split('\n').map(withoutSource), lines.map(withoutSource));
    });
  }
}

test('schema lists every kind of document with the sets that it comes from', async (t) => {
  const { code, out } = await runCommand(['schema', '--json']);
  t.is(code, 0);
  const kinds = new Map(JSON.parse(out).map((one: { kind: string; sets: string[] }) => [one.kind, one.sets]));
  t.deepEqual(kinds.get('purchase-order'), ['850']);
  t.deepEqual(kinds.get('invoice'), ['810']);

  const { out: text } = await runCommand(['schema']);
  t.regex(text, /^order-change-acknowledgement +865$/m);
  t.is(text.trimEnd().split('\n').length, kinds.size);
});

for (const [kind, set] of [
  ['purchase-order', '850'],
  ['order-acknowledgement', '855'],
  ['order-change', '860'],
  ['order-change-acknowledgement', '865'],
  ['invoice', '810'],
] as const) {
  test(`schema ${kind} prints a JSON Schema that the documents of set ${set} meet`, async (t) => {
    const { code, out, err } = await runCommand(['schema', kind]);
    t.is(code, 0, err);
    const schema = JSON.parse(out);
    t.is(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    t.is(schema.title, kind);
    const judge = z.fromJSONSchema(schema);
    for (const line of ['004010', '005010'].flatMap((version) => readGolden(version, set))) {
      const document = JSON.parse(line);
      t.true(judge.safeParse(document).success, line);
      t.false(judge.safeParse({ ...document, poNumber: 7 }).success, 'a number where text belongs');
      t.false(judge.safeParse({ ...document, extra: '' }).success, 'a key that is not listed');
      t.false(judge.safeParse({ ...document, exchangeRate: '1,5' }).success, 'no decimal');
    }
  });
}

test('schema of a kind that does not exist is a wrong call, with the nearest name', async (t) => {
  const { code, out, err } = await runCommand(['schema', 'invoic']);
  t.deepEqual([code, out], [2, '']);
  t.regex(err, /no document of kind invoic; did you mean `invoice`\?/);
});

function withoutSource(line: string): unknown {
  const { source: _source, ...document } = JSON.parse(line);
  return document;
}
