import test, { type ExecutionContext } from 'ava';
import { unpackDecision } from '../../src/domain/order/stored-decision.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { describeDocument } from '../../src/pipeline/explain/describe-document.ts';
import { describeOrder } from '../../src/pipeline/explain/describe-order.ts';
import { type Asked, explain } from '../../src/pipeline/explain/explain.ts';
import { foldLines } from '../../src/pipeline/explain/phrases.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import type { ImportKind } from '../../src/pipeline/import/kinds.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { savePartnerVersion } from '../../src/store/partner-versions.ts';
import { type LaneOptions, type Lanes, openLanes } from '../support/gateway-lane.ts';
import { type OrderSpec, writeChange, writeOrders } from '../support/gateway-orders.ts';

const ALPHA = { from: 'ZZ:ALPHA' };

async function open(
  t: ExecutionContext,
  master: Partial<Record<ImportKind, string>> = {},
  options: LaneOptions = {},
): Promise<Lanes> {
  const lanes = await openLanes(t, options);
  for (const [kind, csv] of Object.entries(master)) {
    const imported = await importMasterData(lanes.context, kind as ImportKind, csv);
    t.deepEqual(imported.mistakes, [], kind);
  }
  return lanes;
}

const order = (lanes: Lanes, spec: OrderSpec, control = 1) =>
  lanes.send('alpha', writeOrders({ ...ALPHA, control, orders: [spec] }));

/** What a person sees, in lines without the columns of their labels. */
async function tell(lanes: Lanes, asked: Asked): Promise<string[]> {
  const told = await explain(lanes.context, asked);
  if (told.kind === 'refused') return [...told.messages];
  const lines = [
    ...(told.order === undefined ? [] : describeOrder(told.order, told.only)),
    ...(told.document === undefined ? [] : describeDocument(told.document)),
  ];
  return [...lines.map((line) => line.trim().replace(/ {2,}/g, ' ')), ...told.others];
}

const documentId = async (lanes: Lanes, set: string): Promise<string> =>
  (await lanes.context.db('document').where({ set }).orderBy('id', 'desc').first()).id;

/** 3.10, from 10 on 2.95, before the partner's own price of 3.25; a list with 3.60 has not begun. */
const CONTRACT = {
  customers: 'number,name\nalpha,Alpha\n',
  agreements:
    'kind,number,version,holder,currency,valid_from\ncontract,C-77,2,alpha,USD,2026-01-01\nlist,LIST,1,,USD,2027-01-01\n',
  'price-terms':
    'agreement,version,position,item,unit,form,price,tiers\nC-77,2,1,HB-1001,EA,line-tiers,,1=3.10;10=2.95\nLIST,1,1,HB-1001,EA,fixed,3.60,\n',
} as const;

const AT_LIST = [{ quantity: '10', item: 'HB-1001', price: '3.25' }];

test('an order priced by a contract tells the price, the tier and the difference, as the 855 said it', async (t) => {
  const yaml = 'orders:\n  price: { tolerance: { percent: "1" }, outside: contract }\n';
  const lanes = await open(t, CONTRACT, { partners: { alpha: { yaml } } });
  await order(lanes, { po: 'PO-1', lines: [...AT_LIST, { quantity: '5', item: 'NO-1', price: '1.00' }] });

  const told = await tell(lanes, { what: 'PO-1' });

  t.regex(
    told[0]!,
    /^order PO-1 of ALPHA, dated 2026-01-05, for DC12, accepted with changes, 29\.5 USD in all \[[0-9a-f-]{36}\]$/,
  );
  for (const line of [
    'ordered 10 EA, 3.25 USD per EA (VP HB-1001)',
    'answered IP accepted at another price: 10 EA, 2.95 USD per EA',
    'Our price: 2.95 USD per EA, by contract C-77 version 2 row 1, in force from 2026-01-01; the order date 2026-01-05 counts.',
    'Tier: from 10 EA on 2.95 per EA; the line has 10 EA.',
    'The order says 3.25 per EA, 0.3 more than ours; 0.0295 is allowed (1 % of ours): outside tolerance.',
    '2 more considered: explain the line alone to see them.',
    'answered R2 rejected: the item is not known',
    'price no price was looked for: what stands against the line came first',
  ]) {
    t.true(told.includes(line), `${line}\nis not in\n${told.join('\n')}`);
  }
  t.false(told.some((line) => line.includes('NOT SOUND')));

  const alone = await tell(lanes, { what: 'PO-1', part: '1' });
  t.true(
    alone.includes('Also considered: customer price alpha USD row 1: 3.25 USD per EA, but goes behind.'),
    alone.join('\n'),
  );
  t.true(alone.some((line) => /^Also considered: price list LIST .*does not count.*2027-01-01/.test(line)));
  t.false(alone.some((line) => line.startsWith('line 2')));
});

