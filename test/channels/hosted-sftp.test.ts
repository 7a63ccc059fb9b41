import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import ssh2, { type SFTPWrapper } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import { makeEd25519Key } from '../../src/channels/ed25519-key.ts';
import { Admission, keyAddress } from '../../src/channels/hosted-sftp/admission.ts';
import { loadHostKeys } from '../../src/channels/hosted-sftp/host-keys.ts';
import { defaultLimits } from '../../src/channels/hosted-sftp/limits.ts';
import { parsePublicKey } from '../../src/channels/hosted-sftp/login.ts';
import { MailboxRefusal } from '../../src/channels/hosted-sftp/mailbox.ts';
import { createClient, generateKeyPairSync, startTestServer } from '../support/sftp-hosted.ts';
import { startCuttingProxy } from '../support/sftp-proxy.ts';

/** ssh2's own client below the wrapper, for requests that the wrapper would not make. */
function rawOf(client: SftpClient): SFTPWrapper {
  return Reflect.get(client, 'sftp') as SFTPWrapper;
}

type Failure = (Error & { code?: unknown }) | null | undefined;

/** The status that a request is answered with, and its text. */
function statusOf(start: (done: (error: Failure) => void) => unknown): Promise<string> {
  return new Promise((resolve) => {
    start((error) => resolve(error ? `${error.code} ${error.message}` : 'OK'));
  });
}

function openRaw(raw: SFTPWrapper, path: string, mode: 'r' | 'w' | 'a' | 'wx' | 'r+'): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    raw.open(path, mode, (error, handle) => (error ? reject(error) : resolve(handle)));
  });
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function whenClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}

test('an upload answers OK only after the commit', async (t) => {
  const { mailbox, connect } = await startTestServer(t);
  const client = await connect();
  const commit = deferred();
  const begun = deferred();
  mailbox.beforeCommit = () => {
    begun.resolve();
    return commit.promise;
  };
  let answered = false;

  const put = client.put(Buffer.from('ISA*00~'), '/inbound/po.edi').then(() => {
    answered = true;
  });
  await begun.promise;
  // Another answer on the same connection: what was due before it would have come.
  await client.list('/outbound');
  t.false(answered);
  commit.resolve();
  await put;

  t.deepEqual(
    mailbox.received.map(({ partner, name, bytes, remote }) => [
      partner,
      name,
      Buffer.from(bytes).toString(),
      remote,
    ]),
    [['acme', 'po.edi', 'ISA*00~', '127.0.0.1']],
  );
});

test('an upload that is not stored fails at the client, and says only what is meant for it', async (t) => {
  const { mailbox, connect } = await startTestServer(t);
  const client = await connect();
  mailbox.beforeCommit = () => Promise.reject(new Error('database password is 1234'));
  const hidden = await t.throwsAsync(client.put(Buffer.from('x'), '/inbound/po.edi'));
  mailbox.beforeCommit = () => Promise.reject(new MailboxRefusal('the partner is suspended'));
  const shown = await t.throwsAsync(client.put(Buffer.from('x'), '/inbound/po.edi'));

  t.notRegex(hidden.message, /1234/);
  t.regex(hidden.message, /could not be stored/);
  t.regex(shown.message, /the partner is suspended/);
  t.is(mailbox.received.length, 0);
});

test('an upload whose connection is cut is never received', async (t) => {
  const { mailbox, connect, server } = await startTestServer(t);
  const client = await connect();
  const raw = rawOf(client);
  const handle = await openRaw(raw, '/inbound/po.edi', 'w');
  await statusOf((done) => raw.write(handle, Buffer.alloc(1000), 0, 1000, 0, done));
  const held = await openRaw(raw, '/inbound/po2.edi.part', 'w');
  await statusOf((done) => raw.write(held, Buffer.alloc(1000), 0, 1000, 0, done));
  t.is(await statusOf((done) => raw.close(held, done)), 'OK');

  await client.end();
  await server.stop();

  t.deepEqual(mailbox.received, []);
});

