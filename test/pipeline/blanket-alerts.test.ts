import test from 'ava';
import { tellBlanketAlerts } from '../../src/pipeline/blanket/tell-alerts.ts';
import { bookEntries } from '../../src/store/blankets.ts';
import { booking } from '../domain/blanket/support.ts';
import { dated, openBlankets } from '../support/blankets.ts';
import { openLanes } from '../support/gateway-lane.ts';

const DAY = 86_400_000;

test('a blanket that is nearly used up or nearly over is told to a person, once at each crossing', async (t) => {
  // Given a clock that stands at 2026-11-21
  const { context, exceptions, advance } = await openLanes(t);
  const { opened } = await openBlankets(context.db, [
    { partner: 'alpha', validTo: '2026-12-22' },
    { partner: 'alpha', validTo: undefined },
  ]);
  const draw = (quantity: string) =>
    bookEntries(context.db, dated([booking({ blanket: opened[1]!.id, quantity })]));
  const told = async () => (await exceptions('alpha')).map(({ message }) => message).sort();

  await draw('799');
  t.is(await tellBlanketAlerts(context), 0);
  await draw('1');
  advance(DAY);
  t.is(await tellBlanketAlerts(context), 2);
  const first = [
    'blanket order BK0 ends in 30 days, on 2026-12-22',
    'line 1 of blanket order BK1 has reached 80 % of its commitment: 800 of 1000 EA released, 200 left',
  ];
  t.deepEqual(await told(), first);

  // When it is given back and drawn again, and days pass without another crossing
  await draw('-100');
  await draw('150');
  advance(22 * DAY);
  t.is(await tellBlanketAlerts(context), 0);
  await draw('150');
  advance(DAY);
  t.is(await tellBlanketAlerts(context), 2);
  t.deepEqual(await told(), [
    ...first.slice(0, 1),
    'blanket order BK0 ends in 7 days, on 2026-12-22',
    'line 1 of blanket order BK1 has reached 100 % of its commitment: 1000 of 1000 EA released, 0 left',
    ...first.slice(1),
  ]);
  t.like((await exceptions('alpha'))[0], { kind: 'blanket-alert', team: 'sales' });
});
