import type { KindOfException } from './kind.ts';

const LOOK_AGAIN = ['decide-again', 'ask-partner', 'by-hand', 'ignore'] as const;
const SETTLE = ['ask-partner', 'by-hand', 'ignore'] as const;

/** What schedules (830, 862) and receiving advices (861) leave to a person. */
export const PLAN_KINDS = {
  'plan-line-unknown': {
    team: 'orders',
    hours: 4,
    choices: LOOK_AGAIN,
    means: 'a line of a schedule or receiving advice leads to no line of a blanket order, or to several',
    advice:
      'import the cross-reference, or wait for the blanket order, then `decide-again`: the line is booked, the others are left as they are',
  },
  'plan-unclear': {
    team: 'orders',
    hours: 4,
    choices: LOOK_AGAIN,
    means: 'a schedule or receiving advice says something that no rule decides: nothing of it was done',
    advice: 'ask the buyer what it means; `decide-again` once a unit or a purpose can be read',
  },
  'advice-again': {
    team: 'orders',
    hours: 4,
    choices: ['process-as-new', 'ask-partner', 'ignore'],
    means: 'a receiving advice came under a number that another one had: nothing of it is booked',
    advice: 'ask which of the two counts; `process-as-new` books this one beside the other',
  },
  'shipping-over-release': {
    team: 'orders',
    hours: 4,
    choices: LOOK_AGAIN,
    means: 'an 862 asks to ship more than was released, and an 862 releases nothing',
    advice: 'ask for a release, or for an 830 that says firm; then `decide-again`',
  },
  'firm-not-released': {
    team: 'orders',
    hours: 4,
    choices: ['decide-again', 'override', 'ask-partner', 'by-hand'],
    means: 'what an 830 calls firm could not be released from its blanket order',
    advice: '`causeway blanket` shows what is left; an 860 can raise the commitment, then `decide-again`',
  },
  'cumulative-differs': {
    team: 'orders',
    hours: 8,
    choices: SETTLE,
    means:
      'the buyer counts more or less of a line of a blanket order than we shipped, beyond what is in transit',
    advice: 'compare the shipments with the receipts of the buyer, the last that it names first (SHP*01)',
  },
  'receipt-differs': {
    team: 'orders',
    hours: 8,
    choices: SETTLE,
    means: 'what arrived was damaged, short, over or not what was shipped',
    advice: 'see whether it is to be replaced or credited before the buyer deducts it',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;

/** Asked of the document itself, and not of an order. */
const OF_DOCUMENT: readonly string[] = [
  'plan-line-unknown',
  'plan-unclear',
  'advice-again',
  'shipping-over-release',
] satisfies (keyof typeof PLAN_KINDS)[];

export function isOfPlan({ kind }: { readonly kind: string }): boolean {
  return OF_DOCUMENT.includes(kind);
}
