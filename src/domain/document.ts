import { z } from 'zod';

/**
 * Pieces that every canonical document shares. `format` in the JSON Schema tells the map checker what a field
 * holds: `decimal` (as its sender wrote it), `date` (ISO), anything else is text.
 */
export const decimalText = z.string().meta({ format: 'decimal' });
export const dateText = z.string().meta({ format: 'date' });

/** Where a document came from, taken from its envelope, never from the map. */
export const source = z.strictObject({
  format: z.enum(['x12']),
  version: z.string(),
  set: z.string(),
  sender: z.string(),
  receiver: z.string(),
  interchange: z.string(),
  group: z.string(),
  control: z.string(),
});

export const reference = z.strictObject({
  qualifier: z.string(),
  value: z.string().optional(),
  text: z.string().optional(),
});

/** A product id pair such as PO106/PO107: `{"qualifier":"VP","value":"VEND1"}`. */
export const productId = z.strictObject({ qualifier: z.string(), value: z.string() });

export const party = z.strictObject({
  /** `ship-to` for N101 ST; `other` with the code kept beside it. */
  role: z.string(),
  /** N101 as sent. */
  code: z.string(),
  name: z.string().optional(),
  idQualifier: z.string().optional(),
  id: z.string().optional(),
  address: z
    .strictObject({
      lines: z.array(z.string()).optional(),
      city: z.string().optional(),
      region: z.string().optional(),
      postalCode: z.string().optional(),
      country: z.string().optional(),
    })
    .optional(),
});

/**
 * What no binding of the map names, kept whole: a segment (`PER`, `PO1[2]/PO4`) or one element (`N1[1]/N1-05`).
 * A composite is the list of its components, because the separator differs from one interchange to the next.
 */
export const unmappedSegment = z.strictObject({
  at: z.string(),
  value: z.array(z.union([z.string(), z.array(z.string())])),
});

export type Source = z.infer<typeof source>;
export type Unmapped = z.infer<typeof unmappedSegment>;
