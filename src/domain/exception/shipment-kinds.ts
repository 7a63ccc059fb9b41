import type { KindOfException } from './kind.ts';

/** What goods that left leave to a person. */
export const SHIPMENT_KINDS = {
  'shipment-refused': {
    team: 'warehouse',
    hours: 2,
    choices: ['look-again', 'by-hand', 'ignore'],
    means: 'what was told of a shipment cannot be so; nothing of it is booked',
    advice:
      'mend what the message says (release the order, import the serial, …) and `look-again`, or have it told anew as it was',
  },
  'shipment-waits': {
    team: 'warehouse',
    hours: 2,
    choices: ['look-again', 'by-hand', 'ignore'],
    means: 'a correction came for a shipment that nobody has told of',
    advice: 'ask the warehouse for the shipment itself; when it comes, the correction is applied by itself',
  },
  'over-shipment': {
    team: 'orders',
    hours: 2,
    choices: ['override', 'decide-again'],
    means: 'more left than was to be shipped, beyond what is agreed; the ship notice waits',
    advice:
      'where the buyer takes it, `override`; where less left than was told, correct the shipment (`causeway ship`)',
  },
  'shipment-serial-missing': {
    team: 'warehouse',
    hours: 2,
    choices: ['give-serials', 'override', 'decide-again'],
    means: 'a serialised item left and not each serial was told; the ship notice waits',
    advice: '`give-serials` names those that are missing; `override` sends the notice without them',
  },
  'certificate-missing': {
    team: 'operations',
    hours: 4,
    choices: ['decide-again', 'override'],
    means: 'goods left without a certificate that must be there first; the ship notice waits',
    advice:
      'issue or bring the certificate (`causeway certificates`): the notice leaves by itself; `override` sends it without',
  },
  'paper-not-printed': {
    team: 'operations',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means:
      'there is no PDF of a certificate or a packing slip: its layout, or what it is to say, cannot be drawn',
    advice:
      'put right what the message says (`causeway check`), then `by-hand`: a certificate is printed again within a minute',
  },
  'stock-below-reserved': {
    team: 'warehouse',
    hours: 4,
    choices: ['by-hand', 'ignore'],
    means: 'after a shipment less of an item lies in a warehouse than is set aside for orders',
    advice:
      'count it; book a receipt (`causeway stock receive`), or decide the orders that cannot have it again',
  },
  'numbers-running-out': {
    team: 'operations',
    hours: 40,
    choices: ['by-hand', 'ignore'],
    means: 'most SSCCs of our GS1 company prefix are given, and none is given twice',
    advice: 'append an extension digit to `gs1.extensions` in company.yaml, or ask GS1 for a further prefix',
  },
  'shipment-changed-after-billing': {
    team: 'finance',
    hours: 8,
    choices: ['by-hand', 'ignore'],
    means: 'a shipment was corrected or taken back after it was invoiced',
    advice: 'credit or bill the difference',
  },
} as const satisfies Readonly<Record<string, KindOfException>>;
