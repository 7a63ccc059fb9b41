import test from 'ava';
import type { Context } from '../../src/context.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

const order = (control: number, po = `PO-${control}`, from = 'ZZ:ALPHA') =>
  writeOrders({ from, control, orders: [{ po }] });

/** A partner whose configuration makes its 850 map throw: the first times that it is asked for, or always. */
function throwFor(partner: string, times = Number.POSITIVE_INFINITY) {
  let left = times;
  return (context: Context): Context => {
    const configuration = context.configuration();
    const mapFor: typeof configuration.mapFor = (asked, set, standard) => {
      if (asked?.id === partner && set === '850' && left > 0) {
        left -= 1;
        throw new TypeError('this map cannot be read');
      }
      return configuration.mapFor(asked, set, standard);
    };
    return { ...context, configuration: () => ({ ...configuration, mapFor }) };
  };
}

/** Drains and lets the backoff pass, until the lane is empty. */
async function drainPatiently(lanes: Lanes, partner: string): Promise<number> {
  for (let rounds = 1; ; rounds += 1) {
    await lanes.drain(partner);
    const waiting = await lanes.context.db('file').where({ partner, state: 'received' });
    if (waiting.length === 0) return rounds;
    lanes.advance(60 * 60_000);
  }
}

test('a file that throws is tried five times, later and later, then set aside; the rest of its lane waits in order', async (t) => {
  // Once with the others behind it, then five times alone.
  const lanes = await openLanes(t, { alter: throwFor('alpha', 6) });
  const bad = await lanes.receive('alpha', order(1));
  for (const n of [2, 3]) await lanes.receive('alpha', order(n));

  await lanes.drain('alpha');
  t.like(await lanes.file(bad), { state: 'received', attempts: 1 });
  t.deepEqual(await lanes.outbound('alpha'), []);
  // Before its moment has come nothing happens, however often the lane is woken.
  await lanes.drain('alpha');
  t.is((await lanes.file(bad)).attempts, 1);

  const rounds = await drainPatiently(lanes, 'alpha');

  t.is(rounds, 5);
  const file = await lanes.file(bad);
  t.like(file, { state: 'quarantined', attempts: 5 });
  t.regex(file.reason ?? '', /gave up after 5 attempts.*this map cannot be read/s);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-2', 'PO-3']);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['file-quarantined'],
  );
});

test('a file whose trouble passes is answered, ahead of those that came after it', async (t) => {
  const lanes = await openLanes(t, { alter: throwFor('alpha', 2) });
  for (const n of [1, 2]) await lanes.receive('alpha', order(n));

  await drainPatiently(lanes, 'alpha');

  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1', 'PO-2']);
  t.deepEqual(await lanes.exceptions('alpha'), []);
});

test('the lane of another partner goes on while a poisoned one backs off', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} }, alter: throwFor('alpha') });
  await lanes.receive('alpha', order(1));
  await lanes.receive('beta', order(1, 'PO-1', 'ZZ:BETA'));

  await lanes.drain('alpha');
  await lanes.drain('beta');

  t.deepEqual(listAnsweredOrders(await lanes.outbound('beta')), ['PO-1']);
});

test('a file that kills the process each time is set aside without being looked at again', async (t) => {
  const lanes = await openLanes(t);
  const id = await lanes.receive('alpha', order(1));
  // What five deaths leave behind: attempts that were counted, and nothing else.
  await lanes.context.db('file').where({ id }).update({ attempts: 5 });

  await lanes.drain('alpha');

  t.like(await lanes.file(id), { state: 'quarantined' });
  t.regex((await lanes.file(id)).reason ?? '', /the process died/);
});

test('an outage of the database uses up no attempt of the file in hand', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  const id = await lanes.receive('alpha', order(1));
  for (let outage = 1; outage <= 8; outage += 1) {
    faults.breakNext('outcome-save', 'connection lost');
    await t.throwsAsync(lanes.drain('alpha'), { message: /terminated/ });
    t.like(await lanes.file(id), { state: 'received', attempts: 0 });
  }

  await lanes.drain('alpha');

  t.like(await lanes.file(id), { state: 'done', attempts: 1 });
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1']);
});

test('the attempt is given back even when the database stays away for a while', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  const id = await lanes.receive('alpha', order(1));
  faults.breakNext('outcome-save', 'connection lost');
  faults.breakNext('file-uncount', 'connection lost', 3);

  await t.throwsAsync(lanes.drain('alpha'), { message: /terminated/ });

  t.like(await lanes.file(id), { state: 'received', attempts: 0 });
});

test('a statement that runs out of time counts, for the file itself may be too much', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  const id = await lanes.receive('alpha', order(1));
  faults.breakNext('outcome-save', 'time-out', 5);

  await drainPatiently(lanes, 'alpha');

  t.like(await lanes.file(id), { state: 'quarantined', attempts: 5 });
});

test('what leaves is sound by our own rules, and its control numbers have no gap after rollbacks', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  const { standards } = lanes.context.configuration();
  for (let n = 1; n <= 10; n += 1) {
    await lanes.receive('alpha', order(n));
    // Rolled back after its control numbers were taken.
    if (n % 3 === 0) faults.breakNext('outcome-save', 'a bug');
    await drainPatiently(lanes, 'alpha');
  }

  const answers = await lanes.outbound('alpha');
  t.deepEqual(
    answers.map(({ control }) => Number(control)),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  for (const functionalId of ['FA', 'PR']) {
    const groups = answers.flatMap((answer) => answer.groups).filter((g) => g.functionalId === functionalId);
    t.deepEqual(
      groups.map(({ control }) => Number(control)),
      Array.from({ length: 10 }, (_, i) => i + 1),
    );
  }
  for (const { name, bytes } of answers) {
    for (const reading of readInterchanges(bytes, { standards })) {
      t.is(reading.kind === 'junk' ? 'junk' : reading.report.status, 'A', name);
    }
  }
});