test('uploads cut at any byte arrive whole or not at all', async (t) => {
  const { mailbox, server, keys } = await startTestServer(t);
  const proxy = await startCuttingProxy(server.port);
  t.teardown(proxy.stop);
  const bytes = randomBytes(60_000);
  for (let round = 0; round < 20; round += 1) {
    proxy.cutAfter = 500 + Math.floor(Math.random() * 66_000);
    const client = createClient(t);
    const settings = { host: '127.0.0.1', port: proxy.port, username: 'acme', privateKey: keys.acme };
    const name = round % 2 === 0 ? `/inbound/${round}.edi` : `/inbound/${round}.edi.part`;
    await client
      .connect(settings)
      .then(() => client.put(bytes, name))
      .then(() => client.rename(name, `/inbound/${round}.edi`))
      .catch(() => undefined);
  }
  await server.stop();

  t.true(mailbox.received.length < 20);
  for (const file of mailbox.received) t.true(bytes.equals(file.bytes), file.name);
});

test('names that could lead anywhere are refused or mean nothing', async (t) => {
  const { mailbox, connect, folder } = await startTestServer(t);
  const raw = rawOf(await connect());
  const open = (path: string) => statusOf((done) => raw.open(path, 'w', done));

  for (const path of [
    '/etc/passwd',
    'x.edi',
    '/inbound/../../etc/passwd',
    '/inbound/../x',
    '/outbound/x',
    '/archive/x',
    '/inbound/a/b',
    '/inbound/..\\..\\x',
    '/inbound/a\0b',
    '/inbound/a\nb',
    '/inbound/a\u202eb',
    `/inbound/${'x'.repeat(256)}`,
    `/inbound/${'x'.repeat(4096)}`,
    '/inbound',
    '/inbound/..',
    '',
  ]) {
    t.not(await open(path), 'OK', JSON.stringify(path.slice(0, 40)));
  }
  t.is(await open('//inbound/./../inbound/ok.edi'), 'OK');

  t.deepEqual(mailbox.received, []);
  t.deepEqual(await readdir(folder), ['scratch']);
});

test('realpath never leaves the tree', async (t) => {
  const { connect } = await startTestServer(t);
  const client = await connect();

  t.is(await client.realPath('.'), '/');
  t.is(await client.realPath('../../..'), '/');
  t.is(await client.realPath('inbound/../../outbound//./x'), '/outbound/x');
});

test('links, folders and attributes are denied', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  mailbox.put('outbound', 'acme', '855.edi', Buffer.from('x'));
  const raw = rawOf(await connect());

  t.regex(await statusOf((done) => raw.symlink('/etc/passwd', '/inbound/link', done)), /^3 /);
  t.regex(await statusOf((done) => raw.readlink('/outbound/855.edi', done)), /^3 /);
  t.regex(await statusOf((done) => raw.mkdir('/inbound/new', done)), /^3 /);
  t.regex(await statusOf((done) => raw.rmdir('/inbound', done)), /^3 /);
  t.regex(await statusOf((done) => raw.setstat('/outbound/855.edi', { mode: 0o777 }, done)), /^3 /);
  t.regex(await statusOf((done) => raw.setstat('/inbound', { mode: 0o777 }, done)), /^3 /);
  t.regex(await statusOf((done) => raw.rename('/outbound/855.edi', '/inbound/855.edi', done)), /^3 /);
  t.regex(await statusOf((done) => raw.unlink('/archive/x', done)), /^3 /);
});

test('times and permissions of what was just sent are accepted and ignored', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  const client = await connect();
  const raw = rawOf(client);
  const handle = await openRaw(raw, '/inbound/po.edi', 'w');
  t.is(await statusOf((done) => raw.fsetstat(handle, { mode: 0o600, atime: 1, mtime: 1 }, done)), 'OK');
  t.is(await statusOf((done) => raw.close(handle, done)), 'OK');

  t.is(await statusOf((done) => raw.setstat('/inbound/po.edi', { mode: 0o600 }, done)), 'OK');
  t.regex(await statusOf((done) => raw.setstat('/inbound/po.edi', { size: 0 }, done)), /^3 /);
  t.is((await client.stat('/inbound/po.edi')).size, 0);
  t.is(mailbox.received.length, 1);
});

test('a write far beyond the quota costs nothing and spoils the file', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  const raw = rawOf(await connect());
  const handle = await openRaw(raw, '/inbound/po.edi', 'w');
  const before = process.memoryUsage().rss;

  const far = await statusOf((done) => raw.write(handle, Buffer.alloc(10), 0, 10, 2 ** 40, done));

  t.regex(far, /^4 Quota exceeded/);
  t.true(process.memoryUsage().rss - before < 50_000_000);
  t.regex(await statusOf((done) => raw.close(handle, done)), /^4 /);
  t.deepEqual(mailbox.received, []);
});

