import test from 'ava';
import { inTransaction } from '../../src/store/database.ts';
import {
  claimNextFile,
  countBacklog,
  findSameFile,
  finishFile,
  insertFile,
  lockFile,
  postponeFile,
  readFile,
  releaseFile,
} from '../../src/store/files.ts';
import { listWaitingWork } from '../../src/store/lanes.ts';
import { testDatabase } from '../support/database.ts';
import { AT, makeFile } from '../support/exchange.ts';

test('files are claimed in the order of arrival, each attempt counted before it is returned', async (t) => {
  const { db } = await testDatabase(t);
  const files = [1, 2, 3].map((n) => makeFile({ name: `${n}.edi`, bytes: Buffer.from([0, n, 255]) }));
  for (const file of files) await insertFile(db, file);
  await insertFile(db, makeFile({ partner: 'other' }));

  for (const expected of files) {
    const first = await claimNextFile(db, 'acme', AT);
    t.deepEqual(first, { kind: 'file', file: { ...expected, attempts: 1 } });
    t.like(await claimNextFile(db, 'acme', AT), { kind: 'file', file: { id: expected.id, attempts: 2 } });
    await finishFile(db, expected.id, 'done');
  }
  t.deepEqual(await claimNextFile(db, 'acme', AT), { kind: 'none' });
});

test('nothing overtakes a file that backs off', async (t) => {
  const { db } = await testDatabase(t);
  const [oldest, later] = [makeFile(), makeFile()];
  await insertFile(db, oldest);
  await insertFile(db, later);
  await postponeFile(db, oldest.id, '2026-11-21T10:05:00Z', 'a NUL \0 in the reason');

  t.deepEqual(await claimNextFile(db, 'acme', AT), { kind: 'wait', until: '2026-11-21T10:05:00Z' });
  t.deepEqual(await listWaitingWork(db, AT), []);
  const claim = await claimNextFile(db, 'acme', '2026-11-21T10:05:00Z');
  t.like(claim, { kind: 'file', file: { id: oldest.id, attempts: 1, reason: 'a NUL ␀ in the reason' } });
  t.deepEqual(await listWaitingWork(db, '2026-11-21T10:05:00Z'), [
    { kind: 'process', partner: 'acme', channel: null } as never,
  ]);
});

test('two workers that hold the same file decide it once', async (t) => {
  const { db } = await testDatabase(t);
  const file = makeFile();
  await insertFile(db, file);
  await Promise.all(Array.from({ length: 8 }, () => claimNextFile(db, 'acme', AT)));

  let decided = 0;
  const decide = () =>
    inTransaction(db, async (tx) => {
      const locked = await lockFile(tx, file.id);
      if (locked?.state !== 'received') return;
      decided += 1;
      await finishFile(tx, file.id, 'done');
    });
  await Promise.all(Array.from({ length: 8 }, decide));
  t.is(decided, 1);
  t.like(await readFile(db, file.id), { state: 'done', attempts: 8 });
});

test('what is quarantined keeps its bytes and can be released', async (t) => {
  const { db } = await testDatabase(t);
  const file = makeFile({ bytes: Buffer.alloc(3_000_000, 7) });
  await insertFile(db, file);
  await finishFile(db, file.id, 'quarantined', 'no interchange in it');
  t.like(await countBacklog(db), [{ partner: 'acme', state: 'quarantined', files: 1, oldest: AT }]);
  t.like(await findSameFile(db, 'acme', file.name, file.sha256), { id: file.id, state: 'quarantined' });
  t.true((await readFile(db, file.id))?.bytes.length === 3_000_000);

  t.true(await releaseFile(db, file.id));
  t.false(await releaseFile(db, file.id));
  t.like(await claimNextFile(db, 'acme', AT), { kind: 'file', file: { id: file.id, attempts: 1 } });
});
