import test from 'ava';
import { describeBlanket } from '../../src/pipeline/blanket/describe-blankets.ts';
import { reportBlankets } from '../../src/pipeline/blanket/report-blankets.ts';
import { bookEntries } from '../../src/store/blankets.ts';
import { choose, listOpen } from '../support/choose.ts';
import { listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import { openPost, writeChange, writeOrder, writeRelease } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import { writePlanning, writeReceived, writeShipping } from '../support/plan-documents.ts';

const master = {};
const BLANKET = writeOrder('BK-1', ['1000 HB-1001 3.25', '500 WS-2001 0.13'], { type: 'BK' });
const FIRM = ['100 C 20261207', '50 C 20261214', '300 D 20270111'];

async function readLedger({ context }: Lanes): Promise<readonly string[]> {
  const { rows } = await context.db.raw(
    `select line, kind, trim_scale(quantity)::text as quantity, reference from blanket_entry
     where kind <> 'commit' order by id`,
  );
  return rows.map((one: Record<string, string>) => Object.values(one).join(' '));
}

/** What left, as shipments book it; without the shipment itself. */
async function ship({ context }: Lanes, line: string, quantity: string, at: string): Promise<void> {
  const { id } = await context.db('blanket').first('id');
  await bookEntries(context.db, [{ blanket: id, line, kind: 'ship', quantity, at, reference: 'shipment' }]);
}

test('what an 830 calls firm becomes a release that no 855 answers, and the rest a plan', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));

  await desk.send(
    'alpha',
    post.file(writePlanning([{ item: 'HB-1001', forecasts: FIRM }], { release: 'R7' })),
  );

  t.deepEqual(await listAnswers(desk), ['855 AD BK-1: IA IA']);
  t.like(await readOrder(desk, 'BK-1', 'R7'), { outcome: 'accepted', amount: '487.5' });
  t.deepEqual(await readLines(desk, 'BK-1', 'R7'), ['150 HB-1001 3.25 IA']);
  t.deepEqual(await readLedger(desk), ['1 release 150 R7']);
  t.deepEqual(await listOpen(desk), []);
  const { content } = await desk.context
    .db('purchase_order')
    .where({ release_number: 'R7' })
    .first('content');
  t.deepEqual(content.lines[0].schedule, [
    { quantity: '100', unit: 'EA', qualifier: '002', date: '2026-12-07' },
    { quantity: '50', unit: 'EA', qualifier: '002', date: '2026-12-14' },
  ]);
  await assertDesk(t, desk);
});

test('the same 830 again releases nothing more, and the next one only what is firm beyond it', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const lines = [{ item: 'HB-1001', forecasts: FIRM }];
  await desk.send('alpha', post.file(BLANKET, writePlanning(lines, { release: 'R7' })));

  await desk.send('alpha', post.file(writePlanning(lines, { release: 'R7' })));
  const next = [
    { item: 'HB-1001', forecasts: ['50 C 20261214', '80 C 20261221'], counts: [100, '20261120'] },
  ] as const;
  await ship(desk, '1', '100', '2026-11-19T10:00:00Z');
  await desk.send(
    'alpha',
    post.file(writePlanning(next, { number: 'SCH-2', release: 'R8', issued: '20261121' })),
  );

  t.deepEqual(
    (await readLedger(desk)).filter((entry) => entry.includes('release')),
    ['1 release 150 R7', '1 release 80 R8'],
  );
  t.deepEqual(await listOpen(desk), []);
});

test('where the partner file says plan, an 830 releases nothing', async (t) => {
  const desk = await openDesk(t, { master, orders: '{ blanket: { firm: plan } }' });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(BLANKET, writePlanning([{ item: 'HB-1001', forecasts: FIRM }])));

  t.deepEqual(await readLedger(desk), []);
  t.deepEqual(await listOpen(desk), []);
  const { quantities } = await desk.context.db('blanket_plan').first('quantities');
  t.deepEqual(
    quantities.map((one: { date: string; total: string }) => `${one.date} ${one.total}`),
    ['2026-12-07 100', '2026-12-14 150', '2027-01-11 450'],
  );
});

test('what is firm beyond the commitment is asked of a person, and released once the commitment is raised', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const lines = [{ item: 'WS-2001', forecasts: ['600 C 20261207'] }];
  await desk.send('alpha', post.file(BLANKET, writePlanning(lines, { release: 'R7' })));

  const [asked] = await listOpen(desk);
  t.regex(asked ?? '', /^firm-not-released: order BK-1 release R7: .*600 EA are 100 more than line 2/);
  const change = writeChange('BK-1', ['2*QI*600*600*EA'], { type: 'BK' });
  await desk.send('alpha', post.file(change));
  await choose(desk, 'firm-not-released', 'decide-again');

  t.deepEqual(await readLedger(desk), ['2 release 600 R7']);
  t.deepEqual(await listOpen(desk), []);
  t.deepEqual(await listAnswers(desk), ['855 AD BK-1: IA IA', '865 AT BK-1: IA IA']);
  await assertDesk(t, desk);
});

