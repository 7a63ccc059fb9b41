import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { KINDS } from '../../src/x12/mutation/kinds.ts';
import { runCommand } from '../support/run-command.ts';

const CLEAN = 'partners/acme/samples/850-clean.edi';
const ONE_BAD = 'partners/acme/samples/850-one-bad-of-five.edi';

function makeFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('mutate --check asks our own reader and prints a table', async (t) => {
  const { code, out, err } = await runCommand(['mutate', CLEAN, '--check', '--most', '5']);

  t.is(code, 0, out + err);
  t.regex(out, /^kind +made +as expected$/m);
  t.regex(out, /^truncation +5 +5$/m);
  const [, made, right] = /^all +(\d+) +(\d+)$/m.exec(out) ?? [];
  t.is(made, right);
  t.true(Number(made) > 100);
});

test('mutate --out writes each mutant with what it must get', async (t) => {
  const folder = join(makeFolder(t), 'mutants');
  const { code, err } = await runCommand(['mutate', CLEAN, '--out', folder, '--kind', 'bad-date']);

  t.is(code, 0, err);
  const names = readdirSync(folder).filter((name) => name !== 'index.jsonl');
  const lines = readFileSync(join(folder, 'index.jsonl'), 'utf8').trimEnd().split('\n');
  const index = lines.map((line) => JSON.parse(line));
  t.deepEqual(index.map(({ file }) => file).sort(), names.sort());
  const [first] = index;
  t.is(first.file, '0001-bad-date-BEG-05.edi');
  t.true(readFileSync(join(folder, first.file), 'latin1').includes('**20240230'));
  t.deepEqual(first.says, [
    'TA1 A 000',
    `group ${first.expected.interchanges[0].groups[0].control} R`,
    'set 850 0001 R 5',
    'segment 2 BEG, element 5: AK403 8',
    '0 taken',
  ]);
  t.deepEqual(first.expected.interchanges[0].groups[0].sets[0].segments[0].elements, [
    { position: 5, reference: '373', code: '8', value: '20240230' },
  ]);

  const again = await runCommand(['mutate', CLEAN, '--out', folder]);
  t.is(again.code, 2);
  t.regex(again.err, /is not empty/);
});

test('mutate breaks the rules of a partner as well', async (t) => {
  const partners = makeFolder(t);
  cpSync('partners', partners, { recursive: true });
  const rules = [
    'require: [PO1/PO1-06, N1 ST]',
    'forbid: [FOB, PO1/PO1-10]',
    'codes: { PO1/PO1-03: [EA, CA] }',
  ];
  appendFileSync(join(partners, 'initech', '850.yaml'), `${rules.join('\n')}\n`);
  const file = 'partners/initech/samples/850-drop-ship.edi';
  const { code, out, err } = await runCommand(['mutate', file, '--partner', 'initech', '--check', '--json'], {
    env: { CAUSEWAY_PARTNERS: partners },
  });

  t.is(code, 0, out + err);
  const { kinds, made, deviations } = JSON.parse(out);
  t.deepEqual(deviations, []);
  t.true(made > 500);
  for (const kind of ['required-by-partner', 'forbidden-by-partner', 'code-of-no-partner']) {
    const row = kinds.find((one: { kind: string }) => one.kind === kind);
    t.true(row.made > 0, kind);
    t.is(row.asExpected, row.made, kind);
  }
});

test('mutate refuses a file that is not sound, with the reasons', async (t) => {
  const { code, out, err } = await runCommand(['mutate', ONE_BAD]);

  t.is(code, 1);
  t.is(out, '');
  t.regex(err, /only a file without any finding can be mutated/);
  t.regex(err, /AK403/);
});

test('mutate --list names every kind', async (t) => {
  const { code, out } = await runCommand(['mutate', '--list', '--json']);

  t.is(code, 0);
  t.deepEqual(
    JSON.parse(out),
    Object.entries(KINDS).map(([kind, does]) => ({ kind, does })),
  );
});

for (const [given, args, says] of [
  ['a kind that is not there', ['mutate', CLEAN, '--kind', 'too-larg'], /no kind of damage "too-larg"/],
  ['no file', ['mutate'], /a file is missing/],
  ['a count that is none', ['mutate', CLEAN, '--most', '0'], /a number from 1 expected/],
  ['an unknown partner', ['mutate', CLEAN, '--partner', 'nobody'], /no partner "nobody"/],
] as const) {
  test(`mutate, given ${given}, says so`, async (t) => {
    const { code, err } = await runCommand(args);

    t.is(code, 2);
    t.regex(err, says);
  });
}
