import test, { type ExecutionContext } from 'ava';
import type { MailDraft } from '../../src/domain/mail/mail-record.ts';
import { mailLane } from '../../src/pipeline/mail/mail-lane.ts';
import { planMails } from '../../src/pipeline/mail/plan-mails.ts';
import { inTransaction } from '../../src/store/database.ts';
import { listMails } from '../../src/store/mail-settling.ts';
import { keepMailOrigin } from '../../src/store/mails.ts';
import { trace } from '../../src/store/trace.ts';
import { SAMPLES } from '../render/mail/sample-mails.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { type OrderSpec, writeChange, writeOrders } from '../support/gateway-orders.ts';
import { drainMails, type MailServer, startMailServer, withMail } from '../support/mail-server.ts';

const ALL =
  'order-received, order-confirmed, order-rejected, order-changed, backordered, shipped, invoice, certificate';
const yamlOf = (mails: string) =>
  `receive: { '850': {}, '860': {} }\norders: { change: { quantity: new } }\nmails: { ${mails} }\n`;
const YAML = yamlOf(`to: [Einkauf Müller <einkauf@alpha.example>], language: de, send: [${ALL}]`);

type Mails = {
  readonly server: MailServer;
  readonly lanes: Lanes;
  readonly faults: ReturnType<typeof breakStatements>;
};

async function openMails(t: ExecutionContext, yaml = YAML, settings: object = {}): Promise<Mails> {
  const server = await startMailServer(t);
  const faults = breakStatements();
  const lanes = await openLanes(t, {
    partners: { alpha: { yaml } },
    alter: (context) => withMail(faults.alter(context), server.port, settings),
  });
  return { server, lanes, faults };
}

let control = 100;

function write(po: string, over: Partial<OrderSpec> & { usage?: 'T' } = {}): Uint8Array {
  const { usage, ...spec } = over;
  control += 1;
  return writeOrders({ from: 'ZZ:ALPHA', control, orders: [{ po, ...spec }], ...(usage && { usage }) });
}

async function change({ lanes }: Mails, po: string, sequence: number, quantity: string, purpose = '04') {
  control += 1;
  await lanes.send('alpha', writeChange({ from: 'ZZ:ALPHA', control, po, sequence, quantity, purpose }));
}

/** As the lead of a shipment or an invoice would. */
async function plan({ lanes: { context } }: Mails, drafts: readonly MailDraft[]): Promise<void> {
  const { company, partners } = context.configuration();
  const telling = { company, partner: partners.get('alpha')!, ids: context.ids, now: context.clock() };
  await inTransaction(context.db, (tx) => planMails(tx, telling, drafts));
}

test('an order is told by mail from its receipt to its end, in the language of the partner', async (t) => {
  const mails = await openMails(t);
  await mails.lanes.send('alpha', write('PO-1'));
  await change(mails, 'PO-1', 1, '20');
  await change(mails, 'PO-1', 2, '20', '01');

  await drainMails(mails.lanes.context);

  const arrived = mails.server.arrived.map(({ mail }) => mail);
  t.deepEqual(
    arrived.map(({ text }) => text?.split('\n')[0]),
    [
      'Ihre Bestellung ist eingegangen',
      'Wir bestätigen Ihre Bestellung',
      'Ihre Bestellung hat sich geändert',
      'Ihre Bestellung ist storniert',
    ],
  );
  for (const { from, to, html, text } of arrived) {
    t.deepEqual(from, { name: 'Causeway Orders', address: 'orders@causeway.example' });
    t.deepEqual(to, [{ name: 'Einkauf Müller', address: 'einkauf@alpha.example' }]);
    t.true(html?.includes('HB-1001') && text?.includes('HB-1001'));
  }
  t.true(arrived[2]?.text?.includes('bisher: 10 EA'));
  await drainMails(mails.lanes.context);
  t.is(mails.server.arrived.length, 4, 'nothing is sent twice');
});

