import type { KindOfException } from './kind.ts';

/** What billing, and what is owed to partners in time, leaves to a person. */
export const BILLING_KINDS = {
  'invoice-not-matched': {
    team: 'finance',
    hours: 8,
    choices: ['bill-again', 'billed-elsewhere'],
    means: 'an invoice does not match its order and shipment, and was not sent',
    advice:
      'the message says where: correct the order or the shipment and `bill-again`, or bill it by other means and say `billed-elsewhere`',
  },
  'invoice-without-certificate': {
    team: 'operations',
    hours: 4,
    choices: ['bill-again', 'billed-elsewhere'],
    means: 'an invoice waits for the certificates of its goods, as the partner file says',
    advice: 'issue or bring the certificate (`causeway certificates`): what waits for it is billed by itself',
  },
  'document-owed': {
    team: 'operations',
    hours: 1,
    choices: ['ask-partner', 'by-hand', 'ignore'],
    means: 'a ship notice or an invoice is owed to the partner soon, or is late, and has not been sent',
    advice:
      'see what stops it (`causeway shipment NUMBER`) and resolve that; the partner may charge for what is late',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;
