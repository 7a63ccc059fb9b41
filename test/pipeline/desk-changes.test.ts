import test from 'ava';
import { listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import {
  type DeskDocument,
  openPost,
  writeCancel,
  writeChange,
  writeOrder,
  writeQuantity,
  writeRelease,
} from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const master = { customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD' };
const ORDER = writeOrder('PO-1', ['10 HB-1001 3.25', '20 WS-2001 0.13']);

/** Paths of what changed from version to version. */
async function readHistory({ context }: Lanes, po: string): Promise<readonly string[]> {
  const { db } = context;
  const rows = await db('order_version as v')
    .join('purchase_order as o', 'o.id', 'v.order_id')
    .where({ po_number: po, test: false })
    .orderBy('v.version')
    .select('v.version', 'v.difference');
  return rows.map(({ version, difference }) => {
    const all = difference as readonly { path: string; from?: string; to?: string }[];
    return `${version}: ${all.map(({ path, from, to }) => `${path} ${from} > ${to}`).join('; ')}`;
  });
}

async function listChanges({ context }: Lanes): Promise<readonly string[]> {
  const rows = await context.db('order_change').orderBy(['po_number', 'sequence', 'at']).select('*');
  return rows.map(({ po_number, sequence, state }) => `${po_number} ${sequence} ${state}`);
}

test('an 860 after its 850 makes the next version, kept with what it was before, and is answered by an 865', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.deepEqual(await readOrder(desk, 'PO-1'), {
    version: 2,
    state: 'open',
    outcome: 'accepted',
    amount: '51.35',
  });
  t.deepEqual(await readLines(desk, 'PO-1'), ['15 HB-1001 3.25 IA', '20 WS-2001 0.13 IA']);
  t.deepEqual(await readHistory(desk, 'PO-1'), ['1: line 1 quantity 10 > 15 EA']);
  const [before] = await desk.context.db('order_version').select('content');
  t.is(before.content.lines[0].quantity, '10');
  await assertDesk(t, desk);
});

test('an 860 before its 850 waits, and is made when the order comes: each document is answered once', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));
  t.deepEqual(await listAnswers(desk), []);
  t.deepEqual(await listChanges(desk), ['PO-1 1 waiting']);
  await desk.send('alpha', post.file(ORDER));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.deepEqual(await listChanges(desk), ['PO-1 1 applied']);
  t.like(await readOrder(desk, 'PO-1'), { version: 2, amount: '51.35' });
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('an 860 before its 850 in the same file', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15), ORDER));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.like(await readOrder(desk, 'PO-1'), { version: 2 });
  await assertDesk(t, desk);
});

test('an 860 that waits for an item which its order does not name is decided by what we know of the item', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeChange('PO-1', ['3*AI*7*7*EA*4.10*PE*VP*HB-1002'])));
  await desk.send('alpha', post.file(ORDER));

  t.deepEqual(await readLines(desk, 'PO-1'), [
    '10 HB-1001 3.25 IA',
    '20 WS-2001 0.13 IA',
    '7 HB-1002 4.10 IA',
  ]);
  await assertDesk(t, desk);
});

test('the same 860 in another envelope changes nothing more, and is answered as before', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const change = writeQuantity('PO-1', 'QI', 15);
  await desk.send('alpha', post.file(ORDER, change));

  await desk.send('alpha', post.file(change));
  await desk.send('alpha', post.file(change, change));

  t.deepEqual(
    (await listAnswers(desk)).slice(1),
    Array.from({ length: 4 }, () => '865 AT PO-1: IA IA'),
  );
  t.like(await readOrder(desk, 'PO-1'), { version: 2, amount: '51.35' });
  t.deepEqual(await listChanges(desk), ['PO-1 1 applied']);
  await assertDesk(t, desk);
});

test('an 860 that came twice before its order is made once', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const change = writeQuantity('PO-1', 'QI', 15);
  await desk.send('alpha', post.file(change));
  await desk.send('alpha', post.file(change));

  await desk.send('alpha', post.file(ORDER));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.like(await readOrder(desk, 'PO-1'), { version: 2 });
  await assertDesk(t, desk);
});

test('change 2 waits for change 1, and both are made in their order', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 12, { sequence: 2 })));
  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA']);
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));

  t.deepEqual((await listAnswers(desk)).slice(1), ['865 AT PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.deepEqual(await readHistory(desk, 'PO-1'), [
    '1: line 1 quantity 10 > 15 EA',
    '2: line 1 quantity 15 > 12 EA',
  ]);
  t.deepEqual(await listChanges(desk), ['PO-1 1 applied', 'PO-1 2 applied']);
  await assertDesk(t, desk);
});

