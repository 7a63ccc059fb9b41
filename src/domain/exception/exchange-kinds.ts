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
    choices: ['by-hand', 'ask-partner'],
    means: 'the partner refused a document of ours by 997 or 999',
    advice: 'its 997 says which element; mend the map or the overlay',
  },
  'acknowledgement-overdue': {
    team: 'operations',
    hours: 4,
    choices: ['ask-partner', 'by-hand', 'ignore'],
    means: 'the partner has not acknowledged a document of ours in time',
    advice: 'see "An overdue 997"',
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
} as const satisfies Readonly<Record<string, KindOfException>>;
