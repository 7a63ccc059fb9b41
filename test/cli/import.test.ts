import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { scratchFolder, testDatabase } from '../support/database.ts';
import { runCommand } from '../support/run-command.ts';

test('an operator begins with a template, rehearses, imports, and imports again', async (t) => {
  const { url } = await testDatabase(t);
  const env = { DATABASE_URL: url };
  const template = await runCommand(['import', 'items', '--template']);
  t.is(template.code, 0, template.err);
  const file = join(await scratchFolder(t), 'items.csv');
  await writeFile(file, template.out);

  const rehearsed = await runCommand(['import', 'items', file, '--dry-run'], { env });
  t.is(rehearsed.out, 'items: 1 would be added, 0 would be changed, 0 unchanged\n', rehearsed.err);
  const done = await runCommand(['import', 'items', file], { env });
  t.is(done.out, 'items: 1 added, 0 changed, 0 unchanged\n');
  const again = await runCommand(['import', 'items', '-'], { env, input: template.out });
  t.is(again.out, 'items: 0 added, 0 changed, 1 unchanged\n');
  t.is(again.code, 0);
});

test('refused rows are told on stderr with file and line, and the exit code is 1', async (t) => {
  const { url } = await testDatabase(t);
  const env = { DATABASE_URL: url };
  const mixed = await runCommand(['import', 'items', '-'], { env, input: 'number,unit\nI-1,EA\nI-2,each\n' });
  t.is(mixed.code, 1);
  t.is(mixed.out, 'items: 1 added, 0 changed, 0 unchanged, 1 refused\n');
  t.is(mixed.err, '-:3 unit: expected a unit code (element 355) such as EA (it is "each")\n');

  const input = '[{"number":"I-3","unit":"EA","colour":"red"}]';
  const json = await runCommand(['import', 'items', '-', '--json'], { env, input });
  t.is(json.code, 1);
  t.like(JSON.parse(json.out), {
    rows: 1,
    inserted: 0,
    mistakes: [{ line: 1, element: 1, column: 'colour' }],
  });
  t.regex(json.err, /^-:1 object 1: colour: is not known; known are number, /);

  const unreadable = await runCommand(['import', 'items', '-'], { env, input: 'numbr,unit\nI-1,EA\n' });
  t.is(unreadable.code, 1);
  t.is(unreadable.out, 'items: 0 added, 0 changed, 0 unchanged; the file was refused\n');
  t.regex(unreadable.err, /^-:1 there is no column "numbr"; did you mean `number`\?\n/);
});

test('what can be imported is told without a database, and a wrong call says what would be right', async (t) => {
  const help = await runCommand(['import', '--help']);
  t.regex(help.out, /\n {2}price-terms {2,}what items cost under an agreement/);
  t.is((await runCommand(['import', '--list'])).code, 0);
  const columns = await runCommand(['import', 'units', '--columns']);
  t.regex(columns.out, /^item +needed +our item number .*\nunit +needed .*\nfactor +needed .*\n$/);

  const misspelt = await runCommand(['import', 'price-term', 'x.csv']);
  t.is(misspelt.code, 2);
  t.is(misspelt.err, 'there is nothing to import called "price-term": did you mean price-terms?\n');
  t.is((await runCommand(['import', 'items'])).code, 2);
  t.is((await runCommand(['import', 'items', '/no/such/file.csv'])).code, 2);
});