const STOCK = {
  warehouses: 'id,name,destinations\nW1,Dayton,\nW2,Reno,\nW3,Lyon,FR\n',
  stock: 'item,warehouse,on_hand\nHB-1001,W1,8\nHB-1001,W2,1\n',
} as const;

test('where stock is kept, it tells what ships from where, and how the warehouses were ranked', async (t) => {
  const yaml = 'orders: { promise: stock }\n';
  const lanes = await open(t, STOCK, { partners: { alpha: { yaml } } });
  await order(lanes, { po: 'PO-1' });

  const told = await tell(lanes, { what: 'PO-1', part: '1' });

  for (const line of [
    /^ships 8 EA on 2026-11-21 from W1$/,
    /^1 EA on 2026-11-21 from W2$/,
    /^1 EA backordered, no day is known$/,
    /^warehouses W1 scores \d+, 8 at hand: whole line in stock 0, /,
    /^not W3: W3 ships to FR only/,
  ]) {
    t.true(
      told.some((one) => line.test(one)),
      `${line}\nis not in\n${told.join('\n')}`,
    );
  }
  t.false(
    told.some((line) => line.startsWith('stock now')),
    'what is reserved is what was promised',
  );

  await lanes.context.db('allocation').where({ warehouse: 'W2' }).update({ state: 'released' });
  const later = await tell(lanes, { what: 'PO-1' });
  t.true(later.includes('stock now 8 of HB-1001 reserved in W1, ships 2026-11-21'), later.join('\n'));
});

const LIMIT = { customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100,USD\n' };

test('an order held for credit tells the reckoning and who is asked; released, who released it and why', async (t) => {
  const lanes = await open(t, LIMIT);
  await order(lanes, { po: 'PO-0', lines: [{ quantity: '10', item: 'HB-1001', price: '3.25' }] });
  await order(lanes, { po: 'PO-1', lines: [{ quantity: '100', item: 'HB-1001', price: '3.25' }] }, 2);

  const held = await tell(lanes, { what: 'PO-1' });

  for (const line of [
    'because customer alpha has a credit limit of 100 USD and owes 32.5 USD: this order of 325 USD is 257.5 USD over',
    'credit today alpha owes 32.5 of its limit of 100 USD: open invoices 0, shipped and not invoiced 0, accepted and not shipped 32.5',
    'answered IH on hold: 100 EA, 3.25 USD per EA',
  ]) {
    t.true(held.includes(line), `${line}\nis not in\n${held.join('\n')}`);
  }
  t.true(held.some((line) => /^waits for finance until \S+ \S+, credit-hold \[/.test(line)));

  const waiting = (await lanes.exceptions('alpha')).find(({ kind }) => kind === 'credit-hold')!;
  const given = { reason: 'paid by wire' };
  await chooseResolution(
    lanes.context,
    { id: waiting.id, choice: 'release-hold', given, by: 'ann' },
    ruleOrder,
  );
  const released = await tell(lanes, { what: 'PO-1' });
  t.regex(released[0]!, /, version 2, accepted, 325 USD in all/);
  for (const line of [
    'people 2026-11-21 10:00 ann chose release hold: paid by wire',
    'v1 → v2 2026-11-21 10:00 decided again here, held → accepted',
    'what was ordered stayed the same',
  ]) {
    t.true(released.includes(line), `${line}\nis not in\n${released.join('\n')}`);
  }
  t.false(released.some((line) => /^(waits|credit) /.test(line)));
});

test('a changed order tells what the change changed; its first 855 is told by the version that it was made of', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  await order(lanes, { po: 'PO-1' });
  lanes.advance(60_000);
  await lanes.send('alpha', writeChange({ ...ALPHA, control: 2, po: 'PO-1', sequence: 1, quantity: '25' }));

  const told = await tell(lanes, { what: 'PO-1' });
  t.true(told.includes('line 1 quantity 10 → 25 EA'), told.join('\n'));
  t.true(told.includes('v1 → v2 2026-11-21 10:01 by 860 0001'), told.join('\n'));
  t.true(told.includes('changes 2026-11-21 10:01 change 1 applied'), told.join('\n'));

  const first = await tell(lanes, { what: await documentId(lanes, '855'), part: 'ACK02' });
  t.true(first.includes('it follows from order PO-1, version 1: accepted'), first.join('\n'));
  t.true(first.includes('answered IA accepted as ordered: 10 EA, 3.25 USD per EA'), first.join('\n'));
  const second = await tell(lanes, { what: await documentId(lanes, '865'), part: 'POC03' });
  t.true(second.includes('it follows from order PO-1, version 2: accepted'), second.join('\n'));
});

test('an order and its change that came at once are told apart', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  await lanes.receive('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1' }] }));
  await lanes.receive(
    'alpha',
    writeChange({ ...ALPHA, control: 2, po: 'PO-1', sequence: 1, quantity: '25' }),
  );
  await lanes.drain('alpha');

  const first = await tell(lanes, { what: await documentId(lanes, '855'), part: 'ACK02' });
  t.true(first.includes('it follows from order PO-1, version 1: accepted'), first.join('\n'));
  const second = await tell(lanes, { what: await documentId(lanes, '865'), part: 'POC03' });
  t.true(second.includes('it follows from order PO-1, version 2: accepted'), second.join('\n'));
});