test('gaps are refused, writes out of order are not', async (t) => {
  const { connect, mailbox } = await startTestServer(t, { aheadBytes: 100, memoryBytes: 15 });
  const raw = rawOf(await connect());
  const write = (handle: Buffer, text: string, at: number) =>
    statusOf((done) => raw.write(handle, Buffer.from(text), 0, text.length, at, done));
  const ordered = await openRaw(raw, '/inbound/a.edi', 'w');
  const gap = await openRaw(raw, '/inbound/b.edi', 'w');
  const wide = await openRaw(raw, '/inbound/c.edi', 'w');

  for (const [text, at] of [
    ['67890', 5],
    ['fghij', 15],
    ['12345', 0],
    ['abcde', 10],
    ['B', 11],
  ] as const) {
    t.is(await write(ordered, text, at), 'OK');
  }
  t.is(await statusOf((done) => raw.close(ordered, done)), 'OK');
  t.is(await write(gap, 'x', 50), 'OK');
  t.regex(await statusOf((done) => raw.close(gap, done)), /gap/);
  t.regex(await write(wide, 'x', 101), /gap/);

  t.deepEqual(
    mailbox.received.map((file) => Buffer.from(file.bytes).toString()),
    ['1234567890aBcdefghij'],
  );
});

test('a file over the greatest size is refused and not received', async (t) => {
  const { connect, mailbox } = await startTestServer(t, { fileBytes: 50_000 });
  const client = await connect();

  await t.throwsAsync(client.put(Buffer.alloc(50_001), '/inbound/po.edi'), { message: /Quota exceeded/ });
  await client.put(Buffer.alloc(50_000), '/inbound/po.edi');

  t.is(mailbox.received.length, 1);
});

test('an upload under a temporary name counts once it is renamed', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  const client = await connect();
  for (const name of ['.po.edi.part', 'po.tmp', 'po.filepart']) {
    await client.put(Buffer.from(name), `/inbound/${name}`);
    t.is((await client.stat(`/inbound/${name}`)).size, name.length);
    t.is(mailbox.received.length, 0);
    mailbox.beforeCommit = () => Promise.reject(new Error('disk full'));
    await t.throwsAsync(client.rename(`/inbound/${name}`, '/inbound/po.edi'));
    mailbox.beforeCommit = async () => undefined;
    await client.rename(`/inbound/${name}`, '/inbound/po.edi');

    t.deepEqual(
      mailbox.received.splice(0).map((file) => [file.name, Buffer.from(file.bytes).toString()]),
      [['po.edi', name]],
    );
  }
});

test('renaming what was received in the session is only a label', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  const client = await connect();
  await client.put(Buffer.from('x'), '/inbound/uploading-po.edi');

  await client.rename('/inbound/uploading-po.edi', '/inbound/po.edi');

  t.is(mailbox.received.length, 1);
  await t.throwsAsync(client.rename('/inbound/po.edi', '/outbound/po.edi'));
  await t.throwsAsync(client.rename('/inbound/unknown.edi', '/inbound/po.edi'));
});

test('a file that is opened and closed untouched is no new version', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  const client = await connect();
  await client.put(Buffer.from('x'), '/inbound/po.edi');
  const raw = rawOf(client);

  const handle = await openRaw(raw, '/inbound/po.edi', 'r+');
  t.is(await statusOf((done) => raw.close(handle, done)), 'OK');
  t.regex(await statusOf((done) => raw.open('/inbound/po.edi', 'a', done)), /received already/);
  t.regex(await statusOf((done) => raw.open('/inbound/po.edi', 'wx', done)), /exists/);
  t.regex(await statusOf((done) => raw.open('/inbound/po.edi', 'r', done)), /^3 /);

  t.is(mailbox.received.length, 1);
});

test('20 MB go both ways unchanged, with pipelined requests', async (t) => {
  const { connect, mailbox, folder } = await startTestServer(t);
  const client = await connect();
  const bytes = randomBytes(20 * 1024 * 1024);
  await writeFile(join(folder, 'big.up'), bytes);
  mailbox.put('outbound', 'acme', 'big.edi', bytes);

  await client.fastPut(join(folder, 'big.up'), '/inbound/big.edi');
  await client.fastGet('/outbound/big.edi', join(folder, 'big.down'));

  t.true(bytes.equals(mailbox.received[0]?.bytes ?? Buffer.alloc(0)));
  t.true(bytes.equals(await readFile(join(folder, 'big.down'))));
  t.deepEqual(mailbox.fetchedNames, ['acme/big.edi']);
  t.deepEqual(await readdir(join(folder, 'scratch')), []);
});

