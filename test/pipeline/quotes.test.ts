import test, { type ExecutionContext } from 'ava';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { orderByQuote } from '../../src/pipeline/on-behalf/order-quote.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { listQuotes } from '../../src/store/quotes.ts';
import { listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import { type DeskDocument, openPost, writeCancel, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const HEAD = 'number,customer,currency,valid_until,state,reuse';
const master = {
  customers: 'number,name\nalpha,Alpha\nbeta,Beta',
  quotes: [
    HEAD,
    'Q-1,alpha,USD,2026-12-31,approved,',
    'Q-2,alpha,USD,2026-12-31,open,',
    'Q-9,beta,USD,2026-12-31,approved,',
  ].join('\n'),
  'quote-lines': [
    'quote,line,item,quantity,unit,price',
    'Q-1,1,HB-1001,100,EA,3.05',
    'Q-1,2,WS-2001,500,EA,0.11',
    'Q-2,1,HB-1001,100,EA,3.05',
    'Q-9,1,HB-1001,100,EA,1.00',
  ].join('\n'),
};

/** The order, naming a quote. */
function under(quote: string, { set, body }: DeskDocument): DeskDocument {
  return { set, body: [body[0]!, `REF*Q1*${quote}`, ...body.slice(1)] };
}

const LINES = ['100 HB-1001 3.05', '500 WS-2001 0.11'];

async function listUses({ context }: Lanes, number = 'Q-1'): Promise<readonly string[]> {
  const quote = (await listQuotes(context.db)).find((one) => one.number === number);
  return quote!.uses.map(({ poNumber }) => poNumber);
}

async function listAsked(desk: Lanes): Promise<readonly string[]> {
  return (await desk.exceptions('alpha')).filter(({ state }) => state === 'open').map(({ kind }) => kind);
}

const open = (t: ExecutionContext) => openDesk(t, { master });

test('an order that names a quote has its prices, and the quote is used by it', async (t) => {
  const desk = await open(t);

  await desk.send('alpha', openPost('alpha').file(under('Q-1', writeOrder('PO-1', LINES))));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA']);
  t.deepEqual(await readLines(desk, 'PO-1'), ['100 HB-1001 3.05 IA', '500 WS-2001 0.11 IA']);
  t.deepEqual(await listUses(desk), ['PO-1']);
  await assertDesk(t, desk);
});

test('a second order may not use it: not in the same file, not in a later one', async (t) => {
  const desk = await open(t);
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(under('Q-1', writeOrder('PO-1', LINES)), under('Q-1', writeOrder('PO-2', LINES))),
  );
  await desk.send('alpha', post.file(under('Q-1', writeOrder('PO-3', LINES))));

  t.is((await readOrder(desk, 'PO-1'))?.outcome, 'accepted');
  t.is((await readOrder(desk, 'PO-2'))?.outcome, 'held');
  t.is((await readOrder(desk, 'PO-3'))?.outcome, 'held');
  t.deepEqual(await listAsked(desk), ['quote-unusable', 'quote-unusable']);
});

test('what a cancelled order had used may be used again', async (t) => {
  const desk = await open(t);
  const post = openPost('alpha');
  await desk.send('alpha', post.file(under('Q-1', writeOrder('PO-1', LINES))));

  await desk.send('alpha', post.file(writeCancel('PO-1')));
  await desk.send('alpha', post.file(under('Q-1', writeOrder('PO-2', LINES))));

  t.is((await readOrder(desk, 'PO-2'))?.outcome, 'accepted');
  t.deepEqual(await listUses(desk), ['PO-2']);
});

test('the quote of another customer is none, and is not used up', async (t) => {
  const desk = await open(t);

  await desk.send('alpha', openPost('alpha').file(under('Q-9', writeOrder('PO-1', ['100 HB-1001 1.00']))));

  t.deepEqual((await listAsked(desk)).toSorted(), ['price-outside-tolerance', 'quote-unknown']);
  t.deepEqual(await listUses(desk, 'Q-9'), []);
});

test('an order that waited for the approval of its quote is decided again by it', async (t) => {
  const desk = await open(t);
  await desk.send('alpha', openPost('alpha').file(under('Q-2', writeOrder('PO-1', ['100 HB-1001 3.05']))));
  const [asked] = await desk.exceptions('alpha');
  t.is(asked?.kind, 'quote-unusable');

  await importMasterData(desk.context, 'quotes', `${HEAD}\nQ-2,alpha,USD,2026-12-31,approved,\n`);
  const done = await chooseResolution(
    desk.context,
    { id: asked!.id, choice: 'decide-again', given: {}, by: 'ann' },
    ruleOrder,
  );

  t.is(done.kind, 'done', JSON.stringify(done));
  t.is((await readOrder(desk, 'PO-1'))?.outcome, 'accepted');
  t.deepEqual(await listAsked(desk), []);
  t.deepEqual(await listUses(desk, 'Q-2'), ['PO-1']);
});

test('an approved quote becomes an order by its number, once', async (t) => {
  const desk = await open(t);
  const order = (poNumber: string, number = 'Q-1') =>
    orderByQuote(desk.context, number, {
      poNumber,
      shipTo: 'DC12',
      requestedDelivery: '2026-12-18',
      by: 'ann',
    });

  t.deepEqual(await order('PO-1'), { kind: 'done', text: 'order PO-1 of quote Q-1 is on its way' });
  await desk.drain('alpha');

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA']);
  t.deepEqual(await readLines(desk, 'PO-1'), ['100 HB-1001 3.05 IA', '500 WS-2001 0.11 IA']);
  t.deepEqual(await listUses(desk), ['PO-1']);
  t.deepEqual(await order('PO-1', 'Q-2'), { kind: 'refused', text: 'quote Q-2 is not approved' });
  t.regex((await order('PO-2')).text, /quote Q-1 counts once, and order PO-1 has used it/);
  t.is((await order('PO-1', 'Q-77')).text, 'there is no quote Q-77');
  t.regex((await order('PO-5', 'Q-9')).text, /no active partner buys as customer beta/);
  await assertDesk(t, desk);
});

test('of two orders that are made of it at the same time one is held', async (t) => {
  const desk = await open(t);
  const order = (poNumber: string) => orderByQuote(desk.context, 'Q-1', { poNumber, by: 'ann' });

  const made = await Promise.all(['PO-1', 'PO-2'].map(order));
  await desk.drain('alpha');

  t.deepEqual(
    made.map(({ kind }) => kind),
    ['done', 'done'],
  );
  const outcomes = await Promise.all(
    ['PO-1', 'PO-2'].map(async (po) => (await readOrder(desk, po))?.outcome),
  );
  t.deepEqual(outcomes.sort(), ['accepted', 'held']);
});

test('a number that the partner has used is refused, and so is one that no 850 can say', async (t) => {
  const desk = await open(t);
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', ['1 HB-1001 3.25'])));
  const order = (poNumber: string) => orderByQuote(desk.context, 'Q-1', { poNumber, by: 'ann' });

  t.is((await order('PO-1')).text, 'alpha has an order PO-1 already');
  t.is((await order('P'.repeat(23))).kind, 'refused');
  t.deepEqual(await listUses(desk), []);
});
