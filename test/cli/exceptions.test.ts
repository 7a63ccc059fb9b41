import type { ExecutionContext } from 'ava';
import test from 'ava';
import { raiseExceptions } from '../../src/store/exceptions.ts';
import { insertFile } from '../../src/store/files.ts';
import { saveOutcome } from '../../src/store/outcomes.ts';
import { testDatabase } from '../support/database.ts';
import { makeException, makeExchange } from '../support/exchange.ts';
import { type Ran, runCommand } from '../support/run-command.ts';

const SOON = '2999-01-01T00:00:00Z';
const PAST = '2026-11-20T10:00:00Z';

type Opened = {
  readonly run: (...args: string[]) => Promise<Ran>;
  readonly order: { readonly id: string; readonly poNumber: string };
  readonly ids: {
    readonly late: string;
    readonly soon: string;
    readonly urgent: string;
    readonly old: string;
  };
};

/** An order of acme's that waits for a price, overdue; three others that are due later. */
async function open(t: ExecutionContext, colour = false): Promise<Opened> {
  const { db, url } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(1);
  const order = outcome.orders[0]!;
  await insertFile(db, inbound);
  await saveOutcome(db, outcome);
  const late = makeException({
    kind: 'price-outside-tolerance',
    team: 'sales',
    order: order.id,
    line: '1',
    dueAt: PAST,
    message: 'line 1: too dear',
    choices: ['accept-their-price', 'reject-line'],
  });
  const soon = makeException({ dueAt: SOON, kind: 'set-not-agreed', team: 'operations', partner: 'globex' });
  const urgent = makeException({ dueAt: SOON, kind: 'credit-hold', team: 'finance', severity: 'urgent' });
  const old = makeException({ dueAt: SOON, kind: 'once-was', severity: 'low', choices: ['call them'] });
  await raiseExceptions(db, [soon, old, urgent, late]);
  const env = { DATABASE_URL: url, ...(colour ? { FORCE_COLOR: '1' } : { FORCE_COLOR: '0' }) };
  const ids = { late: late.id, soon: soon.id, urgent: urgent.id, old: old.id };
  return { run: (...args) => runCommand(['exceptions', ...args], { env }), order, ids };
}

test('what waits is listed by due time and severity, with its choices', async (t) => {
  const { run, ids, order } = await open(t);

  const { code, out } = await run();

  t.is(code, 0);
  const lines = out.trimEnd().split('\n');
  t.deepEqual(
    lines.filter((_, i) => i % 3 === 2).map((line) => line.slice(line.indexOf('['))),
    [ids.late, ids.urgent, ids.soon, ids.old].map((id) => `[${id}]`),
  );
  t.regex(
    lines[0]!,
    new RegExp(`^overdue .+ normal +acme +${order.poNumber} +price-outside-tolerance +for sales`),
  );
  t.is(lines[1], '    line 1: too dear');
  t.is(
    lines[2],
    `    choices: accept-their-price, answer-our-price, answer-with-price, reject-line  [${ids.late}]`,
  );
  t.regex(lines[9]!, /^due in .+ low +acme +– +once-was/);
  t.is(lines[11], `    choices: call them  [${ids.old}]`);
});

test('the list is narrowed by team, partner and kind, and printed as JSON', async (t) => {
  const { run, ids } = await open(t);
  const found = async (...args: string[]) => {
    const { out } = await run(...args, '--json');
    return out === ''
      ? []
      : out
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).id);
  };
  t.deepEqual(await found('--team', 'sales'), [ids.late]);
  t.deepEqual(await found('--partner', 'globex'), [ids.soon]);
  t.deepEqual(await found('--kind', 'credit-hold'), [ids.urgent]);
  t.deepEqual(await found('--kind', 'credit-hold', '--team', 'sales'), []);
  const { code, err } = await run('--kind', 'credit-hol');
  t.is(code, 2);
  t.regex(err, /did you mean `credit-hold`\?/);
});

test('what is overdue is red on a terminal', async (t) => {
  const { run } = await open(t, true);
  const red = (await run()).out.split('\n').filter((line) => line.includes('\u001b[31m'));
  t.is(red.length, 1);
  t.regex(red[0]!, /overdue .+ price-outside-tolerance/);
});

test('one is shown with the commands for each of its choices, and they resolve it', async (t) => {
  const { run, ids, order } = await open(t);

  const { out } = await run('show', ids.late);
  t.regex(out, /it means: the order's price differs from ours by more than is agreed/);
  t.true(out.includes(`npx causeway trace ${order.id} --partner acme`), out);
  t.true(out.includes(`npx causeway exceptions choose ${ids.late} answer-with-price --price …\n`), out);
  t.is(JSON.parse((await run('show', ids.late, '--json')).out).line, '1');
  t.true((await run('show', ids.old)).out.includes(`exceptions --resolve ${ids.old} --how`));

  const missing = await run('choose', ids.soon, 'by-hand');
  t.is(missing.code, 1);
  t.is(missing.err.trim(), 'by-hand needs --reason: why, for whoever asks later');
  const done = await run('choose', ids.soon, 'by-hand', '--reason', 'agreed with them');
  t.is(done.code, 0, done.err);
  t.regex((await run('show', ids.soon)).out, /resolved .+ by .+: by-hand: agreed with them/);
  t.false((await run()).out.includes(ids.soon));
});

test('it is noted how one was resolved outside; wrong calls are told', async (t) => {
  const { run, ids } = await open(t);
  t.is((await run('--resolve', ids.old, '--how', 'called them')).code, 0);
  t.is((await run('--resolve', ids.old, '--how', 'called them')).code, 1);
  t.is((await run('--resolve', ids.old)).code, 2);
  t.is((await run('show', 'x')).code, 2);
  t.is((await run('show', '00000000-0000-7000-8000-000000000000')).code, 1);
  t.is((await run('choose', ids.soon)).code, 2);
});
