import { readFileSync } from 'node:fs';
import test from 'ava';
import { runCommand } from '../support/run-command.ts';

const clean = 'partners/acme/samples/850-clean.edi';
const oneBad = 'partners/acme/samples/850-one-bad-of-five.edi';

test('inspect shows a sound file and ends with 0', async (t) => {
  const { code, out, err } = await runCommand(['inspect', clean]);
  t.is(code, 0, err);
  t.true(out.startsWith(`${clean}\n✓ accepted · no problems · 1 interchange, 1 set\n`));
  t.regex(out, /PO1-03 +Unit of measure +EA +Each/);
  t.is(err, '');
});

test('inspect ends with 1 when anything is refused, and shows the rest all the same', async (t) => {
  const { code, out } = await runCommand(['inspect', oneBad]);
  t.is(code, 1);
  t.regex(out, /refused in part: 1 of 5 sets/);
  t.regex(out, /✗ AK403 6 {2}PO1-02/);
  for (const control of ['0001', '0002', '0003', '0004', '0005']) t.true(out.includes(` · ${control} · `));
});

test('inspect reads standard input', async (t) => {
  const { code, out } = await runCommand(['inspect', '-'], { input: readFileSync(clean) });
  t.is(code, 0);
  t.true(out.startsWith('standard input\n✓ accepted'));
});

test('inspect judges as validate does for a partner', async (t) => {
  const asOther = ['--partner', 'globex', clean];
  const [inspected, validated] = await Promise.all([
    runCommand(['inspect', ...asOther]),
    runCommand(['validate', ...asOther]),
  ]);
  t.is(inspected.code, 1);
  t.is(validated.code, 1);
  const [said] = /sender ZZ:ACMEIND is not the partner [^\n]*/.exec(validated.out)!;
  t.true(inspected.out.replace(/\s+/g, ' ').includes(said));
});

test('inspect --set shows one set; one that is not there is a wrong call that names those that are', async (t) => {
  const [one, none] = await Promise.all([
    runCommand(['inspect', oneBad, '--set', '0003']),
    runCommand(['inspect', oneBad, '--set', '9']),
  ]);
  t.true(one.out.includes('PO1000102') && !one.out.includes('PO1000101'));
  t.deepEqual([none.code, none.out], [2, '']);
  t.is(none.err, 'there is no set 9; there are 0001, 0002, 0003, 0004, 0005\n');
});

test('a wrong call ends with 2', async (t) => {
  for (const args of [['inspect'], ['inspect', 'no-such-file'], ['inspect', clean, '--partner', 'nobody']]) {
    const { code, out } = await runCommand(args);
    t.deepEqual([code, out], [2, ''], args.join(' '));
  }
});

test('colour only where it is asked for when stdout is no terminal', async (t) => {
  const coloured = async (env: Readonly<Record<string, string>>, ...args: string[]) =>
    (await runCommand(['inspect', clean, ...args], { env })).out.includes('\x1b[');
  t.deepEqual(
    await Promise.all([
      coloured({}),
      coloured({ NO_COLOR: '1' }),
      coloured({ FORCE_COLOR: '1', TERM: 'xterm-256color' }),
      coloured({ FORCE_COLOR: '1', TERM: 'xterm-256color' }, '--no-color'),
    ]),
    [false, false, true, false],
  );
});

test('inspect --html prints one page, whatever stdout is', async (t) => {
  const { code, out } = await runCommand(['inspect', oneBad, '--html'], { env: { FORCE_COLOR: '1' } });
  t.is(code, 1);
  t.true(out.startsWith('<!doctype html>\n') && out.endsWith('</html>\n'));
  t.false(out.includes('\x1b['));
});

test('a file that is no X12 is refused with what it looks like', async (t) => {
  const { code, out } = await runCommand(['inspect', '-'], { input: '<?xml version="1.0"?><Order/>' });
  t.is(code, 1);
  t.true(out.includes('no X12 was found: it looks like XML'));
});
