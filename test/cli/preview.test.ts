import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runCommand } from '../support/run-command.ts';

function makeFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-preview-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a layout is shown with a made-up document', async (t) => {
  const file = join(makeFolder(t), 'a.pdf');
  const { code, err } = await runCommand(['preview', 'certificates/conformance', '--out', file]);
  t.deepEqual([code, err], [0, `written to ${file}\n`]);
  t.regex(readFileSync(file, 'latin1'), /^%PDF-1\.7/);
});

test('a layout with mistakes is not shown: they are told', async (t) => {
  const folder = makeFolder(t);
  cpSync('templates', folder, { recursive: true });
  writeFileSync(join(folder, 'documents/invoice.yaml'), 'title: x\nbody:\n  - text: "{{ totl }}"\n');
  const out = join(folder, 'a.pdf');
  const ran = await runCommand(['preview', 'documents/invoice', '--out', out], {
    env: { CAUSEWAY_TEMPLATES: folder },
  });
  t.is(ran.code, 1);
  t.regex(ran.out, /documents\/invoice\.yaml:3:15 there is no `totl`; did you mean `total`\?/);
  t.false(existsSync(out));
});

test('without a name it lists them, and an unknown name is a wrong call', async (t) => {
  const { out } = await runCommand(['preview']);
  t.true(out.split('\n').includes('documents/packing-slip'));
  const { code, err } = await runCommand(['preview', 'documents/invoise']);
  t.is(code, 2);
  t.regex(err, /there is no document documents\/invoise/);
});
