import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { deliverRemote } from '../../src/channels/remote-sftp/deliver.ts';
import { HostKeyChanged, RemoteFault } from '../../src/channels/remote-sftp/fault.ts';
import { type FetchedFile, pollRemote } from '../../src/channels/remote-sftp/poll.ts';
import type { RemoteSettings } from '../../src/channels/remote-sftp/settings.ts';
import { type FolderServerOptions, startFolderServer } from '../../src/demo/folder-server.ts';
import { makeHostKey, startTestServer } from '../support/sftp-hosted.ts';
import { startCuttingProxy } from '../support/sftp-proxy.ts';

async function startPartner(t: ExecutionContext, options: Partial<FolderServerOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-partner-'));
  await mkdir(join(folder, 'out'));
  await mkdir(join(folder, 'in'));
  const hostKey = makeHostKey();
  const requests: string[] = [];
  const server = await startFolderServer({
    folder,
    hostKey: hostKey.privateKey,
    user: 'us',
    password: 'pw',
    onRequest: (request, path) => requests.push(`${request} ${path}`),
    ...options,
  });
  t.teardown(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const settings: RemoteSettings = {
    host: '127.0.0.1',
    port: server.port,
    hostKey: hostKey.fingerprint,
    user: 'us',
    password: 'pw',
    fetch: '/out',
    put: '/in',
  };
  const place = async (name: string, bytes: string | Uint8Array, seconds = 1_700_000_000) => {
    await writeFile(join(folder, name), bytes);
    await utimes(join(folder, name), seconds, seconds);
  };
  return { folder, settings, requests, place };
}

function collect() {
  const files: FetchedFile[] = [];
  return { files, receive: async (file: FetchedFile) => files.push(file) };
}

const noPause = async () => undefined;

test('a poll takes complete files, oldest first, and deletes them', async (t) => {
  const { settings, place, folder } = await startPartner(t);
  await place('out/b.edi', 'second', 2000);
  await place('out/a.edi', 'third', 3000);
  await place('out/c.edi', 'first', 1000);
  for (const name of ['.hidden', 'x.tmp', 'x.part', 'x.filepart', 'empty.edi']) {
    await place(`out/${name}`, name === 'empty.edi' ? '' : 'partial');
  }
  await mkdir(join(folder, 'out/folder.edi'));
  const { files, receive } = collect();

  const result = await pollRemote(settings, [], { receive, pause: noPause });

  t.is(result.fault, undefined);
  t.deepEqual(
    files.map((file) => [file.name, Buffer.from(file.bytes).toString()]),
    [
      ['c.edi', 'first'],
      ['b.edi', 'second'],
      ['a.edi', 'third'],
    ],
  );
  t.deepEqual((await readdir(join(folder, 'out'))).sort(), [
    '.hidden',
    'empty.edi',
    'folder.edi',
    'x.filepart',
    'x.part',
    'x.tmp',
  ]);
});

test('a file is taken only when two looks find it the same', async (t) => {
  const { settings, place } = await startPartner(t);
  const { files, receive } = collect();
  await place('out/po.edi', 'ISA*00', 1000);

  const first = await pollRemote(settings, [], { receive });
  await place('out/po.edi', 'ISA*00*growing', 1001);
  const second = await pollRemote(settings, first.seen, { receive });
  t.is(files.length, 0);
  const third = await pollRemote(settings, second.seen, { receive });

  t.is(files.length, 1);
  t.is(third.taken[0]?.size, 14);
});

test('a file that grows between the two looks of one poll is left', async (t) => {
  const { settings, place } = await startPartner(t);
  const { files, receive } = collect();
  await place('out/po.edi', 'ISA', 1000);

  await pollRemote(settings, [], { receive, pause: () => place('out/po.edi', 'ISA*', 1000) });

  t.is(files.length, 0);
});

test('a file that cannot be deleted is not received twice, and its next version is', async (t) => {
  const { settings, place } = await startPartner(t, { allow: (request) => request !== 'remove' });
  const { files, receive } = collect();
  await place('out/po.edi', 'one', 1000);

  const first = await pollRemote(settings, [], { receive, pause: noPause });
  const second = await pollRemote(settings, first.seen, { receive, pause: noPause });
  t.is(files.length, 1);
  t.regex(second.left[0]?.reason ?? '', /delete/);
  await place('out/po.edi', 'two', 1000);
  await pollRemote(settings, second.seen, { receive, pause: noPause });

  t.deepEqual(
    files.map((file) => Buffer.from(file.bytes).toString()),
    ['one', 'two'],
  );
});

test('a file is deleted only after it was received', async (t) => {
  const { settings, place, folder } = await startPartner(t);
  await place('out/a.edi', 'kept', 1000);
  await place('out/b.edi', 'kept', 2000);

  const result = await pollRemote(settings, [], {
    receive: () => Promise.reject(new Error('disk full')),
    pause: noPause,
  });

  t.is(result.fault?.reason, 'receive');
  t.is(result.fault?.kind, 'transient');
  t.deepEqual(await readdir(join(folder, 'out')), ['a.edi', 'b.edi']);
});

test('files can be moved instead, also onto a name that is there', async (t) => {
  const { settings, place, folder } = await startPartner(t);
  await mkdir(join(folder, 'out/done'));
  await place('out/done/po.edi', 'old');
  await place('out/po.edi', 'new');
  const { receive } = collect();

  const result = await pollRemote({ ...settings, afterFetch: { move: 'done' } }, [], {
    receive,
    pause: noPause,
  });

  t.deepEqual(result.left, []);
  t.is((await readdir(join(folder, 'out/done'))).length, 2);
  t.is(await readFile(join(folder, 'out/done/po.edi'), 'utf8'), 'old');
});

test('one file that cannot be read does not keep the others', async (t) => {
  const { settings, place } = await startPartner(t, {
    allow: (request, path) => !(request === 'open' && path.includes('bad')),
  });
  await place('out/bad.edi', 'bad', 1000);
  await place('out/good.edi', 'good', 2000);
  await place('out/large.edi', 'too large', 3000);
  const { files, receive } = collect();

  const result = await pollRemote({ ...settings, fileBytes: 8 }, [], { receive, pause: noPause });

  t.deepEqual(
    files.map((file) => file.name),
    ['good.edi'],
  );
  t.deepEqual(
    result.left.map((file) => file.name),
    ['bad.edi', 'large.edi'],
  );
});

test('a changed host key stops polling and delivery before anything is sent', async (t) => {
  const { settings, requests } = await startPartner(t);
  const changed = { ...settings, hostKey: makeHostKey().fingerprint };
  const { receive } = collect();

  const result = await pollRemote(changed, [], { receive });
  const error = await t.throwsAsync(deliverRemote(changed, { name: 'a.edi', bytes: Buffer.from('a') }));

  t.true(result.fault instanceof HostKeyChanged);
  t.is(result.fault?.kind, 'permanent');
  t.true(error instanceof HostKeyChanged);
  t.deepEqual(requests, []);
});

test('a server with several host keys is known by any of them, and gateways understand each other', async (t) => {
  const hostKeys = [makeHostKey('ed25519'), makeHostKey('rsa')];
  const { server, mailbox, keys } = await startTestServer(t, {}, hostKeys);
  mailbox.put('outbound', 'acme', '855.edi', Buffer.from('855'));
  const base = {
    host: '127.0.0.1',
    port: server.port,
    user: 'acme',
    key: keys.acme,
    put: '/inbound',
    fetch: '/outbound',
  };
  for (const [number, { fingerprint }] of hostKeys.entries()) {
    const delivery = { name: `${number}.edi`, bytes: Buffer.from('850') };
    t.is(await deliverRemote({ ...base, hostKey: fingerprint }, delivery), 'sent');
  }
  const { files, receive } = collect();

  const result = await pollRemote({ ...base, hostKey: hostKeys[1]?.fingerprint ?? '' }, [], {
    receive,
    pause: noPause,
  });

  t.deepEqual(result.left, []);
  t.deepEqual(
    mailbox.received.map((file) => file.name),
    ['0.edi', '1.edi'],
  );
  t.is(files.length, 1);
  t.deepEqual(await mailbox.listOutbound('acme'), []);
});

test('faults say whether trying again helps', async (t) => {
  const { settings } = await startPartner(t);
  const delivery = { name: 'a.edi', bytes: Buffer.from('a') };
  const fault = async (changed: Partial<RemoteSettings>) => {
    const error = await t.throwsAsync(deliverRemote({ ...settings, ...changed }, delivery));
    return error instanceof RemoteFault ? `${error.kind} ${error.reason}` : String(error);
  };

  t.is(await fault({ password: 'wrong' }), 'permanent log-in');
  t.is(await fault({ key: 'no key' }), 'permanent settings');
  t.is(await fault({ put: '/nowhere' }), 'permanent no-such-file');
  t.is(await fault({ port: 1 }), 'transient connect');
});

test('a silent server is given up', async (t) => {
  const { settings } = await startPartner(t);
  const proxy = await startCuttingProxy(settings.port);
  t.teardown(proxy.stop);
  const error = await t.throwsAsync(
    deliverRemote({ ...settings, port: proxy.port, connectTime: 1 }, { name: 'a', bytes: Buffer.from('a') }),
  );
  t.is((error as RemoteFault).reason, 'time-out');
});

test('a delivery appears whole under its name, and only once', async (t) => {
  const { settings, folder, requests } = await startPartner(t);
  const bytes = randomBytes(20 * 1024 * 1024);

  t.is(await deliverRemote(settings, { name: 'big.edi', bytes }), 'sent');
  requests.length = 0;
  t.is(await deliverRemote(settings, { name: 'big.edi', bytes }), 'already-there');

  t.deepEqual(await readdir(join(folder, 'in')), ['big.edi']);
  t.true(bytes.equals(await readFile(join(folder, 'in/big.edi'))));
  t.false(requests.some((request) => request.startsWith('write')));
});

test('another file under the name is replaced', async (t) => {
  const { settings, folder, place } = await startPartner(t);
  await place('in/a.edi', 'old!');

  t.is(await deliverRemote(settings, { name: 'a.edi', bytes: Buffer.from('new!') }), 'sent');

  t.is(await readFile(join(folder, 'in/a.edi'), 'utf8'), 'new!');
});

test('a large file is fetched byte for byte', async (t) => {
  const { settings, place } = await startPartner(t);
  const bytes = randomBytes(20 * 1024 * 1024);
  await place('out/big.edi', bytes);
  const { files, receive } = collect();

  await pollRemote(settings, [], { receive, pause: noPause });

  t.true(bytes.equals(files[0]?.bytes ?? Buffer.alloc(0)));
});

test('a delivery cut at any byte leaves no partial file and is not doubled', async (t) => {
  const { settings, folder, requests } = await startPartner(t);
  const proxy = await startCuttingProxy(settings.port);
  t.teardown(proxy.stop);
  const bytes = randomBytes(60_000);
  for (let round = 0; round < 30; round += 1) {
    const name = `${round}.edi`;
    proxy.cutAfter = 500 + Math.floor(Math.random() * 66_000);
    const cut = await deliverRemote({ ...settings, port: proxy.port }, { name, bytes }).catch(
      (error) => error,
    );
    if (cut instanceof Error) t.is((cut as RemoteFault).kind, 'transient', `${proxy.cutAfter}: ${cut}`);
    const there = await stat(join(folder, 'in', name)).catch(() => undefined);
    t.true(there === undefined || there.size === bytes.length, `partial after ${proxy.cutAfter} bytes`);

    proxy.cutAfter = Number.POSITIVE_INFINITY;
    await deliverRemote({ ...settings, port: proxy.port }, { name, bytes });

    t.true(bytes.equals(await readFile(join(folder, 'in', name))));
    t.is(requests.filter((request) => request === `rename /in/.${name}.part`).length, 1);
  }
  t.is((await readdir(join(folder, 'in'))).length, 30);
});
