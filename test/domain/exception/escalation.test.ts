import test from 'ava';
import { type Desk, setUpDesk, USUAL_DESK, USUAL_SEVERITY } from '../../../src/domain/exception/desk.ts';
import { escalatesAt, nextEscalation, type Waiting } from '../../../src/domain/exception/escalation.ts';
import { hoursUntil } from '../../../src/domain/exception/escalation-step.ts';
import { EXCEPTION_KINDS } from '../../../src/domain/exception/exception-kinds.ts';
import { addWorkingTime } from '../../../src/domain/exception/working-hours.ts';

/** Raised on a Monday when the team opens: 4 hours for sales, 8 for finance, of a day from 8 to 17 in UTC. */
const MONDAY = '2026-11-23T08:00:00.000Z';
const PRICE: Waiting = {
  kind: 'price-missing',
  at: MONDAY,
  team: 'sales',
  severity: 'low',
  dueAt: '2026-11-23T12:00:00.000Z',
  firstDueAt: '2026-11-23T12:00:00.000Z',
  escalated: 0,
};

test('after half of its time the team is reminded, and nothing else changes', (t) => {
  t.is(escalatesAt(PRICE, USUAL_DESK), '2026-11-23T10:00:00.000Z');
  t.is(nextEscalation(PRICE, '2026-11-23T09:59:59.999Z', USUAL_DESK), undefined);
  t.deepEqual(nextEscalation(PRICE, '2026-11-23T10:00:00.000Z', USUAL_DESK), {
    escalated: 1,
    team: 'sales',
    dueAt: PRICE.dueAt,
    severity: 'low',
    escalateAt: '2026-11-23T12:00:00.000Z',
    text: 'sales is reminded, unresolved for 2 working hours; due 2026-11-23 12:00 UTC',
  });
});

test('when it is due the lead gets it, and as much time again', (t) => {
  const sales = { ...USUAL_DESK.teams.get('sales')!, lead: 'Jane Roe' };
  const desk: Desk = { ...USUAL_DESK, teams: new Map([...USUAL_DESK.teams, ['sales', sales]]) };
  const reminded = { ...PRICE, escalated: 1 };

  t.is(nextEscalation(reminded, '2026-11-23T11:59:00.000Z', desk), undefined);
  t.deepEqual(nextEscalation(reminded, '2026-11-23T12:00:00.000Z', desk), {
    escalated: 2,
    team: 'sales',
    dueAt: '2026-11-23T16:00:00.000Z',
    severity: 'high',
    // 24 working hours after it was raised.
    escalateAt: '2026-11-25T14:00:00.000Z',
    text: 'to the lead of sales (Jane Roe), unresolved for 4 working hours',
  });
});

test('a credit hold older than 24 working hours goes to the next team, with time of its own', (t) => {
  const hold: Waiting = {
    ...PRICE,
    kind: 'credit-hold',
    team: 'finance',
    firstDueAt: '2026-11-23T16:00:00.000Z',
  };
  const held = { ...hold, severity: 'normal', escalated: 2 } as const;

  t.is(nextEscalation(held, '2026-11-25T13:59:59.999Z', USUAL_DESK), undefined);
  const step = nextEscalation(held, '2026-11-25T14:00:00.000Z', USUAL_DESK);
  t.like(step, {
    escalated: 3,
    team: 'sales',
    dueAt: '2026-11-26T13:00:00.000Z',
    severity: 'urgent',
    text: 'from finance to sales, unresolved for 24 working hours',
  });
  t.is(step?.escalateAt, undefined);
  t.is(nextEscalation({ ...held, escalated: 3 }, '2027-11-25T14:00:00.000Z', USUAL_DESK), undefined);
});

test('nobody is told on over a weekend', (t) => {
  const friday = { ...PRICE, at: '2026-11-27T15:00:00.000Z', dueAt: '2026-11-30T10:00:00.000Z' };
  t.is(escalatesAt(friday, USUAL_DESK), '2026-11-27T17:00:00.000Z');
  t.is(escalatesAt({ ...friday, escalated: 1 }, USUAL_DESK), '2026-11-30T10:00:00.000Z');
});

test('a kind may have steps of its own, or none', (t) => {
  const own = setUpDesk({
    teams: {},
    kinds: {
      'price-missing': { hours: 10, escalate: [{ after: '100%', to: 'finance' }] },
      'item-unknown': { escalate: [] },
    },
    severity: USUAL_SEVERITY,
  });
  t.is(escalatesAt(PRICE, own), '2026-11-24T09:00:00.000Z');
  t.like(nextEscalation(PRICE, '2026-11-24T09:00:00.000Z', own), { team: 'finance', escalateAt: undefined });
  t.is(escalatesAt({ ...PRICE, kind: 'item-unknown' }, own), undefined);
  t.is(escalatesAt({ ...PRICE, kind: 'of another version' }, own), undefined);
});

test('a kind with much time or another team has the usual steps for those', (t) => {
  const { kinds } = setUpDesk({
    teams: {},
    kinds: {
      'price-missing': { hours: 40 },
      'item-unknown': { hours: 12, team: 'finance' },
      'set-refused': { team: 'night' },
    },
    severity: USUAL_SEVERITY,
  });
  t.deepEqual(kinds['price-missing'].escalate.at(-1), { after: '200%', to: 'orders' });
  t.deepEqual(kinds['item-unknown'].escalate.at(-1), { after: '24h', to: 'sales' });
  t.deepEqual(kinds['set-refused'].escalate.at(-1), { after: '24h', to: 'orders' });
});

test('the steps of every kind come one after the other', (t) => {
  const kinds = Object.entries(USUAL_DESK.kinds);
  t.is(kinds.length, Object.keys(EXCEPTION_KINDS).length);
  for (const [kind, { hours, escalate }] of kinds) {
    const times = escalate.map(({ after }) => hoursUntil(after, hours));
    t.is(times.length, 3, kind);
    t.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      kind,
    );
    t.true(USUAL_DESK.teams.has(escalate[2]!.to), kind);
  }
});

test('what was raised is due when its kind says', (t) => {
  const { team, hours } = USUAL_DESK.kinds['price-missing'];
  t.is(addWorkingTime(MONDAY, hours, USUAL_DESK.teams.get(team)!.calendar), PRICE.dueAt);
});