test('all mails on an order are one thread that our first one begins', async (t) => {
  const mails = await openMails(t, YAML, { 'reply-to': 'help@causeway.example' });
  await mails.lanes.send('alpha', write('PO-1'));
  await change(mails, 'PO-1', 1, '20');
  await mails.lanes.send('alpha', write('PO-2'));
  await drainMails(mails.lanes.context);

  const arrived = mails.server.arrived.map(({ mail }) => mail);
  const [first, ...later] = arrived.filter(({ subject }) => subject === 'Bestellung PO-1');
  t.is(later.length, 2);
  t.is(first?.inReplyTo, undefined);
  for (const mail of later) {
    t.is(mail.inReplyTo, first?.messageId);
    t.is(mail.references, first?.messageId);
  }
  t.is(new Set(arrived.map(({ messageId }) => messageId)).size, 5, 'each has a Message-ID of its own');
  for (const { messageId, replyTo, headers } of arrived) {
    t.regex(messageId ?? '', /^<[0-9a-f-]{36}@causeway\.example>$/);
    t.deepEqual(replyTo, [{ name: '', address: 'help@causeway.example' }]);
    t.is(headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated');
  }
});

test('an order that came by mail is answered in the thread in which the customer wrote', async (t) => {
  const mails = await openMails(t);
  const { context } = mails.lanes;
  const origin = {
    messageId: '<order-1@alpha.example>',
    references: ['<quote@alpha.example>', '<answer@causeway.example>'],
    subject: 'AW: Unsere Bestellung für Überlingen',
    sender: 'einkauf@alpha.example',
  };
  await keepMailOrigin(context.db, await mails.lanes.receive('alpha', write('PO-1')), {
    ...origin,
    automatic: false,
  });
  await keepMailOrigin(context.db, await mails.lanes.receive('alpha', write('PO-2')), {
    ...origin,
    automatic: true,
  });
  await mails.lanes.drain('alpha');
  await drainMails(context);

  const arrived = mails.server.arrived.map(({ mail }) => mail);
  const [answers, others] = [true, false].map((answer) =>
    arrived.filter((mail) => (mail.inReplyTo === origin.messageId) === answer),
  ) as [typeof arrived, typeof arrived];
  t.is(answers.length, 2);
  for (const mail of answers) {
    t.is(mail.subject, 'Re: Unsere Bestellung für Überlingen');
    t.deepEqual(mail.references?.split(' '), [...origin.references, origin.messageId]);
  }
  const subjects = others.map(({ subject, inReplyTo, messageId }) => [subject, inReplyTo ?? messageId]);
  const first = others.find(({ inReplyTo }) => inReplyTo === undefined)?.messageId;
  t.deepEqual(subjects, Array(2).fill(['Bestellung PO-2', first]), 'what a machine sent is not answered');
});

test('held, refused and repeated orders are told as they stand, and nothing of one twice', async (t) => {
  const mails = await openMails(t, yamlOf('to: [a@alpha.example]'));
  await mails.lanes.send(
    'alpha',
    write('PO-HELD', { lines: [{ quantity: '1', item: 'HB-1001', price: '1.00' }] }),
  );
  await mails.lanes.send(
    'alpha',
    write('PO-NO', { lines: [{ quantity: '1', item: 'NO-SUCH', price: '1.00' }] }),
  );
  const bytes = write('PO-1');
  await mails.lanes.send('alpha', bytes);
  await mails.lanes.send('alpha', bytes);
  await mails.lanes.send('alpha', write('PO-1'));
  await drainMails(mails.lanes.context);

  const told = mails.server.arrived.map(({ mail }) => `${mail.subject}: ${mail.text?.split('\n')[0]}`);
  t.deepEqual(told.sort(), ['Order PO-1: We confirm your order', 'Order PO-NO: We cannot supply your order']);
});

test('a mail is kept with the decision that it tells, or not at all', async (t) => {
  const mails = await openMails(t);
  mails.faults.breakNext('mail-insert', 'connection lost');
  await mails.lanes.send('alpha', write('PO-1')).catch(() => undefined);
  const { db } = mails.lanes.context;
  const count = async (table: string) => Number((await db(table).count())[0]?.['count']);
  t.deepEqual([await count('purchase_order'), await count('mail')], [0, 0]);
  mails.lanes.advance(60_000);
  await mails.lanes.drain('alpha');
  t.deepEqual([await count('purchase_order'), await count('mail')], [1, 2]);
});

test('a partner without mails costs no statement', async (t) => {
  const mails = await openMails(t, "receive: { '850': {} }\n");
  await mails.lanes.send('alpha', write('PO-1'));
  t.is(mails.faults.count('mail-threads') + mails.faults.count('mail-insert'), 0);
});

test('tests are told to nobody, or to the address that is named for them', async (t) => {
  const silent = await openMails(t);
  await silent.lanes.send('alpha', write('PO-T', { usage: 'T' }));
  t.deepEqual(await listMails(silent.lanes.context.db, {}), []);

  const named = await openMails(t, YAML, { test: 'qa@causeway.example' });
  await named.lanes.send('alpha', write('PO-T', { usage: 'T' }));
  await drainMails(named.lanes.context);
  t.deepEqual(
    named.server.arrived.map(({ to, mail }) => [to, mail.subject]),
    Array(2).fill(['qa@causeway.example', '[TEST] Bestellung PO-T']),
  );
});

test('attachments arrive whole under their names, and are kept once', async (t) => {
  const addresses = ['a', 'b', 'c', 'd'].map((name) => `${name}@alpha.example`);
  const mails = await openMails(t, yamlOf(`to: [${addresses.join(', ')}], language: de`));
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 256));
  await plan(mails, [
    {
      kind: 'invoice',
      key: 'invoice:1',
      orders: [],
      test: false,
      model: SAMPLES.invoice,
      attachments: [
        { name: 'Rechnung für Überlingen.pdf', type: 'application/pdf', bytes },
        { name: '../../etc/passwd\r\nBcc: x@y.example', type: 'application/pdf', bytes: Buffer.from('%PDF') },
      ],
    },
  ]);
  await drainMails(mails.lanes.context);

  const [invoice] = mails.server.arrived;
  t.deepEqual(mails.server.arrived.map(({ to }) => to).sort(), addresses);
  t.is(new Set(mails.server.arrived.map(({ raw }) => raw.toString())).size, 1, 'all get the same bytes');
  t.is(invoice?.mail.subject, 'Rechnung INV-2026-000042 zur Bestellung PO1000001');
  const [first, second] = invoice!.mail.attachments;
  t.is(first?.filename, 'Rechnung für Überlingen.pdf');
  t.is(first?.mimeType, 'application/pdf');
  t.deepEqual(Buffer.from(first!.content as ArrayBuffer), bytes);
  t.false(/[\r\n/]/.test(second?.filename ?? ''), 'a name leads nowhere and begins no header');
  t.false(invoice!.mail.headers.some(({ key }) => key === 'bcc'));
  t.deepEqual(await mails.lanes.context.db('mail_attachment').select('name'), []);
});

