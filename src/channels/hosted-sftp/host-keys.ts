import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { makeEd25519Key } from '../ed25519-key.ts';
import { fingerprintKey } from '../fingerprint.ts';

const { parseKey, generateKeyPairSync } = ssh2.utils;

export type HostKey = {
  /** `ssh-ed25519`. */
  readonly type: string;
  readonly privateKey: string;
  /** As `ssh-keygen -lf` prints it: `SHA256:…`. */
  readonly fingerprint: string;
};

/** Keys are made once and stay: a partner that pinned ours must never see another. */
export async function loadHostKeys(folder: string): Promise<readonly HostKey[]> {
  await mkdir(folder, { recursive: true });
  return [
    await loadHostKey(join(folder, 'ssh_host_ed25519_key'), () => makeEd25519Key().private),
    // Clients from before 2014 know no Ed25519.
    await loadHostKey(
      join(folder, 'ssh_host_rsa_key'),
      () => generateKeyPairSync('rsa', { bits: 3072 }).private,
    ),
  ];
}

async function loadHostKey(path: string, generate: () => string): Promise<HostKey> {
  const text = (await readExisting(path)) ?? (await createKeyFile(path, generate()));
  const key = parseKey(text);
  if (key instanceof Error || !key.isPrivateKey()) {
    throw new Error(
      `${path} is not a private key that can be read: restore it, or delete it to make a new one`,
    );
  }
  return { type: key.type, privateKey: text, fingerprint: fingerprintKey(key.getPublicSSH()) };
}

async function readExisting(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and renamed, so that a crash never leaves half a key under the name. */
async function createKeyFile(path: string, text: string): Promise<string> {
  const aside = `${path}.new`;
  await rm(aside, { force: true });
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  return text;
}
