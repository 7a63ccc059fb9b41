import { z } from 'zod';
import type { Instant } from '../../lib/dates.ts';
import { dateText, decimalText } from '../document.ts';
import type { Id } from '../exchange/records.ts';
import { purchaseOrder } from '../order/purchase-order.ts';

/** What the ERP is told of an order: the body of a webhook, or a file. `docs/erp-feed.schema.json` is this as JSON Schema. */

const promise = z
  .strictObject({
    kind: z.enum(['now', 'backorder', 'shipped']),
    quantity: decimalText.describe('In the unit of the line.'),
    ships: dateText.optional().describe('Absent where nobody knows when there will be stock.'),
    warehouse: z.string().optional(),
    serials: z.array(z.string()).optional(),
    shipTo: z.string().optional().describe('Where it goes, of a line that names places of its own.'),
  })
  .describe('A part of a line that ships together.');

const line = z.strictObject({
  number: z.string().describe('PO101, as the buyer numbers the line.'),
  status: z.string().describe('ACK01: how the line is answered.'),
  item: z.string().optional().describe('Our item number; absent where the item is not known.'),
  quantity: decimalText.optional().describe('As answered, in `unit`.'),
  unit: z.string().optional(),
  price: decimalText.optional().describe('As answered, for one `priceBasis`.'),
  priceBasis: z.string().optional(),
  promises: z.array(promise).optional().describe('Absent where stock is not kept here: as ordered.'),
  reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })),
});

const difference = z.strictObject({
  path: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});

export const feedMessage = z.strictObject({
  id: z.string().describe('The same whenever this message is sent again.'),
  kind: z
    .enum(['order', 'release', 'change'])
    .describe('`change` once the ERP was told of the order, whatever changed it.'),
  sequence: z.int().describe('Of the messages on this order: 1, 2, 3, … without gaps.'),
  at: z.string().describe('When it was decided, in UTC.'),
  partner: z.string(),
  customer: z.string().describe('Our customer number.'),
  orderId: z.string(),
  version: z.int().describe('Of the order. A version that is not told, such as a held one, leaves a gap.'),
  state: z.enum(['open', 'closed', 'cancelled']),
  outcome: z.enum(['accepted', 'accepted-with-changes', 'held', 'rejected']),
  currency: z.string(),
  amount: decimalText.optional().describe('Of the lines that stand.'),
  lines: z.array(line).describe('The decision, one for every line of `order` and in its order.'),
  differences: z.array(difference).optional().describe('To the version before, in words; of a change.'),
  order: purchaseOrder.describe('The whole order as it stands, as `causeway read` prints it.'),
});

export type FeedMessage = z.infer<typeof feedMessage>;
export type FeedLine = FeedMessage['lines'][number];
export type FeedKind = FeedMessage['kind'];

/**
 * pending → sent → acknowledged | rejected, or overdue on the way; failed when it was given up. What is pending, failed
 * or rejected holds back the later messages on its order.
 */
export type FeedState = 'pending' | 'sent' | 'acknowledged' | 'rejected' | 'overdue' | 'failed';

export type FeedRecord = {
  readonly id: Id;
  readonly order: Id;
  readonly sequence: number;
  readonly kind: FeedKind;
  readonly partner: string;
  readonly at: Instant;
  readonly payload: FeedMessage;
};
