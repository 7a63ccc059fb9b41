import { z } from 'zod';
import { functionalAcknowledgement } from '../../domain/acknowledgement/functional-acknowledgement.ts';
import { interchangeAcknowledgement } from '../../domain/acknowledgement/interchange-acknowledgement.ts';
import { applicationAdvice } from '../../domain/application-advice/application-advice.ts';
import { inventoryReport } from '../../domain/inventory/inventory-report.ts';
import { invoice } from '../../domain/invoice/invoice.ts';
import { orderAcknowledgement } from '../../domain/order/order-acknowledgement.ts';
import { orderChange } from '../../domain/order/order-change.ts';
import { orderChangeAcknowledgement } from '../../domain/order/order-change-acknowledgement.ts';
import { purchaseOrder } from '../../domain/order/purchase-order.ts';
import { remittanceAdvice } from '../../domain/payment/remittance-advice.ts';
import { receivingAdvice } from '../../domain/receiving/receiving-advice.ts';
import { planningSchedule } from '../../domain/schedule/planning-schedule.ts';
import { shippingSchedule } from '../../domain/schedule/shipping-schedule.ts';
import { shipNotice } from '../../domain/shipment/ship-notice.ts';
import { textMessage } from '../../domain/text-message/text-message.ts';
import { warehouseShippingAdvice } from '../../domain/warehouse/warehouse-shipping-advice.ts';
import { warehouseShippingOrder } from '../../domain/warehouse/warehouse-shipping-order.ts';
import type { JsonSchema } from './schema.ts';

/** Every canonical document. A map can be written for each but the TA1, which is no set. */
export const documentTypes = {
  'purchase-order': purchaseOrder,
  'order-acknowledgement': orderAcknowledgement,
  'order-change': orderChange,
  'order-change-acknowledgement': orderChangeAcknowledgement,
  invoice,
  'remittance-advice': remittanceAdvice,
  'application-advice': applicationAdvice,
  'text-message': textMessage,
  'warehouse-shipping-order': warehouseShippingOrder,
  'warehouse-shipping-advice': warehouseShippingAdvice,
  'ship-notice': shipNotice,
  'planning-schedule': planningSchedule,
  'shipping-schedule': shippingSchedule,
  'inventory-report': inventoryReport,
  'receiving-advice': receivingAdvice,
  'functional-acknowledgement': functionalAcknowledgement,
  'interchange-acknowledgement': interchangeAcknowledgement,
} as const;

export type DocumentKind = keyof typeof documentTypes;

/** A document of any kind, told apart by `kind`. */
export type CanonicalDocument = z.infer<(typeof documentTypes)[DocumentKind]>;

/** The JSON Schema of a canonical type: what maps are checked against and what `docs/` prints. */
export function documentSchema(kind: string): JsonSchema | undefined {
  if (!Object.hasOwn(documentTypes, kind)) return undefined;
  return z.toJSONSchema(documentTypes[kind as DocumentKind]) as unknown as JsonSchema;
}
