import type { KindOfException } from './kind.ts';

/** What the exchange of files leaves to a person. */
export const EXCHANGE_KINDS = {
  'interchange-refused': {
    team: 'operations',
    hours: 2,
    choices: ['ask-partner', 'reprocess', 'ignore'],
    means: 'an interchange was not taken: control number, identity, envelope, or bytes without an ISA',
    advice: 'a TA1 told the partner where one could; see "A quarantined file" for what to do by reason',
  },
  'group-refused': {
    team: 'operations',
    hours: 4,
    choices: ['ask-partner', 'ignore'],
    means: 'a functional group was refused whole; its 997 or 999 says why',
    advice: 'the partner corrects it and sends it under a new control number',
  },
  'set-refused': {
    team: 'operations',
    hours: 4,
    choices: ['ask-partner', 'ignore'],
    means: 'a transaction set breaks the standard or what was agreed; its 997 or 999 says where',
    advice: 'read the place and the reason to the partner; where the partner is right, change its overlay',
  },
  'set-not-agreed': {
    team: 'operations',
    hours: 8,
    choices: ['by-hand', 'ignore'],
    means: 'a set came that the partner file does not list under `receive`',
    advice: 'agree on it and add it to the partner file, or ask the partner to stop',
  },
  'document-needs-person': {
    team: 'orders',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'a document was read and kept, and no rule acts on its kind yet',
    advice: '`trace` shows it; do what it asks',
  },
  'file-quarantined': {
    team: 'operations',
    hours: 2,
    choices: ['reprocess', 'ask-partner', 'ignore'],
    means: 'nothing of a file was taken; its bytes are kept',
    advice: 'see "A quarantined file" for what to do by reason',
  },
  'answer-not-written': {
    team: 'operations',
    hours: 2,
    choices: ['decide-again', 'by-hand'],
    means: 'an answer could not be written as the standard or the partner wants it',
    advice: 'the message says which value; mend the map, then `decide-again` where it is an order',
  },
  'delivery-failed': {
    team: 'operations',
    hours: 2,
    choices: ['retry-delivery', 'by-hand'],
    means: 'a file does not reach the partner',
    advice: 'see "A partner\'s server is down"',
  },
  'poll-failed': {
    team: 'operations',
    hours: 2,
    choices: ['by-hand', 'ask-partner'],
    means: "we cannot fetch from the partner's server",
    advice: 'see "A partner\'s server is down" and "A changed host key"',
  },
  'document-rejected': {
    team: 'operations',
    hours: 4,
    choices: ['correct-and-resend', 'by-hand', 'ask-partner'],
    means: 'the partner refused a document of ours by 997 or 999',
    advice:
      'its 997 says which element; mend the map or the overlay, then `correct-and-resend` where it is a ship notice or an invoice',
  },
  'document-rejected-by-partner': {
    team: 'operations',
    hours: 4,
    choices: ['correct-and-resend', 'ask-partner', 'by-hand'],
    means: "the partner's application refused a document of ours, or part of it, by 824",
    advice:
      'correct a shipment as the reasons say (`causeway ship`), which sends its notice again by itself, or mend the map and `correct-and-resend`',
  },
  'invoice-rejected-by-partner': {
    team: 'finance',
    hours: 4,
    choices: ['correct-and-resend', 'ask-partner', 'by-hand'],
    means: "the partner's application refused an invoice of ours, or part of it, by 824: it will not be paid",
    advice:
      'mend the map or the partner file and `correct-and-resend` the same invoice; where it says too much, credit the difference and say so with `by-hand`',
  },
  'advice-unclear': {
    team: 'operations',
    hours: 4,
    choices: ['ask-partner', 'by-hand', 'ignore'],
    means: 'an 824 of the partner speaks of a document that we did not send, or that is not clear',
    advice: 'ask the partner which document it means, and see to that one',
  },
  'acknowledgement-overdue': {
    team: 'operations',
    hours: 4,
    choices: ['ask-partner', 'by-hand', 'ignore'],
    means: 'the partner has not acknowledged a document of ours in time',
    advice: 'see "An overdue 997"',
  },
  'erp-file-refused': {
    team: 'operations',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'a file of master data from the ERP was refused, or some of its rows were',
    advice:
      'its `.result.json` in /outbound lists every row; correct them in the ERP and send the file again',
  },
  'erp-delivery-failed': {
    team: 'operations',
    hours: 2,
    choices: ['by-hand', 'ignore'],
    means: 'an order does not reach the ERP; what comes later on the same order waits behind it',
    advice: 'see "The ERP is down"; others may wait as well: `causeway feed`',
  },
  'erp-rejected': {
    team: 'orders',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'the ERP does not take an order, or a change of one, that the partner was told is accepted',
    advice:
      'mend what the ERP asks for, then `causeway feed retry`, or enter it by hand and `causeway feed ack`',
  },
  'erp-overdue': {
    team: 'operations',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'the ERP took an order and has not acknowledged it in time',
    advice:
      'look for it in the ERP: `causeway feed ack` where it is there, `causeway feed retry` where it is not',
  },
  'mail-not-sent': {
    team: 'operations',
    hours: 8,
    choices: ['send-again', 'by-hand', 'ignore'],
    means: 'a mail to a person was refused, given up, or could not be written',
    advice:
      'see "Mail does not go out"; correct the address in the partner file, or the template, then `send-again`',
  },
  'mail-in-doubt': {
    team: 'operations',
    hours: 8,
    choices: ['send-again', 'arrived'],
    means: 'our mail server got a mail and did not say whether it took it: sent again, it may arrive twice',
    advice: 'look into the log of the mail server for its Message-ID, or ask who should have it',
  },
  'mail-server-failed': {
    team: 'operations',
    hours: 2,
    choices: ['by-hand', 'ignore'],
    means: 'our mail server takes no mails; all of them wait, and go out by themselves once it does',
    advice: 'see "Mail does not go out"',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;

/** What a partner did not take of what we sent: asked of nobody any more once it has a later version, or takes it. */
export const REJECTIONS: readonly string[] = [
  'document-rejected',
  'document-rejected-by-partner',
  'invoice-rejected-by-partner',
] satisfies (keyof typeof EXCHANGE_KINDS)[];
