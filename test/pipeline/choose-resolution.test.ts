import test from 'ava';
import type { ExceptionKind } from '../../src/domain/exception/exception-kinds.ts';
import type { ExceptionRecord } from '../../src/domain/exchange/records.ts';
import {
  type Choosing,
  chooseResolution,
  type OrderChoice,
  type RuleOrder,
} from '../../src/pipeline/choose-resolution.ts';
import { makeException } from '../../src/pipeline/process/records.ts';
import { findException, raiseExceptions, type StoredException } from '../../src/store/exceptions.ts';
import { insertFile } from '../../src/store/files.ts';
import { makeFile } from '../support/exchange.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

const NEVER: RuleOrder = async () => {
  throw new Error('no order is decided here');
};

async function raise(
  lanes: Lanes,
  kind: ExceptionKind,
  about: Pick<ExceptionRecord, 'file' | 'document' | 'order'> = {},
  line?: string,
): Promise<string> {
  const { ids, clock, db } = lanes.context;
  const exception = makeException({ ids, now: clock(), partner: 'alpha' }, kind, 'it waits', about, { line });
  await raiseExceptions(db, [exception]);
  return exception.id;
}

const choose = (lanes: Lanes, id: string, choice: string, given: Choosing['given'] = {}, rule = NEVER) =>
  chooseResolution(lanes.context, { id, choice, given, by: 'ann' }, rule);

const find = async (lanes: Lanes, id: string) => (await findException(lanes.context.db, id))!;

test('a choice that leaves nothing to do closes the exception, with who, what and why', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'set-not-agreed');

  t.deepEqual(await choose(lanes, id, 'by-hand', { reason: 'they stop sending it' }), {
    kind: 'done',
    text: 'resolved',
  });

  t.like(await find(lanes, id), {
    state: 'resolved',
    resolvedBy: 'ann',
    resolution: 'by-hand: they stop sending it',
  });
  t.deepEqual((await lanes.events('alpha')).at(-1), {
    kind: 'exception-resolved',
    text: 'set-not-agreed resolved by ann: by-hand: they stop sending it',
  });
  const again = await choose(lanes, id, 'ignore');
  t.deepEqual(again, {
    kind: 'refused',
    messages: [`${id} was resolved at 2026-11-21T10:00 by ann: by-hand: they stop sending it`],
  });
});

test('what is wrong with a choice is told, and the exception stays open', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'item-not-allowed');

  t.deepEqual(await choose(lanes, id, 'substitute', {}), {
    kind: 'refused',
    messages: [
      'substitute needs --line: the line of the order that is meant (PO101)',
      'substitute needs --item: the number of our item',
    ],
  });
  t.is((await choose(lanes, id, 'release-hold')).kind, 'refused');
  t.is((await find(lanes, id)).state, 'open');
  const nobody = '00000000-0000-7000-8000-000000000000';
  t.deepEqual(await choose(lanes, nobody, 'ignore'), {
    kind: 'refused',
    messages: [`there is no exception ${nobody}`],
  });
});

test('a quarantined file is processed again, and only such a file', async (t) => {
  const lanes = await openLanes(t);
  const bytes = writeOrders({ from: 'ZZ:OTHER', control: 1, orders: [{ po: 'P1' }] });
  const file = await lanes.send('alpha', bytes, 'po.edi');
  t.is((await lanes.file(file)).state, 'quarantined');
  const { id } = (await lanes.exceptions('alpha')).find(({ kind }) => kind === 'interchange-refused')!;

  t.deepEqual(await choose(lanes, id, 'reprocess'), {
    kind: 'done',
    text: 'resolved; po.edi is processed again',
  });
  t.is((await lanes.file(file)).state, 'received');
  t.is((await find(lanes, id)).state, 'resolved');

  const second = await raise(lanes, 'file-quarantined', { file });
  t.deepEqual(await choose(lanes, second, 'reprocess'), {
    kind: 'refused',
    messages: ['po.edi: only a file in quarantine can be processed again'],
  });
  t.is((await find(lanes, second)).state, 'open', 'what could not be done resolves nothing');
  t.is((await lanes.events('alpha')).filter(({ kind }) => kind === 'exception-resolved').length, 1);
  const third = await raise(lanes, 'file-quarantined');
  t.deepEqual(await choose(lanes, third, 'reprocess'), {
    kind: 'refused',
    messages: ['it concerns no file: only a file in quarantine can be processed again'],
  });
});

