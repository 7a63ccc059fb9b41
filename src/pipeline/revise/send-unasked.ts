import type { Id } from '../../domain/exchange/records.ts';
import type { CanonicalDocument } from '../process/interpret.ts';
import {
  draftUnasked,
  type Following,
  NOTHING_FOLLOWS,
  type Revising,
  type Sent,
  saveAndSend,
} from './save-revision.ts';

/** A document that answers nothing: a ship notice, an invoice. */
export type UnaskedDocument = {
  readonly set: string;
  /** GS01. */
  readonly functionalId: string;
  readonly document: CanonicalDocument;
  /** An order that it is about. */
  readonly order?: Id | undefined;
  readonly test: boolean;
};

/** Writes, stores and sends it within the transaction of its cause; throws before anything is stored where it cannot be written. */
export async function sendUnasked(
  revising: Revising,
  { set, functionalId, document, order, test }: UnaskedDocument,
  following: Partial<Following> = {},
): Promise<Sent> {
  const documents = [{ document, order }];
  return await saveAndSend(
    revising,
    (write) => draftUnasked(revising.partner, { set, functionalId, documents, test }, write),
    { ...NOTHING_FOLLOWS, ...following },
  );
}
