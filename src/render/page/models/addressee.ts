import { z } from 'zod';

/** A company or a place as it stands in an address block. */
export const addressee = z.strictObject({
  name: z.string(),
  /** Street, city, country: as they are to be written there. */
  address: z.array(z.string()),
  /** A store, customer or vendor number. */
  number: z.string().optional(),
  contact: z.string().optional(),
  taxNumber: z.string().optional(),
});

export type Addressee = z.infer<typeof addressee>;
