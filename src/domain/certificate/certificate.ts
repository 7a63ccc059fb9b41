import { z } from 'zod';
import { dateText, decimalText } from '../document.ts';

/**
 * A certificate as it is kept, before any layout: what it says, of which goods. The PDF is made of this and of a template;
 * its hash is that of this content in canonical JSON, so that it can stand on the page itself.
 */

const person = z.strictObject({
  name: z.string(),
  title: z.string().optional(),
  /** Image of the signature, a file beside the templates. */
  signature: z.string().optional(),
});

const customer = z.strictObject({ name: z.string(), address: z.array(z.string()).optional() });

/** What it certifies: found by any of these. */
const subject = z.strictObject({
  poNumber: z.string().optional(),
  releaseNumber: z.string().optional(),
  line: z.string().optional(),
  item: z.string(),
  description: z.string().optional(),
  revision: z.string().optional(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  lot: z.string().optional(),
  serials: z.array(z.string()).optional(),
});

const head = {
  number: z.string(),
  date: dateText,
  issuer: customer,
  customer,
  subject,
  /** The certificate that this one corrects. */
  replaces: z.strictObject({ number: z.string(), reason: z.string() }).optional(),
  authorisedBy: person,
  remarks: z.array(z.string()).optional(),
};

export const conformanceCertificate = z.strictObject({
  kind: z.literal('conformance'),
  ...head,
  statement: z.string(),
  standards: z.array(z.string()),
});

/** One point of a calibration: what was set, what was shown, how far that is certain. */
const calibrationResult = z.strictObject({
  quantity: z.string(),
  unit: z.string(),
  reference: decimalText,
  reading: decimalText,
  error: decimalText.optional(),
  uncertainty: decimalText,
  limit: decimalText.optional(),
  conforms: z.boolean().optional(),
});

/** ISO/IEC 17025:2017, 7.8.2 and 7.8.4. */
export const calibrationCertificate = z.strictObject({
  kind: z.literal('calibration'),
  ...head,
  laboratory: customer.extend({ accreditation: z.string().optional() }),
  location: z.string().optional(),
  method: z.string(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  condition: z.string(),
  received: dateText.optional(),
  calibrated: dateText,
  environment: z.array(z.strictObject({ quantity: z.string(), value: z.string(), unit: z.string() })),
  results: z.array(calibrationResult),
  coverage: z.string(),
  traceability: z.string(),
  decisionRule: z.string(),
  conformity: z.string(),
  adjusted: z.string().optional(),
  /** On every report of ISO/IEC 17025: the results relate only to this item. */
  scope: z.string(),
});

const testedValue = z.strictObject({
  property: z.string(),
  unit: z.string().optional(),
  minimum: decimalText.optional(),
  maximum: decimalText.optional(),
  value: z.string(),
  method: z.string().optional(),
});

/** In the manner of EN 10204 3.1. */
export const materialTestCertificate = z.strictObject({
  kind: z.literal('material-test'),
  ...head,
  type: z.string(),
  standards: z.array(z.string()),
  heat: z.string(),
  chemistry: z.array(testedValue),
  mechanics: z.array(testedValue),
  statement: z.string(),
});

export const certificate = z.discriminatedUnion('kind', [
  conformanceCertificate,
  calibrationCertificate,
  materialTestCertificate,
]);

/** What is known of a certificate that came as a PDF, from a laboratory or a maker. */
export const broughtCertificate = z.strictObject({
  kind: z.enum(['conformance', 'calibration', 'material-test']),
  brought: z.literal(true),
  number: z.string(),
  date: dateText,
  issuer: customer,
  subject,
  replaces: head.replaces,
});

export type Certificate = z.infer<typeof certificate>;
export type BroughtCertificate = z.infer<typeof broughtCertificate>;
/** As it is kept. */
export type KeptCertificate = Certificate | BroughtCertificate;
export type CertificateKind = Certificate['kind'];