test('a file counts as fetched only when it was read to its end', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  mailbox.put('outbound', 'acme', '855.edi', Buffer.alloc(100_000, 'x'));
  mailbox.put('archive', 'acme', 'old.edi', Buffer.from('old'));
  const client = await connect();
  const raw = rawOf(client);
  const handle = await openRaw(raw, '/outbound/855.edi', 'r');
  await statusOf((done) => raw.read(handle, Buffer.alloc(1000), 0, 1000, 0, (error) => done(error)));
  await statusOf((done) => raw.read(handle, Buffer.alloc(1000), 0, 1000, 99_000, (error) => done(error)));
  await statusOf((done) => raw.close(handle, done));
  await client.get('/archive/old.edi');
  t.deepEqual(mailbox.fetchedNames, []);

  t.is(((await client.get('/outbound/855.edi')) as Buffer).length, 100_000);
  await client.delete('/outbound/855.edi');

  t.deepEqual(mailbox.fetchedNames, ['acme/855.edi']);
  t.deepEqual(await client.list('/outbound'), []);
  await t.throwsAsync(client.delete('/archive/old.edi'));
});

test('two partners cannot see each other', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  mailbox.put('outbound', 'acme', 'secret.edi', Buffer.from('acme only'));
  const acme = await connect('acme');
  const globex = await connect('globex');
  await acme.put(Buffer.from('x'), '/inbound/order.edi');

  for (const folder of ['/inbound', '/outbound', '/archive']) t.deepEqual(await globex.list(folder), []);
  await t.throwsAsync(globex.get('/outbound/secret.edi'));
  await t.throwsAsync(globex.delete('/outbound/secret.edi'));
  await t.throwsAsync(globex.stat('/inbound/order.edi'));

  t.is((await acme.list('/outbound')).length, 1);
});

test('listings look like those of OpenSSH and come in pages', async (t) => {
  const { connect, mailbox } = await startTestServer(t);
  for (let number = 0; number < 200; number += 1) {
    mailbox.put('outbound', 'acme', `855_${number}.edi`, Buffer.alloc(number));
  }
  const client = await connect();

  const files = await client.list('/outbound');

  t.is(files.length, 200);
  t.is(new Set(files.map((file) => file.name)).size, 200);
  t.true(files.every((file) => file.type === '-' && file.rights.user === 'rw'));
  t.deepEqual(
    (await client.list('/')).map((file) => [file.name, file.type]),
    [
      ['archive', 'd'],
      ['inbound', 'd'],
      ['outbound', 'd'],
    ],
  );
});

test('open handles are limited', async (t) => {
  const { connect } = await startTestServer(t, { handles: 4 });
  const raw = rawOf(await connect());
  const open = (number: number) => statusOf((done) => raw.open(`/inbound/${number}`, 'w', done));

  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(open));

  t.is(answers.filter((answer) => answer === 'OK').length, 4);
});

test('a partner that is removed loses its open session', async (t) => {
  const { connect, accounts } = await startTestServer(t);
  const client = await connect();
  accounts.delete('acme');

  await client.list('/').catch(() => undefined);

  await t.throwsAsync(client.list('/outbound'));
});

async function tryPasswords(
  t: ExecutionContext,
  port: number,
  username: string,
  count: number,
): Promise<number> {
  const client = new ssh2.Client();
  t.teardown(() => client.destroy());
  let tries = 0;
  return new Promise((resolve) => {
    client.on('error', () => undefined);
    client.on('close', () => resolve(tries));
    client.connect({
      host: '127.0.0.1',
      port,
      username,
      authHandler: (_left, _partial, next) => {
        if (tries >= count) return next(false as never);
        tries += 1;
        next({ type: 'password', username, password: `guess ${tries}` });
      },
    });
  });
}

test('guessing passwords is cut at three, and then the address is banned for a while', async (t) => {
  const { server, connect } = await startTestServer(t, { banLoopback: true, banAfter: 6 });

  t.is(await tryPasswords(t, server.port, 'acme', 200), 3);
  await t.notThrowsAsync(connect().then(() => undefined));
  t.is(await tryPasswords(t, server.port, 'nobody', 200), 3);

  t.is(await tryPasswords(t, server.port, 'acme', 200), 0);
  await t.throwsAsync(connect().then(() => undefined));
});

