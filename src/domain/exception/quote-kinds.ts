import type { KindOfException } from './kind.ts';

/** What orders that name a quote leave to a person. */
export const QUOTE_KINDS = {
  'quote-unknown': {
    team: 'sales',
    hours: 4,
    choices: ['decide-again', 'override', 'reject-order'],
    means: 'the order names a quote that the customer was not given',
    advice: 'import the quote, then `decide-again`; `override` takes the order at our other prices',
  },
  'quote-unusable': {
    team: 'sales',
    hours: 4,
    choices: ['decide-again', 'override', 'reject-order'],
    means: 'the order names a quote that is not approved, has ended, or was used by another order',
    advice: 'approve or extend it, then `decide-again`; `override` lets its prices count all the same',
  },
  'quote-differs': {
    team: 'sales',
    hours: 4,
    choices: ['override', 'decide-again', 'reject-line'],
    means: 'a line orders another item or quantity than the quote that it names',
    advice: 'ask the customer; `override` takes the line, at the quoted price where the quote has its item',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;
