import { createHash, randomBytes } from 'node:crypto';
import { writeCanonical } from '../../domain/certificate/canonical-text.ts';
import type { Certificate, KeptCertificate } from '../../domain/certificate/certificate.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { insertCertificate } from '../../store/certificates.ts';
import type { Database } from '../../store/database.ts';

/** What a certificate is bound to, for good. */
export type Bound = {
  readonly partner?: string | undefined;
  readonly order?: Id | undefined;
  readonly shipment?: Id | undefined;
};

export type Issuing = { readonly tx: Database; readonly ids: () => Id; readonly now: string };

/** Keeps a certificate in the transaction of its cause; its PDF is made when that is committed. */
export async function issueCertificate(
  { tx, ids, now }: Issuing,
  content: Certificate,
  { partner, order, shipment }: Bound,
): Promise<Id> {
  const id = ids();
  const { number, kind, subject } = content;
  await insertCertificate(tx, {
    id,
    number,
    kind,
    partner,
    content,
    contentHash: hashContent(content),
    code: makeCode(),
    order,
    line: subject.line,
    item: subject.item,
    lot: subject.lot,
    serials: subject.serials ?? [],
    at: now,
    shipment,
    origin: 'issued',
  });
  return id;
}

/** Nobody guesses it: whoever holds the certificate may look it up. */
export function makeCode(): string {
  return randomBytes(16).toString('base64url');
}

/** What the certificate itself says, and the page that confirms it. */
export function hashContent(content: KeptCertificate): string {
  return createHash('sha256').update(writeCanonical(content)).digest('hex');
}

export function hashFile(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
