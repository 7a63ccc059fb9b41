import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { runCommand } from '../support/run-command.ts';

test('quote lists quotes, and turns an approved one into an order that is decided as any other', async (t) => {
  const { context, url, drain } = await openLanes(t);
  const { db, settings } = context;
  for (const [kind, csv] of [
    ['customers', 'number,name\nalpha,Alpha\n'],
    [
      'quotes',
      'number,customer,currency,valid_until,state\nQ-1,alpha,USD,2099-12-31,approved\nQ-2,alpha,USD,2099-12-31,open\n',
    ],
    ['quote-lines', 'quote,line,item,quantity,unit,price\nQ-1,1,HB-1001,100,EA,3.05\n'],
  ] as const)
    t.deepEqual((await importMasterData(context, kind, csv)).mistakes, []);
  const env = { DATABASE_URL: url, CAUSEWAY_PARTNERS: settings.partnersFolder };
  const quote = (...args: string[]) => runCommand(['quote', ...args], { env });

  t.is(
    (await quote()).out,
    'Q-1 for alpha: 1 line, approved, until 2099-12-31; may be used once\n' +
      'Q-2 for alpha: 0 lines, open, until 2099-12-31; may be used once\n',
  );
  t.is((await quote('order', 'Q-1')).code, 2);
  t.is((await quote('order', 'Q-1', '--po', 'PO-9', '--delivery', 'soon')).code, 2);
  const refused = await quote('order', 'Q-2', '--po', 'PO-9');
  t.deepEqual([refused.code, refused.err], [1, 'quote Q-2 is not approved\n']);

  const ordered = await quote('order', 'Q-1', '--po', 'PO-9', '--ship-to', 'DC12');
  t.deepEqual([ordered.code, ordered.out], [0, 'order PO-9 of quote Q-1 is on its way\n'], ordered.err);
  await drain('alpha');

  t.like(await db('purchase_order').first(), { po_number: 'PO-9', ship_to: 'DC12', outcome: 'accepted' });
  t.regex((await quote('--customer', 'alpha')).out, /^Q-1 .*; used by PO-9\n/);
});