test('nothing that an order says gets into the headers or out of its place', async (t) => {
  const mails = await openMails(t, yamlOf('to: [a@alpha.example], send: [order-changed]'));
  const evil = 'X\r\nBcc: victim@b.example\r\n\r\n<script>alert(1)</script>';
  const sample = SAMPLES['order-changed'];
  await plan(mails, [
    {
      kind: 'order-changed',
      key: 'order-changed:1',
      orders: [],
      test: false,
      model: { ...sample, partner: { name: evil }, order: { ...sample.order, poNumber: evil.repeat(200) } },
    },
  ]);
  await drainMails(mails.lanes.context);

  const [{ mail, raw, to }] = mails.server.arrived as [MailServer['arrived'][number]];
  t.is(to, 'a@alpha.example');
  t.deepEqual(mail.bcc ?? [], []);
  t.true(mail.subject?.startsWith('Order X Bcc: victim@b.example'));
  t.false(mail.html?.includes('<script>'));
  const [head] = raw.toString().split('\r\n\r\n');
  t.true(
    head!.split('\r\n').every((line) => line.length <= 998),
    'RFC 5322 2.1.1',
  );
});

test('the trace of an order shows its mails, and a key makes no second mail', async (t) => {
  const mails = await openMails(t);
  await mails.lanes.send('alpha', write('PO-1'));
  const [order] = await mails.lanes.context.db('purchase_order').pluck('id');
  const draft: MailDraft = {
    kind: 'shipped',
    key: 'shipped:1:1',
    orders: [order],
    test: false,
    model: SAMPLES.shipped,
  };
  await plan(mails, [draft]);
  await plan(mails, [draft]);
  await drainMails(mails.lanes.context);

  t.is(mails.server.arrived.length, 3);
  const { entries } = await trace(mails.lanes.context.db, 'PO-1');
  const told = entries.flatMap((entry) =>
    entry.kind === 'event' && entry.event.kind === 'mail-sent' ? [entry.event.text] : [],
  );
  t.is(told.length, 3);
  t.regex(told[2] ?? '', /^mail shipped on PO-1 to Einkauf Müller <einkauf@alpha\.example> sent as <.*>$/);
});

test('a lane that is told to stop ends between two mails', async (t) => {
  const mails = await openMails(t);
  await mails.lanes.send('alpha', write('PO-1'));
  const stop = new AbortController();
  stop.abort();
  await mailLane(mails.lanes.context, stop.signal);
  t.is(mails.server.arrived.length, 0);
});