test('the count of the buyer is set against what was shipped and is on its way', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));
  await ship(desk, '1', '300', '2026-11-01T10:00:00Z');
  await ship(desk, '1', '50', '2026-11-18T10:00:00Z');
  const told = (number: string, counts: number) =>
    writePlanning([{ item: 'HB-1001', forecasts: ['10 D 20270111'], counts: [counts, '20261120'] }], {
      number,
    });

  await desk.send('alpha', post.file(told('SCH-1', 300)));
  t.deepEqual(await listOpen(desk), []);
  await desk.send('alpha', post.file(told('SCH-2', 290)));

  t.deepEqual(await listOpen(desk), [
    'cumulative-differs: set 830 0001 (SCH-2): LIN[1]: blanket order BK-1, line 1: up to 2026-11-20 the buyer counts 290 EA received, we shipped 350, 60 more: 50 EA in transit, shipped in the 7 days before',
  ]);
  const line = await desk.context
    .db('blanket_line')
    .where({ number: '1' })
    .first('cumulative', 'cumulative_on');
  t.like(line, { cumulative: '290', cumulative_on: '2026-11-20' });
});

test('an 862 schedules what is released, and never releases', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET, writeRelease('BK-1', 'R1', ['100 HB-1001 3.25'])));
  const schedule = (number: string, quantity: number) =>
    writeShipping([{ item: 'HB-1001', forecasts: [`${quantity} C 20261124`] }], { number });

  await desk.send('alpha', post.file(schedule('SHP-1', 100)));
  t.deepEqual(await listOpen(desk), []);
  await desk.send('alpha', post.file(schedule('SHP-2', 101)));

  const [asked] = await listOpen(desk);
  t.regex(
    asked ?? '',
    /^shipping-over-release: set 862 0001 \(SHP-2\): LIN\[1\]: .* wants 101 EA in all, 100 are released/,
  );
  t.deepEqual(await readLedger(desk), ['1 release 100 R1']);

  await desk.send('alpha', post.file(writeRelease('BK-1', 'R2', ['1 HB-1001 3.25'])));
  await choose(desk, 'shipping-over-release', 'decide-again');

  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('an 861 books what arrived once, and what is wrong with it is asked', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));
  await ship(desk, '1', '100', '2026-11-18T10:00:00Z');
  const advice = writeReceived([{ item: 'HB-1001', received: 95, wrong: ['5 EA 02', '3 EA 01'] }]);

  await desk.send('alpha', post.file(advice));
  await desk.send('alpha', post.file(advice));

  t.deepEqual(await readLedger(desk), ['1 ship 100 shipment', '1 receive 95 receiving advice RA-1']);
  t.deepEqual(await listOpen(desk), [
    'receipt-differs: set 861 0001 (RA-1): RCD[1]: line 1 of blanket order BK-1: 5 EA short, 3 EA damaged',
  ]);

  await desk.send('alpha', post.file(writeReceived([{ item: 'HB-1001', received: 6 }])));
  t.is((await readLedger(desk)).length, 2);
  await choose(desk, 'advice-again', 'process-as-new');

  t.deepEqual((await readLedger(desk)).slice(2), ['1 receive 6 receiving advice RA-1']);
  t.deepEqual((await listOpen(desk)).slice(1), [
    'receipt-differs: 861 (RA-1): RCD[1]: line 1 of blanket order BK-1: 101 EA received in all, 100 shipped',
  ]);
});

test('a line that leads nowhere is asked with its place, and is booked alone when it is known', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));
  const lines = [
    { item: 'HB-1001', received: 10 },
    { item: 'NEW-1', received: 20 },
    { item: 'NEW-2', received: 30 },
  ];

  await desk.send('alpha', post.file(writeReceived(lines)));
  t.deepEqual(await listOpen(desk), [
    'plan-line-unknown: set 861 0001 (RA-1): RCD[2]: no item of ours is known for VP NEW-1',
    'plan-line-unknown: set 861 0001 (RA-1): RCD[3]: no item of ours is known for VP NEW-2',
  ]);
  await desk.context.db('item_cross_reference').insert({
    partner: 'alpha',
    qualifier: 'VP',
    value: 'NEW-1',
    item: 'WS-2001',
  });
  await choose(desk, 'plan-line-unknown', 'decide-again');

  t.deepEqual(await readLedger(desk), [
    '1 receive 10 receiving advice RA-1',
    '2 receive 20 receiving advice RA-1',
  ]);
  t.deepEqual(await listOpen(desk), [
    'plan-line-unknown: 861 (RA-1): RCD[3]: no item of ours is known for VP NEW-2',
  ]);
  await assertDesk(t, desk);
});

test('a receiving advice of an order that is no blanket order books nothing and asks nothing', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  await desk.send('alpha', post.file(writeReceived([{ item: 'HB-1001', received: 10 }], { po: 'PO-1' })));

  t.deepEqual(await readLedger(desk), []);
  t.deepEqual(await listOpen(desk), []);
});

