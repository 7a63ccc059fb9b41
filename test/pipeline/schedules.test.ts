import test, { type ExecutionContext } from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { settleRelease, turnSchedule } from '../../src/pipeline/recurrence/change-by-hand.ts';
import { makeDueReleases } from '../../src/pipeline/recurrence/make-releases.ts';
import { reportSchedules } from '../../src/pipeline/recurrence/report-schedules.ts';
import { inTransaction } from '../../src/store/database.ts';
import { listMessages } from '../../src/store/feed.ts';
import { listArchive, listInbound, readArchive } from '../../src/store/hosted.ts';
import { type DeskOptions, listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { withErp } from '../support/erp.ts';
import type { Lanes } from '../support/gateway-lane.ts';

process.env['ERP_SECRET'] = 'a secret of the test';

const DAY = 86_400_000;
const HEAD = 'id,partner,po_number,lines,rule,valid_from,valid_to';

/** A blanket order of 850 bolts, and a schedule on it; it is Saturday, 21 November. */
async function openSchedule(
  t: ExecutionContext,
  row: string,
  { orders = '{}', ...more }: Pick<DeskOptions, 'alter' | 'orders'> = {},
) {
  const desk = await openDesk(t, { master: {}, orders, ...more });
  await desk.send('alpha', openPost('alpha').file(writeOrder('BK-1', ['850 HB-1001 3.25'], { type: 'BK' })));
  const { mistakes } = await importMasterData(desk.context, 'release-schedules', `${HEAD}\n${row}\n`);
  t.deepEqual(mistakes, []);
  /** What the watch does, and what follows. */
  const tick = async () => {
    const made = await makeDueReleases(desk.context);
    await desk.drain('alpha');
    return made;
  };
  const wait = async (days: number) => {
    desk.advance(days * DAY);
    return await tick();
  };
  return { ...desk, tick, wait };
}

async function readLedger({ context }: Lanes): Promise<readonly string[]> {
  const rows = await context.db('blanket_entry').orderBy('id').select('kind', 'quantity', 'reference');
  return rows.map(({ kind, quantity, reference }) => `${kind} ${quantity} ${reference}`);
}

async function listNotMade(desk: Lanes): Promise<readonly string[]> {
  const all = await desk.exceptions('alpha');
  return all.filter(({ kind }) => kind === 'release-not-made').map(({ message }) => message);
}

const MONDAYS = 'S-1,alpha,BK-1,1=100,every monday,2026-11-23,';

test('each release is made once on its day, drawn on the blanket, answered by an 855, and by no 997', async (t) => {
  const desk = await openSchedule(t, MONDAYS);

  t.is(await desk.tick(), 0);
  t.is(await desk.wait(2), 1);
  t.is(await desk.tick(), 0);
  t.is(await desk.wait(1), 0);
  t.is(await desk.wait(6), 1);

  t.deepEqual(await readLedger(desk), [
    'commit 850 BK-1',
    'release 100 S-1-20261123',
    'release 100 S-1-20261130',
  ]);
  t.deepEqual((await listAnswers(desk)).slice(1), [
    '855 AD BK-1 S-1-20261123: IA',
    '855 AD BK-1 S-1-20261130: IA',
  ]);
  t.deepEqual(await readLines(desk, 'BK-1', 'S-1-20261123'), await readLines(desk, 'BK-1', 'S-1-20261130'));
  const sets = (await desk.outbound('alpha')).flatMap(({ sets: own }) => own.map(({ set }) => set));
  t.deepEqual(sets, ['997', '855', '855', '855']);
});

test('a partner that wants to hear nothing of them is sent nothing, and the ERP is told', async (t) => {
  const desk = await openSchedule(t, MONDAYS, {
    orders: '{ on-behalf: silent }',
    alter: (plain) => withErp(plain, { webhook: { url: 'https://erp.example', secret: 'env:ERP_SECRET' } }),
  });

  await desk.wait(2);

  t.is((await readOrder(desk, 'BK-1', 'S-1-20261123'))?.outcome, 'accepted');
  t.deepEqual(await listAnswers(desk), ['855 AD BK-1: IA']);
  t.deepEqual(
    (await listMessages(desk.context.db, {})).map(({ kind, poNumber }) => `${kind} ${poNumber}`),
    ['order BK-1', 'release BK-1'],
  );
});

test('after a standstill of days what was missed is made, and what is a week and more old is asked about', async (t) => {
  const desk = await openSchedule(t, 'S-1,alpha,BK-1,1=10,every 3 days,2026-11-22,');

  t.is(await desk.wait(18), 2);

  t.deepEqual((await readLedger(desk)).slice(1), ['release 10 S-1-20261204', 'release 10 S-1-20261207']);
  t.deepEqual(await listNotMade(desk), [
    'schedule S-1 of blanket order BK-1: release of 2026-11-22, 2026-11-25, 2026-11-28, 2026-12-01 not made: due more than 7 days ago',
  ]);
  t.is(await desk.tick(), 0);
  t.is((await listNotMade(desk)).length, 1);
});

test('a clock that jumps ahead and back neither doubles a release nor loses one', async (t) => {
  const desk = await openSchedule(t, MONDAYS);

  t.is(await desk.wait(2), 1);
  t.is(await desk.wait(14), 2);
  t.is(await desk.wait(-14), 0);
  t.is(await desk.wait(7), 0);
  t.is(await desk.wait(14), 1);

  t.deepEqual((await readLedger(desk)).slice(1), [
    'release 100 S-1-20261123',
    'release 100 S-1-20261130',
    'release 100 S-1-20261207',
    'release 100 S-1-20261214',
  ]);
});

test('eight that make releases at the same time make each once', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  desk.advance(2 * DAY);

  const made = await Promise.all(Array.from({ length: 8 }, () => makeDueReleases(desk.context)));
  await desk.drain('alpha');

  t.is(
    made.reduce((a, b) => a + b),
    1,
  );
  t.deepEqual((await readLedger(desk)).slice(1), ['release 100 S-1-20261123']);
});

