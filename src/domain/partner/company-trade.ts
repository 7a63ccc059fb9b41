import { z } from 'zod';

/** Who we are on paper, how we bill, and what we certify: parts of `partners/company.yaml`. */

const percent = z.string().regex(/^\d{1,2}(\.\d+)?$/, 'expected percent such as "5.75"');

export const addressFile = z
  .strictObject({
    lines: z.array(z.string()).max(2).default([]),
    city: z.string().optional(),
    region: z.string().optional(),
    'postal-code': z.string().optional(),
    country: z.string().length(2).optional(),
  })
  .describe('Where goods and invoices come from; a warehouse ships under it as well.');

export const contactFile = z
  .strictObject({ phone: z.string().optional(), mail: z.email().optional(), web: z.url().optional() })
  .describe('How customers reach us, as it stands on documents.');

export const termsFile = z
  .strictObject({
    net: z.int().min(0).max(365).describe('Days to pay.'),
    discount: z
      .strictObject({ percent, days: z.int().min(0).max(365) })
      .optional()
      .describe('Taken off by who pays within so many days.'),
  })
  .describe('Terms of payment where an order agrees on none.');

export const billingFile = z
  .strictObject({
    'remit-to': z
      .strictObject({ name: z.string(), address: addressFile.optional() })
      .optional()
      .describe('N1 RE: where the money goes, where that is not us.'),
    terms: termsFile.prefault({ net: 30 }),
    taxes: z
      .array(
        z.strictObject({
          where: z
            .string()
            .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'expected a country or a region such as US-OH')
            .describe('Ship-tos that it falls on.'),
          type: z.string().length(2).default('ST').describe('TXI01: ST state sales tax, VA value added, …'),
          percent,
          jurisdiction: z.string().optional(),
          freight: z.boolean().default(false).describe('Whether freight is taxed as well.'),
        }),
      )
      .default([]),
  })
  .prefault({});

export const certificatesFile = z
  .strictObject({
    statement: z
      .string()
      .default(
        'We certify that the goods named above were made, inspected and tested under our quality system and conform to the purchase order.',
      ),
    standards: z.array(z.string()).default([]),
    signatory: z
      .strictObject({
        name: z.string(),
        title: z.string().optional(),
        signature: z.string().optional().describe('Image of the signature, a file beside the templates.'),
      })
      .optional()
      .describe('Who signs certificates of conformance; without one none is issued.'),
  })
  .prefault({})
  .describe('What certificates of conformance say.');