test('change 2, change 1 and then the order, each in its own file', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 12, { sequence: 2 })));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));

  await desk.send('alpha', post.file(ORDER));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: IA IA', '865 AT PO-1: IA IA']);
  t.deepEqual(await readLines(desk, 'PO-1'), ['12 HB-1001 3.25 IA', '20 WS-2001 0.13 IA']);
  t.like(await readOrder(desk, 'PO-1'), { version: 3 });
  await assertDesk(t, desk);
});

test('860s without numbers are made as they come where the partner file says so, also those that outran the order', async (t) => {
  const desk = await openDesk(t, { master, orders: '{ change: { sequence: by-arrival } }' });
  const post = openPost('alpha');
  const unnumbered = { sequence: '' } as const;

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15, unnumbered)));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 25, unnumbered)));
  await desk.send('alpha', post.file(ORDER));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 30, unnumbered)));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 30, unnumbered)));

  t.deepEqual(await readHistory(desk, 'PO-1'), [
    '1: line 1 quantity 10 > 15 EA',
    '2: line 1 quantity 15 > 25 EA',
    '3: line 1 quantity 25 > 30 EA',
  ]);
  t.deepEqual(await listChanges(desk), ['PO-1 1 applied', 'PO-1 2 applied', 'PO-1 3 applied']);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('a cancelled order keeps its lines, owes nothing, and is changed no more', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));

  await desk.send('alpha', post.file(writeCancel('PO-1')));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15, { sequence: 2 })));

  const answers = await listAnswers(desk);
  t.is(answers[1], '865 AT PO-1: ID ID');
  t.regex(answers[2] ?? '', /^865 RD PO-1: ID ID$/);
  t.deepEqual(await readOrder(desk, 'PO-1'), {
    version: 2,
    state: 'cancelled',
    outcome: 'rejected',
    amount: null,
  });
  await assertDesk(t, desk);
});

test('a cancellation before its order: the order comes, is answered, and is cancelled', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeCancel('PO-1')));
  await desk.send('alpha', post.file(ORDER));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA', '865 AT PO-1: ID ID']);
  t.like(await readOrder(desk, 'PO-1'), { version: 2, state: 'cancelled' });
  await assertDesk(t, desk);
});

test('a replacement states the order anew', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));

  await desk.send(
    'alpha',
    post.file(
      writeChange('PO-1', ['1*RZ*12*12*EA*3.25*PE*VP*HB-1001', '3*AI*7*7*EA*4.10*PE*VP*HB-1002'], {
        purpose: '05',
      }),
    ),
  );

  t.deepEqual(await readLines(desk, 'PO-1'), ['12 HB-1001 3.25 IA', '7 HB-1002 4.10 IA']);
  await assertDesk(t, desk);
});

test('of two orders under one number for two ship-tos nobody guesses which one is meant', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER, writeOrder('PO-1', ['1 HB-1001 3.25'], { shipTo: 'DC13' })));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));

  t.deepEqual(
    (await desk.exceptions('alpha')).map(({ kind }) => kind),
    ['document-needs-person'],
  );
  t.like(await readOrder(desk, 'PO-1'), { version: 1 });
  await assertDesk(t, desk);
});

test('a test change waits for the test order, a live one for the live order', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.test(writeQuantity('PO-1', 'QI', 15)));
  await desk.send('alpha', post.file(ORDER));
  t.like(await readOrder(desk, 'PO-1'), { version: 1 });

  await desk.send('alpha', post.test(ORDER));

  const test = await desk.context.db('purchase_order').where({ test: true }).select('version');
  t.deepEqual(test, [{ version: 2 }]);
  t.like(await readOrder(desk, 'PO-1'), { version: 1 });
  await assertDesk(t, desk);
});

test('a change that asks for a person leaves the order, and what it says is kept', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));

  await desk.send('alpha', post.file(writeChange('PO-1', ['1*QD*3*0*EA'])));

  t.deepEqual(await listChanges(desk), ['PO-1 1 held']);
  t.like(await readOrder(desk, 'PO-1'), { version: 1 });
  t.is((await desk.exceptions('alpha')).length, 1);
  await assertDesk(t, desk);
});

const NAMES = ['blanket', 'change 1', 'change 2', 'release', 'cancel'] as const;
type Name = (typeof NAMES)[number];

