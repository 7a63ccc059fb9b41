import test from 'ava';
import type { Context } from '../../src/context.ts';
import { type Desk, setUpDesk, USUAL_SEVERITY } from '../../src/domain/exception/desk.ts';
import { escalateExceptions } from '../../src/pipeline/deliver/escalate.ts';
import { makeException } from '../../src/pipeline/process/records.ts';
import { makeTasks } from '../../src/pipeline/tasks.ts';
import { raiseExceptions, resolveException } from '../../src/store/exceptions.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Raised on Saturday 2026-11-21 at 10:00: sales has from Monday 8:00 to 12:00. */
async function raise(lanes: Lanes, count = 1): Promise<string[]> {
  const { clock, ids, db, configuration } = lanes.context;
  const maker = { ids, now: clock(), partner: 'alpha', desk: configuration().desk };
  const raised = Array.from({ length: count }, (_, i) =>
    makeException(maker, 'price-missing', `order ${i}: no price`, {}, { amount: '10', line: '1' }),
  );
  await raiseExceptions(db, raised);
  return raised.map(({ id }) => id);
}

const escalations = async (lanes: Lanes) =>
  (await lanes.events('alpha')).filter(({ kind }) => kind === 'exception-escalated').map(({ text }) => text);

test('what nobody resolves is told on, each step once, with a new owner and time at the end', async (t) => {
  const lanes = await openLanes(t);
  await raise(lanes);
  const stands = async () => (await lanes.exceptions('alpha'))[0]!;
  t.like(await stands(), {
    team: 'sales',
    severity: 'low',
    line: '1',
    dueAt: '2026-11-23T12:00:00Z',
    escalateAt: '2026-11-23T10:00:00Z',
    escalated: 0,
  });

  lanes.advance(2 * DAY - 1);
  t.is(await escalateExceptions(lanes.context), 0);
  lanes.advance(1);
  t.is(await escalateExceptions(lanes.context), 1);
  t.is(await escalateExceptions(lanes.context), 0);
  t.like(await stands(), { escalated: 1, team: 'sales', severity: 'low', dueAt: '2026-11-23T12:00:00Z' });

  lanes.advance(2 * HOUR);
  t.is(await escalateExceptions(lanes.context), 1);
  t.is(await escalateExceptions(lanes.context), 0);
  t.like(await stands(), { escalated: 2, team: 'sales', severity: 'high', dueAt: '2026-11-23T16:00:00Z' });

  lanes.advance(2 * DAY + 2 * HOUR);
  t.is(await escalateExceptions(lanes.context), 1);
  const last = await stands();
  t.like(last, { escalated: 3, team: 'orders', severity: 'urgent', dueAt: '2026-11-26T09:00:00Z' });
  t.is(last.firstDueAt, '2026-11-23T12:00:00Z');
  t.is(last.escalateAt, undefined);

  lanes.advance(100 * DAY);
  t.is(await escalateExceptions(lanes.context), 0);
  t.deepEqual(await escalations(lanes), [
    'price-missing sales is reminded, unresolved for 2 working hours; due 2026-11-23 12:00 UTC: order 0: no price',
    'price-missing to the lead of sales, unresolved for 4 working hours: order 0: no price',
    'price-missing from sales to orders, unresolved for 24 working hours: order 0: no price',
  ]);
});

test('two watches at once take each step once, and steps that were missed one after the other', async (t) => {
  const lanes = await openLanes(t);
  await raise(lanes, 250);
  lanes.advance(30 * DAY);

  const taken = await Promise.all([escalateExceptions(lanes.context), escalateExceptions(lanes.context)]);

  t.is(taken[0]! + taken[1]!, 750);
  t.is((await escalations(lanes)).length, 750);
  t.is(new Set(await escalations(lanes)).size, 750);
  t.true((await lanes.exceptions('alpha')).every(({ escalated }) => escalated === 3));
});

test('what was resolved is told to nobody', async (t) => {
  const lanes = await openLanes(t);
  const [first] = await raise(lanes, 2);
  await resolveException(lanes.context.db, first!, {
    at: lanes.context.clock(),
    by: 'ann',
    resolution: 'done',
  });
  lanes.advance(2 * DAY);

  t.is(await escalateExceptions(lanes.context), 1);
});

test('settings that give more time put a step off', async (t) => {
  const more: Desk = setUpDesk({
    teams: {},
    kinds: { 'price-missing': { hours: 8 } },
    severity: USUAL_SEVERITY,
  });
  const lanes = await openLanes(t);
  await raise(lanes);
  const later: Context = {
    ...lanes.context,
    configuration: () => ({ ...lanes.context.configuration(), desk: more }),
  };

  lanes.advance(2 * DAY);
  t.is(await escalateExceptions(later), 0);
  t.like((await lanes.exceptions('alpha'))[0], { escalated: 0, escalateAt: '2026-11-23T12:00:00Z' });
  lanes.advance(2 * HOUR);
  t.is(await escalateExceptions(later), 1);
});

test('the watch of a worker escalates', async (t) => {
  const lanes = await openLanes(t);
  await raise(lanes);
  lanes.advance(2 * DAY);
  const tasks = makeTasks(lanes.context);

  await tasks['watch']!({}, { attempt: 1, signal: new AbortController().signal });

  t.is((await escalations(lanes)).length, 1);
});
