import type { Instant } from '../../lib/dates.ts';
import type { Id } from '../exchange/records.ts';
import type { Difference } from '../order/compare-orders.ts';
import type { LineDecision, OrderDecision } from '../order/order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';
import type { ErpFile } from '../partner/partner.ts';
import type { FeedKind, FeedLine, FeedMessage, FeedRecord } from './feed-message.ts';

/** An order in one version, as it was decided. */
export type DecidedVersion = {
  readonly order: Id;
  readonly version: number;
  readonly state: FeedMessage['state'];
  readonly content: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly differences?: readonly Difference[] | undefined;
};

/** What is the same for all messages that are made together. */
export type FeedMaker = {
  readonly ids: () => Id;
  readonly now: Instant;
  readonly partner: string;
  /** Our number of the partner as a customer. */
  readonly customer: string;
  /** Where the order names none. */
  readonly currency: string;
  readonly erp: Pick<ErpFile, 'send' | 'held'>;
};

/**
 * What the ERP is told of these versions, in their order. `told` is the last sequence of each order that it was told of
 * before: only those can change, be cancelled or turn out rejected for it.
 */
export function makeMessages(
  versions: readonly DecidedVersion[],
  told: ReadonlyMap<Id, number>,
  maker: FeedMaker,
): readonly FeedRecord[] {
  const last = new Map(told);
  return versions.flatMap((one) => {
    const before = last.get(one.order) ?? 0;
    const kind = before > 0 ? 'change' : kindOf(one.content);
    if (!maker.erp.send.includes(`${kind}s`) || !isToldOf(one, before > 0, maker.erp.held)) return [];
    last.set(one.order, before + 1);
    return [makeMessage(one, kind, before + 1, maker)];
  });
}

function kindOf(order: PurchaseOrder): Exclude<FeedKind, 'change'> {
  return order.type === 'release' ? 'release' : 'order';
}

function isToldOf({ state, decision }: DecidedVersion, known: boolean, held: boolean): boolean {
  if (decision.outcome === 'held') return held;
  return known || (state !== 'cancelled' && decision.outcome !== 'rejected');
}

function makeMessage(one: DecidedVersion, kind: FeedKind, sequence: number, maker: FeedMaker): FeedRecord {
  const { ids, now, partner, customer } = maker;
  const { order, version, state, content, decision, differences } = one;
  const id = ids();
  const payload: FeedMessage = {
    id,
    kind,
    sequence,
    at: now,
    partner,
    customer,
    orderId: order,
    version,
    state,
    outcome: decision.outcome,
    currency: content.currency ?? maker.currency,
    ...(decision.amount === undefined || state === 'cancelled' ? {} : { amount: decision.amount }),
    lines: content.lines.map((line, i) => makeLine(line, decision.lines[i]!)),
    ...(kind === 'change' && differences !== undefined ? { differences: [...differences] } : {}),
    order: content,
  };
  return { id, order, sequence, kind, partner, at: now, payload };
}

/** Only what the ERP acts on: how we found the price and the warehouse stays here. */
function makeLine(line: PurchaseOrderLine, decided: LineDecision): FeedLine {
  const { status, item, unit = line.unit, quantity = line.quantity, price, priceBasis, promises } = decided;
  return {
    number: line.number,
    status,
    item,
    quantity,
    unit,
    price,
    priceBasis: price === undefined ? undefined : (priceBasis ?? line.priceBasis),
    promises: promises?.map(({ kind, quantity: own, ships, warehouse, serials, shipTo }) => {
      return { kind, quantity: own, ships, warehouse, serials: serials && [...serials], shipTo };
    }),
    reasons: decided.reasons.map(({ code, text }) => ({ code, text })),
  };
}
