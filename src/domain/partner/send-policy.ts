import { z } from 'zod';
import { duration } from './duration.ts';

/** What we send to a partner, how soon, and in which form: `send` in the partner file. */

const overlay = z
  .string()
  .optional()
  .describe("Map overlay in the partner's folder; the base map where absent.");

const sendSet = z.strictObject({
  map: overlay,
  within: duration.optional().describe('How soon it is owed to the partner.'),
  acknowledged: z
    .union([duration, z.literal('never')])
    .default('24h')
    .describe(
      'How long the partner may take to acknowledge it before an exception is raised; `never` where it sends no 997.',
    ),
});

/** Qualifiers of what the buyer sorts our documents by. */
const references = z.array(z.string()).default(['DP', 'IA']);

const sendNotice = sendSet.extend({
  structure: z
    .enum([
      'shipment-order-pack-item',
      'shipment-order-item-pack',
      'shipment-pack-order-item',
      'shipment-order-item',
    ])
    .default('shipment-order-pack-item')
    .describe('BSN05: the levels from the outside in.'),
  tare: z
    .boolean()
    .default(true)
    .describe('Whether pallets have a level of their own (HL03 T) around their cartons.'),
  serials: z
    .enum(['reference', 'item', 'none'])
    .default('reference')
    .describe(
      'Where serial numbers stand: as REF*SE of the item, in an item level (LIN SN) for each piece, or nowhere.',
    ),
  references: references.describe(
    'Qualifiers of the references of the order (REF01) that the notice repeats at the order level.',
  ),
  labels: z
    .enum(['gs1-128', 'none'])
    .default('gs1-128')
    .describe('Whether every unit is given an SSCC and a label.'),
});

const sendInvoice = sendSet.extend({
  references: references.describe(
    'Qualifiers of the references of the order (REF01) that the invoice repeats: in its heading, or at each line where it is for several orders.',
  ),
  consolidate: z
    .enum(['none', 'order', 'day', 'week', 'month'])
    .default('none')
    .describe('One invoice a shipment, or one for all shipments of an order, a day, a week, or a month.'),
  credits: z
    .enum(['unsigned', 'signed'])
    .default('unsigned')
    .describe('Whether quantities and amounts of a credit memo carry a minus sign.'),
});

const sendCertificates = z.strictObject({
  kinds: z.array(z.enum(['conformance', 'calibration', 'material-test'])).min(1),
  via: z.enum(['mail', 'sftp', 'both']).default('mail'),
  gate: z
    .enum(['856', '810', 'none'])
    .default('none')
    .describe('The document that does not leave before every serial or lot of it has its certificates.'),
});

export const sendPolicy = z
  .object({
    '856': sendNotice.optional(),
    '810': sendInvoice.optional(),
    certificates: sendCertificates.optional(),
  })
  .catchall(sendSet)
  .default({});

export type NoticePolicy = z.infer<typeof sendNotice>;
export type InvoicePolicy = z.infer<typeof sendInvoice>;
export type CertificatePolicy = z.infer<typeof sendCertificates>;