test('bans grow, end, and are forgotten', (t) => {
  let now = 0;
  const limits = {
    ...defaultLimits,
    banAfter: 2,
    ban: 10,
    longestBan: 30,
    banWindow: 1000,
    banLoopback: false,
  };
  const admission = new Admission(limits, () => now);
  const failTwice = (address: string) => [admission.recordFailure(address), admission.recordFailure(address)];

  t.deepEqual(failTwice('192.0.2.1'), [0, 10]);
  t.true(admission.isBanned('::ffff:192.0.2.1'));
  now = 10;
  t.false(admission.isBanned('192.0.2.1'));
  t.deepEqual(failTwice('192.0.2.1'), [0, 20]);
  t.deepEqual(failTwice('192.0.2.1'), [0, 30]);
  now = 1000;
  t.deepEqual(failTwice('192.0.2.1'), [0, 10]);
  t.deepEqual(failTwice('127.0.0.1'), [0, 0]);
  t.is(keyAddress('2001:db8::1'), keyAddress('2001:DB8:0:0:ffff::2'));
  t.not(keyAddress('2001:db8::1'), keyAddress('2001:db8:0:1::1'));
});

test('the right password and every kind of key enter; others do not', async (t) => {
  const { server, accounts } = await startTestServer(t);
  const rsa = generateKeyPairSync('rsa', { bits: 2048 });
  const other = makeEd25519Key();
  accounts.set('initech', { partner: 'initech', keys: [parsePublicKey(rsa.public)] });
  const enter = async (settings: { username: string; password?: string; privateKey?: string }) => {
    const client = createClient(t);
    await client.connect({ host: '127.0.0.1', port: server.port, ...settings });
    return client.list('/');
  };

  t.is((await enter({ username: 'acme', password: 'open sesame' })).length, 3);
  t.is((await enter({ username: 'initech', privateKey: rsa.private })).length, 3);
  await t.throwsAsync(enter({ username: 'acme', password: 'open sesame ' }));
  await t.throwsAsync(enter({ username: 'acme', privateKey: other.private }));
  await t.throwsAsync(enter({ username: 'globex', password: '' }));
  await t.throwsAsync(enter({ username: '', password: '' }));
});

test('a public key without its private half does not enter', async (t) => {
  const { server, keys } = await startTestServer(t);
  const key = ssh2.utils.parseKey(keys.acme);
  if (key instanceof Error) throw key;
  // Offers acme's key, which the server knows, and signs with another one.
  let signed = false;
  const other = ssh2.utils.parseKey(makeEd25519Key().private);
  if (other instanceof Error) throw other;
  const forged = Object.create(key, {
    sign: {
      value: (data: Buffer) => {
        signed = true;
        return other.sign(data);
      },
    },
  });
  const client = new ssh2.Client();
  const outcome = await new Promise<string>((resolve) => {
    client.on('ready', () => resolve('in'));
    client.on('error', (error) => resolve(error.message));
    client.on('close', () => resolve('closed'));
    let offered = false;
    client.connect({
      host: '127.0.0.1',
      port: server.port,
      username: 'acme',
      authHandler: (_left, _partial, next) => {
        next(offered ? (false as never) : { type: 'publickey', username: 'acme', key: forged });
        offered = true;
      },
    });
  });
  client.destroy();

  t.true(signed);
  t.not(outcome, 'in');
});

test('no shell, no commands, no forwarding', async (t) => {
  const { server, keys } = await startTestServer(t);
  const client = new ssh2.Client();
  t.teardown(() => client.destroy());
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    client.on('ready', () => resolve());
    client.connect({ host: '127.0.0.1', port: server.port, username: 'acme', privateKey: keys.acme });
  });
  const refused = (start: (done: (error?: Error) => void) => unknown) =>
    new Promise<boolean>((resolve) => start((error) => resolve(error instanceof Error)));

  t.true(await refused((done) => client.exec('id', done)));
  t.true(await refused((done) => client.shell(done)));
  t.true(await refused((done) => client.subsys('netconf', done)));
  t.true(await refused((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, done)));
  t.true(await refused((done) => client.forwardIn('127.0.0.1', 0, done)));
});

