import { z } from 'zod';
import { dateText, decimalText } from '../document.ts';
import type { MailKind } from './mail-kinds.ts';

/** What templates of mails may name. Nothing in it is meant for us alone: customers read it. */

const party = z.strictObject({ name: z.string() });

const about = { company: party, partner: party };

/** ACK01 in words: `templates/words.<language>.yaml` says them. */
const lineStatus = z.enum([
  'accepted',
  'accepted-with-changes',
  'backordered',
  'partly-backordered',
  'rescheduled',
  'price-changed',
  'quantity-changed',
  'substituted',
  'on-hold',
  'rejected',
  'not-on-contract',
  'unknown-item',
  'unknown-unit',
  'not-available',
]);

export type MailLineStatus = z.infer<typeof lineStatus>;

const orderLine = z.strictObject({
  /** PO101. */
  number: z.string(),
  /** Our item number. */
  item: z.string().optional(),
  /** The buyer's. */
  theirItem: z.string().optional(),
  description: z.string().optional(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  /** For one unit, unless `priceBasis` says otherwise. */
  price: decimalText.optional(),
  priceBasis: z.string().optional(),
  status: lineStatus,
  /** When what is promised ships; no date where nobody knows yet. */
  deliveries: z.array(z.strictObject({ quantity: decimalText, date: dateText.optional() })),
});

const orderHead = {
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  orderDate: dateText.optional(),
};

const order = z.strictObject({
  ...orderHead,
  currency: z.string(),
  /** Of the lines that stand. */
  amount: decimalText.optional(),
  requestedDelivery: dateText.optional(),
  shipTo: z.strictObject({ name: z.string().optional(), lines: z.array(z.string()) }).optional(),
  lines: z.array(orderLine),
});

export type MailOrder = z.infer<typeof order>;
export type MailOrderLine = z.infer<typeof orderLine>;

export const orderMail = z.strictObject({ ...about, order });

/** An order as it stands now, each line with what it was before where it is not the same. */
export const orderChangedMail = z.strictObject({
  ...about,
  order: order.extend({
    cancelled: z.boolean(),
    lines: z.array(
      orderLine.extend({ change: z.enum(['same', 'added', 'changed']), was: orderLine.optional() }),
    ),
    /** Lines that are in it no more. */
    removed: z.array(orderLine),
  }),
});

const shippedLine = z.strictObject({
  poNumber: z.string(),
  number: z.string(),
  item: z.string(),
  quantity: decimalText,
  unit: z.string(),
  lots: z.array(z.string()),
  serials: z.array(z.string()),
});

export const shippedMail = z.strictObject({
  ...about,
  shipment: z.strictObject({
    number: z.string(),
    date: dateText,
    expectedDelivery: dateText.optional(),
    carrier: z.string().optional(),
    /** Pallets and cartons that are handled as one. */
    packages: z.int(),
    /** `url` where the number can be looked up. */
    tracking: z.array(z.strictObject({ number: z.string(), url: z.string().optional() })),
    orders: z.array(z.strictObject(orderHead)),
    lines: z.array(shippedLine),
  }),
});

export const invoiceMail = z.strictObject({
  ...about,
  invoice: z.strictObject({
    number: z.string(),
    /** A credit memo: the amount is ours to pay. */
    credit: z.boolean(),
    date: dateText,
    due: dateText.optional(),
    currency: z.string(),
    amount: decimalText,
    poNumber: z.string().optional(),
    lines: z.array(
      z.strictObject({
        number: z.string().optional(),
        item: z.string().optional(),
        description: z.string().optional(),
        quantity: decimalText.optional(),
        unit: z.string().optional(),
        price: decimalText.optional(),
      }),
    ),
  }),
});

export const certificateMail = z.strictObject({
  ...about,
  certificates: z.array(
    z.strictObject({
      number: z.string(),
      kind: z.enum(['conformance', 'calibration', 'material-test']),
      date: dateText,
      poNumber: z.string().optional(),
      line: z.string().optional(),
      item: z.string(),
      description: z.string().optional(),
      lot: z.string().optional(),
      serials: z.array(z.string()),
      /** The certificate that it corrects. */
      replaces: z.string().optional(),
      /** The page that confirms it. */
      url: z.string().optional(),
    }),
  ),
});

export const MAIL_MODELS = {
  'order-received': orderMail,
  'order-confirmed': orderMail,
  'order-rejected': orderMail,
  'order-changed': orderChangedMail,
  backordered: orderMail,
  shipped: shippedMail,
  invoice: invoiceMail,
  certificate: certificateMail,
} as const satisfies Readonly<Record<MailKind, z.ZodType>>;

export type MailModels = { readonly [K in MailKind]: z.infer<(typeof MAIL_MODELS)[K]> };