test('a release tells what it drew on its blanket order', async (t) => {
  const lanes = await open(t);
  const text = (type: string, release: string, control: number) => {
    const bytes = writeOrders({ ...ALPHA, control, orders: [{ po: 'BK-1' }] });
    return Buffer.from(bytes.toString().replace('BEG*00*SA*BK-1**', `BEG*00*${type}*BK-1*${release}*`));
  };
  await lanes.send('alpha', text('BK', '', 1));
  await lanes.send('alpha', Buffer.from(text('RL', '3', 2).toString().replace('PO1*1*10*', 'PO1*1*4*')));

  const told = await tell(lanes, { what: 'BK-1', release: '3' });
  t.regex(told[0]!, /^order BK-1 release 3 of ALPHA, release, dated/);
  t.true(
    told.includes('blanket drew 4 EA of HB-1001 on line 1 of blanket order BK-1; now 4 of 10 are released'),
    told.join('\n'),
  );
  t.true(told.some((line) => line.includes('10 left before, 6 left now')));

  const whole = await tell(lanes, { what: 'BK-1' });
  t.regex(whole[0]!, /^order BK-1 of ALPHA, blanket, /);
  t.regex(whole.at(-1)!, /^also known: order BK-1 release 3 of alpha/);
});

test('an element that came in leads to its byte, its field, and what was decided of it', async (t) => {
  const lanes = await open(t, CONTRACT);
  const file = await order(lanes, { po: 'PO-1', lines: [...AT_LIST, ...AT_LIST] });

  for (const part of ['PO1[2]/PO1-04', 'PO104', 'PO1-04', 'lines[1].unitPrice']) {
    const line = part === 'PO104' || part === 'PO1-04' ? '2' : undefined;
    const told = await explain(lanes.context, { what: await documentId(lanes, '850'), part, line });
    t.assert(told.kind === 'explained');
    const [element, ...others] = told.kind === 'explained' ? (told.document?.elements ?? []) : [];
    t.deepEqual(others, [], part);
    t.like(element, { at: 'PO1[2]/PO1-04', text: '3.25', path: 'lines[1].unitPrice', line: '2' });
    const bytes = Buffer.from((await lanes.file(file)).bytes).toString();
    t.is(bytes.slice(element!.offset).split('*')[0], '3.25');
    t.true(bytes.slice(0, element!.offset).endsWith('~PO1*2*10*EA*'));
  }

  const told = await tell(lanes, { what: 'PO-1', part: 'PO104' });
  t.is(told.filter((line) => line.startsWith('PO1[')).length, 2, 'both lines, where none is named');
  const one = await tell(lanes, { what: 'PO-1', part: 'PO104', line: '2' });
  t.true(one.includes('answered IE price not agreed yet: 10 EA, 3.25 USD per EA'), one.join('\n'));
});

test('a price of ours leads to the decision and its proof', async (t) => {
  const yaml = 'orders:\n  price: { outside: contract }\n';
  const lanes = await open(t, CONTRACT, { partners: { alpha: { yaml } } });
  await order(lanes, { po: 'PO-1', lines: AT_LIST });

  const id = await documentId(lanes, '855');
  const told = await tell(lanes, { what: id, part: 'PO104' });
  t.regex(told[1]!, /^PO1\[1\]\/PO1-04 "2\.95" byte \d+ ← lines\[0\]\.unitPrice$/);
  t.true(told.includes('it follows from order PO-1, version 1: accepted with changes'), told.join('\n'));
  t.true(told.includes('Tier: from 10 EA on 2.95 per EA; the line has 10 EA.'));

  const whole = await tell(lanes, { what: id });
  t.regex(whole[0]!, /^order PO-1 of ALPHA/);
  t.true(whole.some((line) => /^BAK-02 "AC" byte \d+ ← type$/.test(line)));
  const unread = whole.filter((line) => line.endsWith('not read'));
  t.deepEqual(unread, [], 'every element of ours comes from somewhere');
});

