import { createHash } from 'node:crypto';

/** Fingerprint of a public key in SSH wire form, as `ssh-keygen -lf` prints it. */
export function fingerprintKey(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}
