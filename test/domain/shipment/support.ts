import type { LineDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { sendPolicy } from '../../../src/domain/partner/send-policy.ts';

export function order(poNumber: string, lines: readonly string[]): PurchaseOrder {
  return {
    kind: 'purchase-order',
    source: {
      format: 'x12',
      version: '004010',
      set: '850',
      sender: 'ZZ:ACME',
      receiver: 'ZZ:US',
      interchange: '000000001',
      group: '1',
      control: '0001',
    },
    purpose: 'original',
    type: 'standalone',
    poNumber,
    orderDate: '2026-02-20',
    references: [{ qualifier: 'DP', value: '038' }],
    parties: [
      {
        role: 'ship-to',
        code: 'ST',
        name: 'ACME DC 12',
        idQualifier: '92',
        id: 'DC12',
        address: { lines: ['1 DOCK ST'], city: 'DAYTON', region: 'OH', postalCode: '45402', country: 'US' },
      },
    ],
    lines: lines.map((number) => ({
      number,
      quantity: '100',
      unit: 'EA',
      unitPrice: '2.50',
      ids: [
        { qualifier: 'BP', value: `PART-${number}` },
        { qualifier: 'VP', value: `ITEM-${number}` },
      ],
      description: `BOLT NO ${number}`,
    })),
  };
}

export function decideLine(decision: Partial<LineDecision> = {}): LineDecision {
  return { status: 'IA', reasons: [], ...decision };
}

export const shipFrom = {
  role: 'ship-from',
  code: 'SF',
  name: 'CAUSEWAY SUPPLY',
  address: { lines: ['40 RIVER RD'], city: 'CINCINNATI', region: 'OH', postalCode: '45202', country: 'US' },
};

export function noticePolicy(said: Readonly<Record<string, unknown>> = {}) {
  return sendPolicy.parse({ '856': said })['856']!;
}
