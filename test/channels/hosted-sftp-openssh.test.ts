import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { makeEd25519Key } from '../../src/channels/ed25519-key.ts';
import { hasProgram } from '../support/requirement.ts';
import { startTestServer, type TestServer } from '../support/sftp-hosted.ts';

const withProgram = hasProgram('sftp') ? test : test.skip;

/** Runs the program on a batch of commands; one that begins with `-` may fail. */
async function runBatch({ server, folder }: TestServer, key: string, commands: readonly string[]) {
  const identity = join(folder, 'identity');
  await writeFile(identity, key, { mode: 0o600 });
  await writeFile(join(folder, 'batch'), `${commands.join('\n')}\n`);
  const options = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'GlobalKnownHostsFile=/dev/null',
  ].flatMap((option) => ['-o', option]);
  const args = [
    '-F',
    'none',
    '-b',
    join(folder, 'batch'),
    '-i',
    identity,
    ...options,
    '-P',
    String(server.port),
  ];
  return promisify(execFile)('sftp', [...args, 'acme@127.0.0.1'], { timeout: 20_000 });
}

withProgram('put, put -p, ls, rename, get and rm', async (t) => {
  const server = await startTestServer(t);
  const { mailbox, folder, keys } = server;
  const bytes = randomBytes(3_000_000);
  await writeFile(join(folder, 'po.edi'), bytes);
  mailbox.put('outbound', 'acme', '855.edi', bytes);

  const { stdout } = await runBatch(server, keys.acme, [
    `put ${folder}/po.edi /inbound/one.edi`,
    `put -p ${folder}/po.edi /inbound/two.edi`,
    `put ${folder}/po.edi /inbound/.three.edi.part`,
    'rename /inbound/.three.edi.part /inbound/three.edi',
    'rename /inbound/one.edi /inbound/uno.edi',
    'ls -l /inbound',
    `get -p /outbound/855.edi ${folder}/855.edi`,
    'rm /outbound/855.edi',
    'ls -l /outbound',
  ]);

  t.deepEqual(
    mailbox.received.map((file) => [file.name, bytes.equals(file.bytes)]),
    [
      ['one.edi', true],
      ['two.edi', true],
      ['three.edi', true],
    ],
  );
  t.true(bytes.equals(await readFile(join(folder, '855.edi'))));
  t.deepEqual(mailbox.fetchedNames, ['acme/855.edi']);
  t.regex(stdout, /^-rw-r--r--\s+1 partner\s+partner\s+3000000 \w{3} +\d+ [\d:]+ +\S*uno\.edi$/m);
  t.notRegex(stdout.split('ls -l /outbound')[1] ?? '', /855/);
});

withProgram('what is not allowed fails with a reason', async (t) => {
  const server = await startTestServer(t);
  await writeFile(join(server.folder, 'po.edi'), 'x');
  for (const [command, reason] of [
    [`put ${server.folder}/po.edi /outbound/po.edi`, /denied/i],
    [`put ${server.folder}/po.edi po.edi`, /No such|denied/i],
    ['mkdir /inbound/new', /denied/i],
    ['symlink /etc/passwd /inbound/x', /denied/i],
    ['ln /outbound/a /inbound/b', /not support|denied|failure/i],
    ['get /etc/passwd', /not found|No such/i],
  ] as const) {
    const error = await t.throwsAsync(runBatch(server, server.keys.acme, [command]));
    t.regex((error as Error & { stderr: string }).stderr, reason, command);
  }
  t.deepEqual(server.mailbox.received, []);
});

withProgram('an upload that is not stored makes the program fail', async (t) => {
  const server = await startTestServer(t);
  await writeFile(join(server.folder, 'po.edi'), 'x');
  server.mailbox.beforeCommit = () => Promise.reject(new Error('no database'));

  const error = await t.throwsAsync(
    runBatch(server, server.keys.acme, [`put ${server.folder}/po.edi /inbound/po.edi`]),
  );

  t.regex((error as Error & { stderr: string }).stderr, /fail/i);
});

withProgram('a key that is not known does not enter', async (t) => {
  const server = await startTestServer(t);

  await t.throwsAsync(runBatch(server, makeEd25519Key().private, ['ls']));

  t.pass();
});