test('when the transaction that makes a release is rolled back, it is made by the next try', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  const ids = () => {
    throw new Error('no ids today');
  };
  desk.advance(2 * DAY);

  t.is(await makeDueReleases({ ...desk.context, ids }), 0);
  t.is((await desk.context.db('scheduled_release')).length, 0);
  t.is(await desk.tick(), 1);
});

test('a release that goes over the commitment is refused by the rules of releases, and a person is told', async (t) => {
  const desk = await openSchedule(t, 'S-1,alpha,BK-1,1=500,every monday,2026-11-23,');

  await desk.wait(2);
  await desk.wait(7);

  t.deepEqual((await readLedger(desk)).slice(1), ['release 500 S-1-20261123']);
  t.is((await readOrder(desk, 'BK-1', 'S-1-20261130'))?.outcome, 'rejected');
  t.deepEqual(
    (await desk.exceptions('alpha')).map(({ kind }) => kind).filter((kind) => kind === 'own-order-refused'),
    ['own-order-refused'],
  );
});

test('where over-releases are held, the exception of a release asks', async (t) => {
  const desk = await openSchedule(t, 'S-1,alpha,BK-1,1=900,every monday,2026-11-23,', {
    orders: '{ over-release: hold }',
  });

  await desk.wait(2);

  t.is((await readOrder(desk, 'BK-1', 'S-1-20261123'))?.outcome, 'held');
  t.true((await desk.exceptions('alpha')).some(({ kind }) => kind === 'blanket-over-release'));
});

test('a pause makes nothing, and what fell due in it is not made after it', async (t) => {
  const desk = await openSchedule(t, MONDAYS);

  t.is((await turnSchedule(desk.context, 'S-1', 'pause', 'ann')).kind, 'done');
  t.is(await desk.wait(2), 0);
  t.is((await turnSchedule(desk.context, 'S-1', 'resume', 'ann')).kind, 'done');
  t.is(await desk.tick(), 0);
  t.is(await desk.wait(7), 1);

  t.deepEqual((await readLedger(desk)).slice(1), ['release 100 S-1-20261130']);
});

