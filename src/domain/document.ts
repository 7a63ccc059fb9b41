import { z } from 'zod';

/**
 * Pieces that every canonical document shares. `format` in the JSON Schema tells the map checker what a field
 * holds: `decimal` (as its sender wrote it), `date` (ISO), anything else is text.
 */
export const decimalText = z.string().meta({ format: 'decimal' });
export const dateText = z.string().meta({ format: 'date' });
/** `09:30`, `09:30:15`, `09:30:15.25`, by the clock of the sender. */
export const timeText = z.string().meta({ format: 'time' });

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

const qualifiedValue = z.strictObject({ qualifier: z.string(), value: z.string() });

/** A product id pair such as PO106/PO107: `{"qualifier":"VP","value":"VEND1"}`. */
export const productId = qualifiedValue;

/** DTM: a day, a time, or a period whose form `periodFormat` names (`RD8`: two days with a hyphen between). */
export const datedEvent = z.strictObject({
  qualifier: z.string(),
  date: dateText.optional(),
  time: timeText.optional(),
  zone: z.string().optional(),
  periodFormat: z.string().optional(),
  period: z.string().optional(),
});

/** PER: a person and the numbers under which to reach them (`TE` telephone, `EM` mail). */
export const contact = z.strictObject({
  function: z.string(),
  name: z.string().optional(),
  numbers: z.array(qualifiedValue).optional(),
  reference: z.string().optional(),
});

export const party = z.strictObject({
  /** `ship-to` for N101 ST; `other` with the code kept beside it. */
  role: z.string(),
  /** N101 as sent. */
  code: z.string(),
  name: z.string().optional(),
  idQualifier: z.string().optional(),
  id: z.string().optional(),
  /** N2: further lines of the name. */
  names: z.array(z.string()).optional(),
  address: z
    .strictObject({
      lines: z.array(z.string()).optional(),
      city: z.string().optional(),
      region: z.string().optional(),
      postalCode: z.string().optional(),
      country: z.string().optional(),
      /** A place by code: N405, such as `UN`, and N406. */
      locationQualifier: z.string().optional(),
      location: z.string().optional(),
    })
    .optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
});

/** N1 alone, where no address follows. */
export const namedParty = party.pick({ role: true, code: true, name: true, idQualifier: true, id: true });

/** NM1: a person, or an organization by `name` alone. */
export const individual = namedParty.extend({
  /** NM102: 1 person, 2 organization. */
  type: z.string(),
  firstName: z.string().optional(),
  middleName: z.string().optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
});

/** An N9 loop: a reference with text of its own, line by line. */
export const message = z.strictObject({
  qualifier: z.string(),
  value: z.string().optional(),
  title: z.string().optional(),
  date: dateText.optional(),
  lines: z.array(z.string()).optional(),
});

/** NTE: one line of text and what it is about. */
export const remark = z.strictObject({ code: z.string().optional(), text: z.string() });

/** PID beyond the one that is the description: colour, size, material, … by `characteristic`. */
export const productDescription = z.strictObject({
  type: z.string(),
  characteristic: z.string().optional(),
  agency: z.string().optional(),
  code: z.string().optional(),
  text: z.string().optional(),
  surface: z.string().optional(),
  language: z.string().optional(),
});

export const measurement = z.strictObject({
  reference: z.string().optional(),
  qualifier: z.string().optional(),
  value: decimalText.optional(),
  unit: z.string().optional(),
  minimum: decimalText.optional(),
  maximum: decimalText.optional(),
  significance: z.string().optional(),
  attribute: z.string().optional(),
  surface: z.string().optional(),
});

export const qualifiedQuantity = z.strictObject({
  qualifier: z.string(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
});

/**
 * What no binding of the map names, kept whole: a segment (`PER`, `PO1[2]/PO4`) or one element (`N1[1]/N1-05`).
 * A composite is the list of its components, and what repeats the list of its repeats, each a list of components: the
 * separators differ from one interchange to the next.
 */
export const unmappedSegment = z.strictObject({
  at: z.string(),
  value: z.array(z.union([z.string(), z.array(z.string()), z.array(z.array(z.string()))])),
});

export type Party = z.infer<typeof party>;
export type Source = z.infer<typeof source>;
export type Unmapped = z.infer<typeof unmappedSegment>;
