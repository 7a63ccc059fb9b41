import { posix } from 'node:path';
import { assert } from '../../lib/assert.ts';
import { RemoteFault } from './fault.ts';
import { openRemote, type Remote } from './remote.ts';
import type { RemoteSettings } from './settings.ts';

export type Delivery = { readonly name: string; readonly bytes: Uint8Array };

/** `already-there`: an earlier attempt got through although its answer was lost. */
export type DeliveryOutcome = 'sent' | 'already-there';

/** Read back to be compared; of larger files the size must do. */
const CHEAP = 4 * 1024 * 1024;

/**
 * Safe to repeat after a cut at any byte: under the final name stands nothing or the whole file, and a file that
 * stands there is not sent again. Throws a RemoteFault.
 */
export async function deliverRemote(settings: RemoteSettings, delivery: Delivery): Promise<DeliveryOutcome> {
  assert(/^[^/\p{Cc}]+$/u.test(delivery.name), `not a file name: ${JSON.stringify(delivery.name)}`);
  const remote = await openRemote(settings);
  try {
    return await sendFile(remote, settings.put ?? '.', delivery);
  } finally {
    await remote.close();
  }
}

async function sendFile(remote: Remote, folder: string, { name, bytes }: Delivery): Promise<DeliveryOutcome> {
  const final = posix.join(folder, name);
  const aside = posix.join(folder, `.${name}.part`);
  const present = await remote.stat(final);
  if (present?.size === bytes.length && (await hasContent(remote, final, bytes))) return 'already-there';
  await writeAside(remote, folder, aside, bytes);
  if (!(await remote.replace(aside, final))) {
    // The plain rename of the protocol refuses to replace.
    if (present) await remote.remove(final);
    await remote.rename(aside, final);
  }
  const stored = await remote.stat(final);
  // Absent: the partner took it at once.
  if (stored && stored.size !== bytes.length) {
    throw new RemoteFault(
      'transient',
      'server',
      `${final} has ${stored.size} bytes instead of ${bytes.length}`,
    );
  }
  return 'sent';
}

async function writeAside(remote: Remote, folder: string, aside: string, bytes: Uint8Array): Promise<void> {
  try {
    await remote.write(aside, bytes);
  } catch (error) {
    if (!(error instanceof RemoteFault) || error.reason !== 'no-such-file') throw error;
    throw new RemoteFault('permanent', 'no-such-file', `there is no folder ${folder} on their server`, error);
  }
  const written = await remote.stat(aside);
  if (written && written.size !== bytes.length) {
    throw new RemoteFault(
      'transient',
      'server',
      `${aside} has ${written.size} bytes instead of ${bytes.length}`,
    );
  }
}

async function hasContent(remote: Remote, path: string, bytes: Uint8Array): Promise<boolean> {
  if (bytes.length > CHEAP) return true;
  try {
    const there = await remote.read(path, bytes.length);
    return there !== undefined && Buffer.compare(there, bytes) === 0;
  } catch (error) {
    // Many drop folders may be written and not read, or are emptied at once: then name and size must do.
    if (error instanceof RemoteFault && (error.reason === 'permission' || error.reason === 'server'))
      return true;
    throw error;
  }
}