test('a cancelled schedule is over for good', async (t) => {
  const desk = await openSchedule(t, MONDAYS);

  t.is((await turnSchedule(desk.context, 'S-1', 'cancel', 'ann')).kind, 'done');
  t.is(await desk.wait(2), 0);
  t.is((await turnSchedule(desk.context, 'S-1', 'resume', 'ann')).kind, 'refused');
  t.is((await turnSchedule(desk.context, 'S-9', 'pause', 'ann')).kind, 'refused');
  t.is(await desk.wait(7), 0);
});

test('a person makes a release early or skips it, and neither is done twice', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  const settle = (day: string, wish: 'release' | 'skip') =>
    settleRelease(desk.context, 'S-1', day, wish, 'ann');

  t.is((await settle('2026-11-24', 'release')).kind, 'refused');
  t.is((await settle('2026-11-30', 'release')).kind, 'done');
  t.is((await settle('2026-11-30', 'release')).kind, 'refused');
  t.is((await settle('2026-11-30', 'skip')).kind, 'refused');
  t.is((await settle('2026-12-07', 'skip')).kind, 'done');
  const [report] = await reportSchedules(desk.context.db, {}, '2026-11-21');
  t.deepEqual(
    report!.next.map(({ due }) => due),
    ['2026-11-23', '2026-12-14', '2026-12-21'],
  );

  t.is(await desk.wait(2), 1);
  t.is(await desk.wait(7), 0);
  t.is(await desk.wait(7), 0);
  t.is((await settle('2026-12-07', 'release')).kind, 'done');
});

test('what cannot be made is told once, and made by a person once it can', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  const { db } = desk.context;
  await db('release_schedule').update({ lines: '[{"line":"7","quantity":"5"}]' });

  t.is(await desk.wait(2), 0);
  t.is(await desk.tick(), 0);
  t.deepEqual(await listNotMade(desk), [
    'schedule S-1 of blanket order BK-1: release of 2026-11-23 not made: blanket order BK-1 has no line 7',
  ]);

  await db('release_schedule').update({ lines: '[{"line":"1","quantity":"5"}]' });
  t.is((await settleRelease(desk.context, 'S-1', '2026-11-23', 'release', 'ann')).kind, 'done');
  await desk.drain('alpha');
  t.deepEqual((await readLedger(desk)).slice(1), ['release 5 S-1-20261123']);
});

test('on a holiday of ours the release is made on the next working day', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  const calendar = 'owner,holidays\nus,2026-11-23\n';
  t.deepEqual((await importMasterData(desk.context, 'calendars', calendar)).mistakes, []);

  t.is(await desk.wait(2), 0);
  t.is(await desk.wait(1), 1);

  const [row] = await desk.context.db('scheduled_release').select('day', 'due', 'kind');
  t.deepEqual(row, { day: '2026-11-23', due: '2026-11-24', kind: 'made' });
});

test('a partner does not see as its own what was made in its name', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  await desk.wait(2);
  const { db } = desk.context;
  const [made] = await db('file').where({ channel: 'schedule' }).select('id');

  t.deepEqual(
    (await listInbound(db, 'alpha', '2026-01-01T00:00:00Z')).map(({ name }) => name),
    ['po.edi'],
  );
  const archived = (await listArchive(db, 'alpha', '2026-01-01T00:00:00Z')).map(({ channel }) => channel);
  t.false(archived.includes('schedule'));
  t.is(await readArchive(db, 'alpha', made.id), undefined);
});

test('a partner cannot send under our name what it means to pass for ours', async (t) => {
  const desk = await openSchedule(t, MONDAYS);
  await desk.wait(2);
  const [made] = await inTransaction(desk.context.db, (tx) =>
    tx('file').where({ channel: 'schedule' }).select('bytes'),
  );

  await desk.send('alpha', made.bytes);

  t.deepEqual((await readLedger(desk)).slice(1), ['release 100 S-1-20261123']);
  t.true(
    (await desk.exceptions('alpha')).some(
      ({ kind }) => kind === 'interchange-refused' || kind === 'file-quarantined',
    ),
  );
});
