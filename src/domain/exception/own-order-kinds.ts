import type { KindOfException } from './kind.ts';

/** What orders that we make in a buyer's name leave to a person. */
export const OWN_ORDER_KINDS = {
  'release-not-made': {
    team: 'sales',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'a release of a schedule was due, and was not made',
    advice:
      '`causeway schedule release` makes it all the same, `causeway schedule skip` says that nobody wants it any more',
  },
  'own-order-refused': {
    team: 'sales',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means:
      "an order that we made in the buyer's name, by a schedule or from a quote, was refused by our own rules",
    advice: '`causeway explain` says why; agree with the buyer on another schedule, quote or blanket order',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;
