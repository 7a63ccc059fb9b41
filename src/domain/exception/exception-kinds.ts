/** Who owns an exception until it is resolved. */
export type Team = 'orders' | 'sales' | 'operations';

type KindOfException = {
  readonly team: Team;
  /** Within how many hours it should be resolved. */
  readonly hours: number;
  /** What a person may do to resolve it. */
  readonly choices: readonly string[];
};

/** Everything that waits for a person: nothing is dropped, guessed or silently repaired. */
export const EXCEPTION_KINDS = {
  'duplicate-order': { team: 'orders', hours: 4, choices: ['process as a new order', 'reject', 'ignore'] },
  'purpose-needs-person': {
    team: 'orders',
    hours: 4,
    choices: ['process as a new order', 'reject', 'ignore'],
  },
  'type-needs-person': { team: 'orders', hours: 4, choices: ['process as a new order', 'reject', 'ignore'] },
  'quantity-missing': { team: 'orders', hours: 4, choices: ['ask the partner', 'reject line'] },
  'item-unknown': { team: 'sales', hours: 4, choices: ['add cross-reference', 'substitute', 'reject line'] },
  'item-ambiguous': { team: 'sales', hours: 4, choices: ['choose item', 'reject line'] },
  'price-missing': {
    team: 'sales',
    hours: 4,
    choices: ['accept their price', 'answer with a price', 'reject line'],
  },
  'price-basis-unknown': {
    team: 'sales',
    hours: 4,
    choices: ['accept their price', 'answer with a price', 'reject line'],
  },
  'price-outside-tolerance': {
    team: 'sales',
    hours: 4,
    choices: ['accept their price', 'answer with our price', 'reject line'],
  },
  'interchange-refused': {
    team: 'operations',
    hours: 2,
    choices: ['ask the partner to send again', 'reprocess', 'ignore'],
  },
  'group-refused': {
    team: 'operations',
    hours: 4,
    choices: ['ask the partner to send again', 'reprocess', 'ignore'],
  },
  'set-refused': {
    team: 'operations',
    hours: 4,
    choices: ['ask the partner to send again', 'reprocess', 'ignore'],
  },
  'set-not-agreed': { team: 'operations', hours: 8, choices: ['add it to the partner file', 'ignore'] },
  'document-needs-person': { team: 'orders', hours: 4, choices: ['act on it by hand', 'ignore'] },
  'file-quarantined': {
    team: 'operations',
    hours: 2,
    choices: ['reprocess', 'ask the partner to send again', 'ignore'],
  },
  'answer-not-written': {
    team: 'operations',
    hours: 2,
    choices: ['mend the map and reprocess', 'answer by hand'],
  },
  'delivery-failed': { team: 'operations', hours: 2, choices: ['try again', 'deliver by hand'] },
  'poll-failed': { team: 'operations', hours: 2, choices: ['check the partner file', 'call the partner'] },
  'document-rejected': { team: 'operations', hours: 4, choices: ['mend and send again', 'call the partner'] },
  'acknowledgement-overdue': {
    team: 'operations',
    hours: 4,
    choices: ['send again', 'call the partner', 'ignore'],
  },
} as const satisfies Record<string, KindOfException>;

export type ExceptionKind = keyof typeof EXCEPTION_KINDS;

/** An exception as a decision raises it; who, when and which choices follow from its kind. */
export type ExceptionToRaise = { readonly kind: ExceptionKind; readonly message: string };
