import test from 'ava';
import { setUpDesk, USUAL_DESK, USUAL_SEVERITY } from '../../src/domain/exception/desk.ts';
import { makeException } from '../../src/pipeline/process/records.ts';

const ids = () => '00000000-0000-7000-8000-000000000000';

/** Sales has a day, operations an hour: office hours are 8 to 17, UTC. */
const DESK = setUpDesk({
  teams: {},
  kinds: { 'price-missing': { team: 'sales', hours: 9 }, 'set-refused': { team: 'operations', hours: 1 } },
  severity: USUAL_SEVERITY,
});
const MONDAY = '2026-01-05T09:00:00.000Z';
const FRIDAY = '2026-01-09T16:30:00.000Z';

test('exceptions of several kinds, moments and desks are each due by their own', (t) => {
  const due = (kind: 'price-missing' | 'set-refused', now: string, desk = DESK) =>
    makeException({ ids, now, partner: 'alpha', desk }, kind, 'it waits', {}).dueAt;

  for (const _twice of [1, 2]) {
    t.is(due('price-missing', MONDAY), '2026-01-06T09:00:00.000Z');
    t.is(due('set-refused', MONDAY), '2026-01-05T10:00:00.000Z');
    t.is(due('set-refused', FRIDAY), '2026-01-12T08:30:00.000Z');
    t.is(due('set-refused', MONDAY), '2026-01-05T10:00:00.000Z');
    t.not(due('price-missing', MONDAY, USUAL_DESK), due('price-missing', MONDAY));
  }
});

test('an exception of a kind says again when it escalates', (t) => {
  const raise = () =>
    makeException({ ids, now: MONDAY, partner: 'alpha', desk: DESK }, 'set-refused', 'it waits', {});
  const [first, second] = [raise(), raise()];
  t.truthy(first.escalateAt);
  t.is(second.escalateAt, first.escalateAt);
});
