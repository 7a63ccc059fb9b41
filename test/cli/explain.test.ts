import test from 'ava';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { runCommand } from '../support/run-command.ts';

test('explain prints an order, one line of it, an element, or JSON; what is not known exits 1', async (t) => {
  const lanes = await openLanes(t);
  await lanes.send('alpha', writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'PO-1' }] }));
  const { id } = await lanes.context.db('document').where({ set: '855' }).first();
  const env = { DATABASE_URL: lanes.url, CAUSEWAY_PARTNERS: lanes.context.settings.partnersFolder };
  const run = (...args: string[]) => runCommand(['explain', ...args], { env });

  const [order, line, element, json, unknown, empty] = await Promise.all([
    run('PO-1'),
    run('PO-1', '1'),
    run(id, 'PO104', '--line', '1'),
    run('PO-1', '--json'),
    run('PO-7'),
    run(),
  ]);

  t.is(order.code, 0, order.err);
  t.regex(order.out, /^order PO-1 of ALPHA, .*accepted/);
  t.regex(order.out, /\n {2}papers {5}2026-11-21 10:00 came 850 0001/);
  t.is(line.code, 0, line.err);
  t.notRegex(line.out, /papers/);
  t.is(element.code, 0, element.err);
  t.regex(element.out, /PO1\[1\]\/PO1-04 {2}"3\.25" {2}byte \d+ {2}← lines\[0\]\.unitPrice\n/);
  const told = JSON.parse(json.out).order;
  t.like(told, { poNumber: 'PO-1', outcome: 'accepted', version: 1 });
  t.like(told.lines[0], {
    number: '1',
    answer: 'accepted as ordered',
    decision: { status: 'IA', price: '3.25' },
  });
  t.like(told.lines[0].price, { kind: 'proven', contradictions: [], proof: { ours: '3.25', rule: 'equal' } });
  t.deepEqual([unknown.code, unknown.out], [1, '']);
  t.regex(unknown.err, /there is no order PO-7; did you mean `PO-1`\?/);
  t.is(empty.code, 2);
});