test('garbage on the port harms nobody', async (t) => {
  const { server, connect, mailbox } = await startTestServer(t, { loginTime: 500 });
  const greetings = ['', 'SSH-2.0-x\r\n', 'GET / HTTP/1.1\r\n\r\n', 'SSH-1.0-old\r\n'];
  const sockets = Array.from({ length: 40 }, (_, number) => {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.write(greetings[number % greetings.length] ?? '');
    socket.write(randomBytes(5000));
    return socket;
  });
  await Promise.all(sockets.map(whenClosed));

  const client = await connect();
  await client.put(Buffer.from('x'), '/inbound/po.edi');

  t.is(mailbox.received.length, 1);
});

test('garbage inside the SFTP channel ends that connection only', async (t) => {
  const { server, connect, keys } = await startTestServer(t);
  for (const garbage of [
    Buffer.alloc(4),
    Buffer.alloc(64, 0xff),
    Buffer.from([0, 0, 0, 5, 3, 0, 0, 0, 1, 0, 0, 0]),
  ]) {
    const client = new ssh2.Client();
    client.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => {
      client.on('close', () => resolve());
    });
    client.on('ready', () => {
      client.subsys('sftp', (_error, channel) => {
        channel.on('error', () => undefined);
        channel.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]));
        channel.write(garbage);
      });
    });
    client.connect({ host: '127.0.0.1', port: server.port, username: 'acme', privateKey: keys.acme });
    await closed;
  }

  t.is((await (await connect()).list('/')).length, 3);
});

test('500 idle sockets are gone after the log-in time and an honest upload gets through', async (t) => {
  const { server, connect, mailbox } = await startTestServer(t, { loginTime: 3000 });
  const sockets = Array.from({ length: 500 }, () => connectTcp(server.port, '127.0.0.1'));
  const gone = Promise.all(sockets.map(whenClosed));
  await new Promise<void>((resolve) => sockets.at(-1)?.once('connect', () => resolve()));

  const client = await connect();
  await client.put(Buffer.from('x'), '/inbound/po.edi');
  t.is(mailbox.received.length, 1);
  await gone;

  t.is((await client.list('/')).length, 3);
});

test('connections of one user are limited', async (t) => {
  const { connect } = await startTestServer(t, { connectionsPerUser: 1 });
  await connect('acme');

  await t.throwsAsync(connect('acme').then(() => undefined));
  await t.notThrowsAsync(connect('globex').then(() => undefined));
});

test('an idle connection ends, one that waits for a commit does not', async (t) => {
  const { connect, mailbox } = await startTestServer(t, { idleTime: 1500 });
  const commit = deferred();
  mailbox.beforeCommit = () => commit.promise;
  const busy = await connect('acme');
  const put = busy.put(Buffer.from('x'), '/inbound/po.edi');
  const idle = await connect('globex');

  await new Promise<void>((resolve) => idle.on('close', () => resolve()));
  commit.resolve();

  await t.notThrowsAsync(put);
});

test('stopping lets a commit in flight answer', async (t) => {
  const { connect, mailbox, server } = await startTestServer(t);
  const client = await connect();
  const commit = deferred();
  const begun = deferred();
  mailbox.beforeCommit = () => {
    begun.resolve();
    return commit.promise;
  };
  const put = client.put(Buffer.from('x'), '/inbound/po.edi');
  await begun.promise;

  const stopped = server.stop(10_000);
  commit.resolve();

  await t.notThrowsAsync(put);
  await stopped;
  await t.throwsAsync(connect().then(() => undefined));
});

test('stopping does not wait for ever', async (t) => {
  const { connect, mailbox, server } = await startTestServer(t);
  const client = await connect();
  const begun = deferred();
  mailbox.beforeCommit = () => {
    begun.resolve();
    return new Promise(() => undefined);
  };
  const put = t.throwsAsync(client.put(Buffer.from('x'), '/inbound/po.edi'));
  await begun.promise;

  await server.stop(50);

  await put;
});

test('host keys are made once, kept private, and refused when broken', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-keys-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));

  const made = await loadHostKeys(join(folder, 'data'));
  const again = await loadHostKeys(join(folder, 'data'));

  t.deepEqual(again, made);
  t.deepEqual(
    made.map((key) => key.type),
    ['ssh-ed25519', 'ssh-rsa'],
  );
  t.regex(made[0]?.fingerprint ?? '', /^SHA256:[A-Za-z0-9+/]{43}$/);
  const path = join(folder, 'data/ssh_host_ed25519_key');
  t.is((await stat(path)).mode & 0o777, 0o600);
  await chmod(path, 0o600);
  await writeFile(path, 'half a k');
  await t.throwsAsync(loadHostKeys(join(folder, 'data')), { message: /not a private key/ });
});
