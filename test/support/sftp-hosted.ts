import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import ssh2 from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { makeEd25519Key } from '../../src/channels/ed25519-key.ts';
import { fingerprintKey } from '../../src/channels/fingerprint.ts';
import type { HostKey } from '../../src/channels/hosted-sftp/host-keys.ts';
import type { HostedSftpLimits } from '../../src/channels/hosted-sftp/limits.ts';
import { type HostedAccount, matchPassword, parsePublicKey } from '../../src/channels/hosted-sftp/login.ts';
import { type HostedSftpServer, startHostedSftp } from '../../src/channels/hosted-sftp/server.ts';
import { createMemoryMailbox, type MemoryMailbox } from './sftp-mailbox.ts';

export const { generateKeyPairSync, parseKey } = ssh2.utils;

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type TestServer = {
  readonly server: HostedSftpServer;
  readonly mailbox: MemoryMailbox;
  readonly accounts: Map<string, HostedAccount>;
  readonly keys: { readonly acme: string; readonly globex: string };
  readonly folder: string;
  /** Logs in with the key of that user. */
  readonly connect: (user?: 'acme' | 'globex') => Promise<SftpClient>;
};

/** The hosted server with two partners, `acme` (password `open sesame`) and `globex`, on a free port. */
export async function startTestServer(
  t: ExecutionContext,
  limits: Partial<HostedSftpLimits> = {},
  hostKeys: readonly HostKey[] = [makeHostKey()],
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-sftp-'));
  const mailbox = createMemoryMailbox();
  const acme = makeEd25519Key();
  const globex = generateKeyPairSync('ecdsa', { bits: 256 });
  const keys = { acme: acme.private, globex: globex.private };
  const accounts = new Map<string, HostedAccount>([
    [
      'acme',
      { partner: 'acme', keys: [parsePublicKey(acme.public)], verifyPassword: matchPassword('open sesame') },
    ],
    ['globex', { partner: 'globex', keys: [parsePublicKey(globex.public)] }],
  ]);
  const server = await startHostedSftp({
    host: '127.0.0.1',
    port: 0,
    hostKeys,
    accounts: (user) => accounts.get(user),
    mailbox,
    scratch: join(folder, 'scratch'),
    log: silentLog,
    limits: { refusalDelay: 5, banLoopback: false, ...limits },
  });
  t.teardown(async () => {
    await server.stop(100);
    await rm(folder, { recursive: true, force: true });
  });
  const connect = async (user: 'acme' | 'globex' = 'acme') => {
    const client = createClient(t);
    await client.connect({ host: '127.0.0.1', port: server.port, username: user, privateKey: keys[user] });
    return client;
  };
  return { server, mailbox, accounts, keys, folder, connect };
}

/** A client that says nothing on the console and is closed with the test. */
export function createClient(t: ExecutionContext): SftpClient {
  const quiet = { error: () => undefined, end: () => undefined, close: () => undefined };
  const client = new SftpClient('test', quiet);
  t.teardown(async () => {
    await client.end().catch(() => undefined);
  });
  return client;
}

export function makeHostKey(kind: 'ed25519' | 'rsa' = 'ed25519'): HostKey {
  const pair = kind === 'rsa' ? generateKeyPairSync('rsa', { bits: 2048 }) : makeEd25519Key();
  const parsed = parseKey(pair.private);
  if (parsed instanceof Error) throw parsed;
  return { type: parsed.type, privateKey: pair.private, fingerprint: fingerprintKey(parsed.getPublicSSH()) };
}