/** Each is sound at any time once its order is here, so the end is the same in whatever order they come. */
function makeDocuments(po: string): Readonly<Record<Name, DeskDocument>> {
  return {
    blanket: writeOrder(po, ['100 HB-1001 3.25'], { type: 'BK' }),
    'change 1': writeQuantity(po, 'QI', 200, { type: 'BK' }),
    'change 2': writeQuantity(po, 'QD', 150, { type: 'BK', sequence: 2 }),
    release: writeRelease(po, 'R1', ['60 HB-1001 3.25']),
    cancel: writeCancel(po, { type: 'RL', release: 'R1' }),
  };
}

/** Where the documents of a blanket order end, and how each was answered. */
async function describeEnd(desk: Lanes, po: string) {
  const { db } = desk.context;
  const orders = await db('purchase_order')
    .where({ po_number: po })
    .orderBy('release_number')
    .select('release_number', 'version', 'state', 'outcome', 'amount');
  const lines = await db('blanket_line as l')
    .join('blanket as b', 'b.id', 'l.blanket_id')
    .where({ po_number: po })
    .select(db.raw('trim_scale(committed)::text as committed, trim_scale(released)::text as released'));
  const about = (text: string) => text.includes(`${po} `) || text.includes(`${po}:`);
  const changes = (await listChanges(desk)).filter(about);
  const answers = (await listAnswers(desk)).filter(about).toSorted();
  const withoutNumber = (text: string) => text.replace(po, 'BK');
  return { orders, lines, changes: changes.map(withoutNumber), answers: answers.map(withoutNumber) };
}

function* listArrivals(count: number): Generator<readonly Name[]> {
  let state = 860;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  for (let n = 0; n < count; n += 1) {
    const names: Name[] = [...NAMES];
    for (let i = names.length - 1; i > 0; i -= 1) {
      const j = random(i + 1);
      [names[i], names[j]] = [names[j]!, names[i]!];
    }
    yield names;
  }
}

const ALL = [...listArrivals(120)];
const isBefore = (names: readonly Name[], one: Name, other: Name) =>
  names.indexOf(one) < names.indexOf(other);
/** Orders of arrival in which a release does not outrun its blanket. */
const ARRIVALS = ALL.filter((names) => isBefore(names, 'blanket', 'release')).slice(0, 30);

const WAYS = ['file by file', 'as a backlog', 'in one file'] as const;

for (const way of WAYS)
  test(`an order, two changes, a release and its cancellation end alike in 30 random arrival orders, ${way}`, async (t) => {
    const desk = await openDesk(t, { master });
    const post = openPost('alpha');
    const ends: object[] = [];
    for (const names of [NAMES, ...ARRIVALS]) {
      const po = `BK-${ends.length}`;
      const documents = makeDocuments(po);
      const sent = names.map((name) => documents[name]);
      const files = way === 'in one file' ? [sent] : sent.map((one) => [one]);

      for (const file of files) {
        await desk.receive('alpha', post.file(...file));
        if (way === 'file by file') await desk.drain('alpha');
      }
      await desk.drain('alpha');

      ends.push(await describeEnd(desk, po));
      t.deepEqual(ends.at(-1), ends[0], names.join(', '));
    }
    t.deepEqual(ends[0], {
      orders: [
        { release_number: '', version: 3, state: 'open', outcome: 'accepted', amount: null },
        { release_number: 'R1', version: 2, state: 'cancelled', outcome: 'rejected', amount: null },
      ],
      lines: [{ committed: '150', released: '0' }],
      changes: ['BK 1 applied', 'BK 1 applied', 'BK 2 applied'],
      answers: ['855 AD BK R1: IA', '855 AD BK: IA', '865 AT BK R1: ID', '865 AT BK: IA', '865 AT BK: IA'],
    });
    t.true(new Set(ARRIVALS.map((names) => names.join())).size > 20);
    await assertDesk(t, desk);
  });

test('a release before its blanket waits, and is booked when the blanket comes', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  const { blanket, release } = makeDocuments('BK-1');

  await desk.send('alpha', post.file(release));
  await desk.send('alpha', post.file(blanket));

  t.deepEqual(await listAnswers(desk), ['855 AH BK-1 R1: IH', '855 AD BK-1: IA', '865  BK-1 R1: IA']);
  t.deepEqual(
    (await desk.exceptions('alpha')).filter(({ state }) => state === 'open'),
    [],
  );
  await assertDesk(t, desk);
});