test('blanket, firm 830, shipping schedule and receipt in one file, and as a backlog, end as one by one', async (t) => {
  const documents = [
    BLANKET,
    writePlanning([{ item: 'HB-1001', forecasts: FIRM }], { release: 'R7' }),
    writeShipping([{ item: 'HB-1001', forecasts: ['150 C 20261124'] }]),
    writeReceived([{ item: 'HB-1001', received: 40 }]),
    writePlanning([{ item: 'HB-1001', forecasts: ['170 C 20261228'] }], { number: 'SCH-2', release: 'R8' }),
  ];
  const ends: unknown[] = [];
  for (const way of ['one file', 'backlog', 'one by one']) {
    const desk = await openDesk(t, { master });
    const post = openPost('alpha');
    if (way === 'one file') await desk.send('alpha', post.file(...documents));
    else
      for (const one of documents) {
        await desk.receive('alpha', post.file(one));
        if (way === 'one by one') await desk.drain('alpha');
      }
    await desk.drain('alpha');
    await assertDesk(t, desk);
    ends.push([await readLedger(desk), await listOpen(desk), await listAnswers(desk)]);
  }

  t.deepEqual(ends[0], [
    ['1 release 150 R7', '1 receive 40 receiving advice RA-1', '1 release 20 R8'],
    [],
    ['855 AD BK-1: IA IA'],
  ]);
  t.deepEqual(ends[1], ends[0]);
  t.deepEqual(ends[2], ends[0]);
});

test('schedules under test touch no live blanket order', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));

  await desk.send('alpha', post.test(writePlanning([{ item: 'HB-1001', forecasts: FIRM }])));

  t.deepEqual(await readLedger(desk), []);
  t.regex((await listOpen(desk))[0] ?? '', /^plan-line-unknown: .* there is no blanket order BK-1$/);
});

test('the plan of the buyer is shown with its blanket order, an 862 in the place of the 830 for its days', async (t) => {
  const desk = await openDesk(t, { master, orders: '{ blanket: { firm: plan } }' });
  const post = openPost('alpha');
  const forecasts = ['100 C 20261123', '200 D 20261207', '700 D 20270111'];
  await desk.send('alpha', post.file(BLANKET, writeRelease('BK-1', 'R1', ['100 HB-1001 3.25'])));
  await desk.send('alpha', post.file(writePlanning([{ item: 'HB-1001', forecasts }])));

  await desk.send(
    'alpha',
    post.file(writeShipping([{ item: 'HB-1001', forecasts: ['60 C 20261124', '40 C 20261126'] }])),
  );

  const [report] = await reportBlankets(desk.context.db, {}, '2026-11-21', () => undefined);
  t.is(report?.plannedDepletion, '2027-01-11');
  const shown = describeBlanket(report!, []);
  const from = shown.findIndex((row) => row.startsWith('planned for'));
  t.deepEqual(shown.slice(from, from + 5), [
    'planned for  line    how sure  quantity  unit  in all',
    '2026-11-24   line 1  firm            60  EA        60',
    '2026-11-26   line 1  firm            40  EA       100',
    '2026-12-07   line 1  planning       200  EA       300',
    '2027-01-11   line 1  planning       700  EA     1,000',
  ]);
});

test('a schedule that names no order is of the one open blanket order with its item', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const lines = [{ item: 'WS-2001', forecasts: ['20 C 20261207'] }];
  const other = writeOrder('BK-2', ['10 HB-1001 3.25'], { type: 'BK' });
  await desk.send('alpha', post.file(BLANKET, other));

  await desk.send('alpha', post.file(writePlanning(lines, { po: '' })));
  await desk.send(
    'alpha',
    post.file(
      writePlanning([{ item: 'HB-1001', forecasts: ['20 C 20261207'] }], { po: '', number: 'SCH-2' }),
    ),
  );

  t.deepEqual(await readLedger(desk), ['2 release 20 SCH-1']);
  t.deepEqual(await listOpen(desk), [
    'plan-line-unknown: set 830 0001 (SCH-2): LIN[1]: item HB-1001 is in BK-1 line 1, BK-2 line 1: its order and its line (PO, PL) must say which',
  ]);
  await assertDesk(t, desk);
});

test('where one line of what is firm goes over its commitment, the others are released and that one is asked', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const lines = [
    { item: 'HB-1001', forecasts: ['100 C 20261207'] },
    { item: 'WS-2001', forecasts: ['600 C 20261207'] },
  ];

  await desk.send('alpha', post.file(BLANKET, writePlanning(lines, { release: 'R7' })));

  t.deepEqual(await readLedger(desk), ['1 release 100 R7']);
  const open = await listOpen(desk);
  t.is(open.length, 1);
  t.regex(open[0]!, /^firm-not-released: order BK-1 release R7: line 2: 600 EA are 100 more than line 2/);
  await assertDesk(t, desk);
});