test('what could not be delivered is delivered again', async (t) => {
  const lanes = await openLanes(t);
  const file = makeFile({ direction: 'out', partner: 'alpha', name: '855.edi', state: 'ready' });
  await insertFile(lanes.context.db, file);
  await lanes.context.db('delivery').insert({
    id: lanes.context.ids(),
    file_id: file.id,
    partner: 'alpha',
    channel: 'sftp',
    state: 'failed',
    attempts: 200,
  });
  const id = await raise(lanes, 'delivery-failed', { file: file.id });

  t.deepEqual(await choose(lanes, id, 'retry-delivery'), {
    kind: 'done',
    text: 'resolved; 855.edi is delivered again',
  });
  t.like(await lanes.context.db('delivery').where({ file_id: file.id }).first(), {
    state: 'pending',
    attempts: 0,
  });
});

test('a choice about an order goes to its decision as a ruling, which resolves or refuses', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'price-outside-tolerance', {}, '2');
  const asked: { exception: StoredException; choice: OrderChoice }[] = [];
  const answer =
    (text: string, refused?: boolean): RuleOrder =>
    async (_context, exception, choice) => {
      asked.push({ exception, choice });
      return refused === undefined ? { text } : { text, refused };
    };

  t.deepEqual(await choose(lanes, id, 'accept-their-price', {}, answer('it is closed', true)), {
    kind: 'refused',
    messages: ['it is closed'],
  });
  t.is((await find(lanes, id)).state, 'open');
  t.deepEqual(
    await choose(lanes, id, 'answer-with-price', { price: '3.20', reason: 'agreed' }, answer('855 sent')),
    { kind: 'done', text: '855 sent' },
  );
  const at = lanes.context.clock();
  t.deepEqual(
    asked.map(({ choice }) => choice),
    [
      {
        id: 'accept-their-price',
        ruling: { at, by: 'ann', reason: undefined, line: '2', choice: { kind: 'accept-their-price' } },
        resolution: { at, by: 'ann', resolution: 'accept-their-price' },
      },
      {
        id: 'answer-with-price',
        ruling: {
          at,
          by: 'ann',
          reason: 'agreed',
          line: '2',
          choice: { kind: 'answer-with-price', price: '3.20' },
        },
        resolution: { at, by: 'ann', resolution: 'answer-with-price, price 3.20: agreed' },
      },
    ],
  );
  t.is(asked[0]!.exception.id, id);
});

test('an order is decided again without a ruling', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'item-unknown');
  const rule: RuleOrder = async (_context, _exception, { id: choice, ruling }) => ({
    text: `${choice}, ${ruling === undefined ? 'no ruling' : 'a ruling'}`,
  });
  t.deepEqual(await choose(lanes, id, 'decide-again', {}, rule), {
    kind: 'done',
    text: 'decide-again, no ruling',
  });
});

test('an exception of an earlier version is resolved by what its kind offers today', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'poll-failed');
  const unknown = await raise(lanes, 'poll-failed');
  const { db } = lanes.context;
  const choices = JSON.stringify(['check the partner file', 'call the partner']);
  await db('exception').where({ id }).update({ choices });
  await db('exception').where({ id: unknown }).update({ choices, kind: 'once-was' });

  t.deepEqual(await choose(lanes, unknown, 'call the partner'), {
    kind: 'refused',
    messages: ['once-was is a kind of another version: see to it, then note how with --resolve'],
  });
  t.is((await choose(lanes, id, 'ask-partner')).kind, 'done');
});

test('of two who choose at once one is told that it is too late', async (t) => {
  const lanes = await openLanes(t);
  const id = await raise(lanes, 'document-needs-person');

  const chosen = await Promise.all([choose(lanes, id, 'ignore'), choose(lanes, id, 'ignore')]);

  t.deepEqual(chosen.map(({ kind }) => kind).toSorted(), ['done', 'refused']);
  t.is((await lanes.events('alpha')).filter(({ kind }) => kind === 'exception-resolved').length, 1);
});
