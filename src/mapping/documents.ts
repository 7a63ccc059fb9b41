import { z } from 'zod';
import { functionalAcknowledgement } from '../domain/acknowledgement/functional-acknowledgement.ts';
import { orderAcknowledgement } from '../domain/order/order-acknowledgement.ts';
import { purchaseOrder } from '../domain/order/purchase-order.ts';
import type { JsonSchema } from './schema.ts';

/** Every canonical document that a map can be written for. */
export const documentTypes = {
  'purchase-order': purchaseOrder,
  'order-acknowledgement': orderAcknowledgement,
  'functional-acknowledgement': functionalAcknowledgement,
} as const;

export type DocumentKind = keyof typeof documentTypes;

/** The JSON Schema of a canonical type: what maps are checked against and what `docs/` prints. */
export function documentSchema(kind: string): JsonSchema | undefined {
  if (!Object.hasOwn(documentTypes, kind)) return undefined;
  return z.toJSONSchema(documentTypes[kind as DocumentKind]) as unknown as JsonSchema;
}
