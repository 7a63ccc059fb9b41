import type { StoredMail } from '../../store/mail-sending.ts';

/** `mail order-confirmed on PO1000001 to orders@acme.example` */
export function nameMail({ kind, poNumber, address }: StoredMail): string {
  return `mail ${kind}${poNumber === undefined ? '' : ` on ${poNumber}`} to ${address}`;
}