test("a document is told by the partner's files of then", async (t) => {
  const lanes = await open(t);
  const plain = writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1' }] }).toString();
  const [, count] = /~SE\*(\d+)\*/.exec(plain)!;
  const bytes = plain
    .replace('~DTM*002', '~REF*CO*X9~DTM*002')
    .replace(`~SE*${count}*`, `~SE*${Number(count) + 1}*`);
  await lanes.send('alpha', Buffer.from(bytes));
  const id = await documentId(lanes, '850');
  const today = await tell(lanes, { what: id, part: 'REF02' });
  t.regex(today[1]!, /^REF-02 "X9" byte \d+ → references\[0\]\.value$/);

  const partner = lanes.context.configuration().partners.get('alpha')!;
  const files = {
    'partner.yaml': `${partner.files.get('partner.yaml')}receive: { "850": { map: 850.yaml } }\n`,
    '850.yaml': 'extends: x12/850\nchange:\n  - REF CO: [~, customerOrderNumber]\n',
  };
  const { db, clock } = lanes.context;
  await savePartnerVersion(db, { hash: 'then', partner: 'alpha', files, firstSeen: clock() });
  await db('document').where({ id }).update({ partner_version: 'then' });

  const then = await tell(lanes, { what: id, part: 'REF02' });
  t.true(
    then.some((line) => /^REF-02 "X9" byte \d+ → customerOrderNumber$/.test(line)),
    then.join('\n'),
  );
  t.true(then.includes('note: it was read otherwise then: the maps or standards have changed since'));
});

test('a proof of an older version, and one that somebody changed, are told as such', async (t) => {
  const lanes = await open(t, CONTRACT);
  await order(lanes, { po: 'PO-1', lines: [...AT_LIST, ...AT_LIST] });
  const { db } = lanes.context;
  const { decision } = await db('purchase_order').first();
  const older = unpackDecision(decision) as unknown as { lines: { proof: object }[] };
  older.lines[0]!.proof = { ours: '3.25', theirs: '3.25', basis: 'PE', rule: 'equal' };
  older.lines[1]!.proof = { ...older.lines[1]!.proof, ours: '9.99' };
  await db('purchase_order').update({ decision: JSON.stringify(older) });
  const told = await tell(lanes, { what: 'PO-1' });

  // As decisions are kept now: the second line says what is other than in the first.
  decision.lines[1].proof = { ...decision.lines[1].proof, ours: '7.77' };
  await db('purchase_order').update({ decision: JSON.stringify(decision) });
  const toldNow = await tell(lanes, { what: 'PO-1' });
  t.true(
    told.some((line) => line.startsWith('price the proof is of an older version')),
    told.join('\n'),
  );
  t.true(told.includes('NOT SOUND: ours is 9.99, and follows from the rest as 2.95'), told.join('\n'));
  t.deepEqual(
    toldNow.filter((line) => line.startsWith('NOT SOUND')),
    ['NOT SOUND: ours is 7.77, and follows from the rest as 2.95'],
  );
});

test('what is not known is told with what may have been meant', async (t) => {
  const lanes = await open(t, {}, { partners: { alpha: {}, beta: {} } });
  await order(lanes, { po: 'PO-100' });
  await order(lanes, { po: 'PO-2' }, 2);
  await lanes.send('beta', writeOrders({ from: 'ZZ:BETA', control: 1, orders: [{ po: 'PO-2' }] }));

  t.deepEqual(await tell(lanes, { what: 'PO-1000' }), ['there is no order PO-1000; did you mean `PO-100`?']);
  t.deepEqual(await tell(lanes, { what: 'PO-100', partner: 'beta' }), [
    'there is no order PO-100 of beta; known are PO-2',
  ]);
  const [first, ...orders] = await tell(lanes, { what: 'PO-2' });
  t.is(first, 'PO-2 is 2 orders: say which with --partner, or by its id');
  t.is(orders.length, 2);
  t.regex((await tell(lanes, { what: 'PO-2', partner: 'beta' }))[0]!, /^order PO-2 of BETA/);
  t.deepEqual(await tell(lanes, { what: 'PO-100', part: '7' }), [
    'order PO-100 has no line 7; did you mean `1`?',
  ]);
  t.deepEqual(await tell(lanes, { what: 'PO-100', part: 'PO114' }), [
    'nothing was sent in PO114; did you mean `PO104`?',
  ]);
  const nobody = '00000000-0000-7000-8000-000000000000';
  t.deepEqual(await tell(lanes, { what: nobody }), [`there is no order and no document ${nobody}`]);
});

test('long lines go on under their beginning, and what a partner wrote does nothing to the terminal', (t) => {
  const lines = ['line 1', `  because    ${'word '.repeat(6)}end`, '  ordered    \u001b[2J'];
  t.is(
    foldLines(lines, 30),
    [
      'line 1',
      '  because    word word word',
      '             word word word',
      '             end',
      '  ordered    \\x1b[2J',
    ].join('\n'),
  );
  t.is(foldLines(['  because    as it is']), '  because    as it is');
});
