import type { ChangeFacts, StandingOrder } from '../../../src/domain/order/change-decision.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { OrderChange, OrderChangeLine } from '../../../src/domain/order/order-change.ts';
import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import type { Ruling, RulingChoice } from '../../../src/domain/order/ruling.ts';
import { facts, order, price } from './support.ts';

const WORDS = {
  AI: 'add',
  CA: 'change',
  CT: 'date-change',
  DI: 'delete',
  PC: 'price-change',
  PQ: 'price-and-quantity-change',
  QD: 'quantity-decrease',
  QI: 'quantity-increase',
  RQ: 'reschedule-and-quantity-change',
  RS: 'reschedule',
  RZ: 'replace',
  NC: 'no-change',
  MU: 'other',
} as const;

/** One POC by its code. */
export function poc(
  code: keyof typeof WORDS,
  number: string | undefined,
  said: Partial<OrderChangeLine> = {},
): OrderChangeLine {
  return {
    ...(number === undefined ? {} : { number }),
    change: WORDS[code],
    changeCode: code,
    ids: [],
    ...said,
  };
}

export function change(lines: readonly OrderChangeLine[], said: Partial<OrderChange> = {}): OrderChange {
  return {
    kind: 'order-change',
    purpose: 'change',
    type: 'standalone',
    poNumber: 'PO1',
    ...said,
    lines: [...lines],
  };
}

/** 800 EA on one line, 24 CA... of the second item on another. */
export const ORDER: PurchaseOrder = order({
  lines: [
    {
      number: '1',
      quantity: '800',
      unit: 'EA',
      unitPrice: '3.25',
      priceBasis: 'PE',
      ids: [{ qualifier: 'BP', value: 'PART-1' }],
    },
    {
      number: '2',
      quantity: '24',
      unit: 'EA',
      unitPrice: '9',
      priceBasis: 'PE',
      ids: [{ qualifier: 'BP', value: 'PART-2' }],
    },
  ],
});

/** Both items are known and priced as ordered; a third may be added. */
export const ORDER_FACTS: OrderFacts = facts({
  others: [
    { number: 'C-3', ids: [['BP', 'PART-2']], prices: [price({ price: '9' })] },
    { number: 'D-4', ids: [['BP', 'PART-3']], prices: [price({ price: '0.85' })] },
  ],
});

export function standing(
  changes: Partial<StandingOrder> = {},
  given: OrderFacts = ORDER_FACTS,
): StandingOrder {
  const now = changes.order ?? ORDER;
  return {
    version: 1,
    state: 'open',
    shipped: new Map(),
    decision: decideOrder(now, given),
    ...changes,
    order: now,
  };
}

export function changeFacts(changes: Partial<ChangeFacts> = {}): ChangeFacts {
  return {
    orderFacts: ORDER_FACTS,
    current: standing(),
    earlierChanges: [],
    rulings: [],
    mayWait: true,
    policy: { gaps: 'wait' },
    ...changes,
  };
}

export function ruling(choice: RulingChoice, line?: string): Ruling {
  return { at: '2026-01-07T09:00:00Z', by: 'dana', choice, ...(line === undefined ? {} : { line }) };
}
