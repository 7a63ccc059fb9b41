import { z } from 'zod';
import { duration } from './duration.ts';

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal such as "5.00"');

const blanketPolicy = z.strictObject({
  allowance: decimal
    .default('0')
    .describe('Percent of the commitment by which the releases of a blanket order may go over it.'),
  estimated: z
    .enum(['refuse', 'warn'])
    .default('refuse')
    .describe(
      'What becomes of a release over the limit where the quantities are estimated (BEG02 BE): refused as with firm ones, or accepted and told.',
    ),
  firm: z
    .enum(['release', 'plan'])
    .default('release')
    .describe(
      'What the quantities that an 830 calls firm (FST02 A, C, Q) amount to: a release, or a plan as the rest.',
    ),
  cumulative: z
    .strictObject({
      tolerance: decimal
        .default('0')
        .describe(
          'By how many percent of what we shipped the count of the buyer (SHP02) may differ from it.',
        ),
      transit: z
        .int()
        .min(0)
        .default(7)
        .describe('How many days what we ship may be on its way before the buyer must count it.'),
    })
    .prefault({}),
  alerts: z
    .strictObject({
      consumed: z
        .array(decimal)
        .default(['80', '100'])
        .describe('Shares of the commitment, in percent, at which a line is told to be drawn on so far.'),
      expiry: z
        .array(z.int().min(0))
        .default([30, 7])
        .describe('So many days before its last day a blanket order is told to end.'),
    })
    .prefault({}),
});

export type BlanketPolicy = z.infer<typeof blanketPolicy>;

export const orderPolicy = z.strictObject({
  number: z.enum(['required', 'optional']).default('required'),
  duplicate: z
    .enum(['hold', 'reject'])
    .default('hold')
    .describe('What becomes of another order under the same number, release and ship-to with other content.'),
  price: z
    .strictObject({
      tolerance: z.strictObject({ percent: decimal.optional(), amount: decimal.optional() }).default({}),
      outside: z.enum(['hold', 'contract', 'theirs', 'reject']).default('hold'),
    })
    .prefault({}),
  'unknown-item': z.enum(['reject', 'hold']).default('reject'),
  'unknown-ship-to': z
    .enum(['hold', 'accept'])
    .default('hold')
    .describe('Of customers whose ship-tos are listed: an order for another one.'),
  'no-route': z
    .enum(['hold', 'reject'])
    .default('hold')
    .describe('Of lines promised from stock: one that no warehouse may ship to where it goes.'),
  quantity: z
    .enum(['hold', 'adjust', 'reject'])
    .default('hold')
    .describe(
      'A quantity below the least, above the greatest or between the multiples of its item: asked, rounded up to the next that can be (ACK01 IQ), or rejected.',
    ),
  substitute: z
    .enum(['ask', 'auto', 'never'])
    .default('ask')
    .describe(
      'Of an item that is not sold any more and has substitutes: a person chooses, the best is sent, or none.',
    ),
  'off-contract': z
    .enum(['list', 'hold', 'reject'])
    .default('list')
    .describe(
      'Of customers with a contract in force: an item that is not in it has the list price, is held, or is rejected (R1).',
    ),
  rounding: z.enum(['half-up', 'half-even']).default('half-up'),
  promise: z
    .enum(['as-ordered', 'stock'])
    .default('as-ordered')
    .describe('What a line is promised by: its own date, or what is in stock and on its way.'),
  split: z
    .enum(['BP', 'IA-IB'])
    .default('BP')
    .describe('How a line is answered of which part ships now and part later: one ACK, or two.'),
  credit: z
    .enum(['hold', 'ignore'])
    .default('hold')
    .describe('What becomes of an order over the credit limit of a customer that has one.'),
  'on-behalf': z
    .enum(['acknowledge', 'silent'])
    .default('acknowledge')
    .describe(
      "Of orders that we make in the buyer's name, by a release schedule or from a quote: whether an 855 tells it.",
    ),
  'over-authority': z
    .enum(['hold', 'split', 'reject'])
    .default('hold')
    .describe(
      'Of an order over the amount that it authorises (AMT*TT, or what is imported): all of it waits or is rejected, or its lines are split over the purchase orders of the customer, and those that none has enough for wait.',
    ),
  'over-release': z.enum(['reject', 'hold']).default('reject'),
  'answer-again': z
    .enum(['865', '855'])
    .default('865')
    .describe(
      'What tells the partner that an order was decided anew: after a person has ruled, or a backorder was filled.',
    ),
  change: z
    .strictObject({
      quantity: z
        .enum(['new', 'difference'])
        .optional()
        .describe(
          'What POC03 of QI and QD is: the new quantity, or the difference. Where absent, POC04 must show it.',
        ),
      gaps: z
        .enum(['wait', 'apply'])
        .default('wait')
        .describe(
          'Of changes that are numbered (BCH05): whether one waits for those before it that have not come.',
        ),
      sequence: z
        .enum(['required', 'by-arrival'])
        .default('required')
        .describe(
          'Of changes without a number (BCH05): each is the first of its order, or they are counted as they come.',
        ),
      wait: duration
        .default('3d')
        .describe('How long a change waits for its order before a person is asked.'),
    })
    .prefault({}),
  blanket: blanketPolicy
    .prefault({})
    .describe('Allowance and `estimated` of a blanket order are those of the day on which it was opened.'),
  short: z.enum(['ship-partial', 'wait', 'cancel']).default('ship-partial'),
});

export type OrderPolicy = z.infer<typeof orderPolicy>;
