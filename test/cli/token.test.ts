import test from 'ava';
import { findToken } from '../../src/pipeline/access/tokens.ts';
import { testDatabase } from '../support/database.ts';
import { runCommand } from '../support/run-command.ts';

test('a token is made, shown once, listed, and shut out', async (t) => {
  const { url, db } = await testDatabase(t);
  const token = (...args: string[]) => runCommand(['token', ...args], { env: { DATABASE_URL: url } });
  const find = (secret: string) => findToken({ db, clock: () => '2026-11-22T10:00:00Z' }, secret);

  const added = await token('add', 'erp', '--scope', 'feed,import');
  t.is(added.code, 0, added.err);
  const secret = added.out.trim();
  t.regex(secret, /^cw_[\w-]{43}$/);
  t.deepEqual((await find(secret))?.scopes, ['import', 'feed']);
  const [stored] = await db('api_token');
  t.false(JSON.stringify(stored).includes(secret));

  t.is((await token('add', 'erp', '--scope', 'import')).code, 1);
  t.regex((await token('list')).out, /^erp {2}import,feed {2}made \S+, used 2026-11-22T10:00\n$/);

  t.is((await token('revoke', 'erp')).code, 0);
  t.is(await find(secret), undefined);
  t.regex((await token('list')).out, /revoked/);
  t.is((await token('revoke', 'nobody')).code, 1);
});

test('a scope that there is not is a wrong call, and makes nothing', async (t) => {
  const { url, db } = await testDatabase(t);

  const ran = await runCommand(['token', 'add', 'erp', '--scope', 'imports'], { env: { DATABASE_URL: url } });

  t.is(ran.code, 2);
  t.regex(ran.err, /There is no scope "imports": expected import, shipments, feed\./);
  t.is((await db('api_token')).length, 0);
});
