import test, { type ExecutionContext } from 'ava';
import { addDays } from '../../src/lib/dates.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { blanketLine } from '../domain/blanket/support.ts';
import { openBlankets } from '../support/blankets.ts';
import { testDatabase } from '../support/database.ts';
import { runCommand } from '../support/run-command.ts';

/** A schedule that begins in years to come, so that the day on which the test runs makes no difference. */
const FROM = '2099-12-01';

async function openSchedules(t: ExecutionContext) {
  const { url, db } = await testDatabase(t);
  await openBlankets(db, [{ partner: 'acme', poNumber: '4711', lines: [blanketLine()] }]);
  const row = `S-1,acme,4711,1=100,every monday,${FROM},2100-02-28`;
  const csv = `id,partner,po_number,lines,rule,valid_from,valid_to\n${row}\n`;
  t.deepEqual((await importMasterData({ db }, 'release-schedules', csv)).mistakes, []);
  const run = (...args: string[]) => runCommand(args, { env: { DATABASE_URL: url } });
  return { db, run };
}

test('schedule lists what there is and when it is next due, and so does blanket', async (t) => {
  const { run } = await openSchedules(t);
  const told =
    'S-1 active: 100 of line 1, every monday until 2100-02-28; next 2099-12-07, 2099-12-14, 2099-12-21';

  const listed = await run('schedule');
  t.is(listed.code, 0, listed.err);
  t.is(listed.out, `acme 4711  ${told}\n`);
  t.is((await run('schedule', '--po', '4712')).out, '');
  const [json] = (await run('schedule', '--json')).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.like(json, { id: 'S-1', state: 'active', next: [{ day: addDays(FROM, 6), due: addDays(FROM, 6) }] });
  t.true((await run('blanket')).out.includes(`    schedule ${told}\n`));
  t.true((await run('blanket', '4711')).out.includes(`  schedule ${told}\n`));
});

test('schedule pauses, resumes, skips and cancels; what cannot be is refused with exit code 1', async (t) => {
  const { run } = await openSchedules(t);

  t.regex(
    (await run('schedule', 'pause', 'S-1')).out,
    /^schedule S-1 of blanket order 4711 is paused now, by /,
  );
  t.is((await run('schedule')).out, 'acme 4711  S-1 paused: 100 of line 1, every monday until 2100-02-28\n');
  t.is((await run('schedule', 'pause', 'S-1')).code, 1);
  t.is((await run('schedule', 'resume', 'S-1')).code, 0);

  t.is((await run('schedule', 'skip', 'S-1', '2099-12-14')).code, 0);
  t.regex((await run('schedule')).out, /next 2099-12-07, 2099-12-21, 2099-12-28/);
  const none = await run('schedule', 'release', 'S-1', '2099-12-08');
  t.is(none.code, 1);
  t.regex(none.err, /schedule S-1 \(every monday\) has no release on 2099-12-08/);
  t.is((await run('schedule', 'skip', 'S-1', 'monday')).code, 2);

  t.is((await run('schedule', 'cancel', 'S-1')).code, 0);
  t.is((await run('schedule', 'resume', 'S-1')).code, 1);
  t.is((await run('schedule', 'cancel', 'S-9')).code, 1);
});
