import { unreachable } from '../../lib/assert.ts';
import type { PlainDate } from '../../lib/dates.ts';
import type { Party } from '../document.ts';
import type { OrderAcknowledgement, OrderAcknowledgementLine } from './order-acknowledgement.ts';
import type { LineDecision, OrderDecision } from './order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

/** The answer that a decision calls for: every line of the order once (X12 855). */
export function acknowledgeOrder(
  order: PurchaseOrder,
  decision: OrderDecision,
  today: PlainDate,
): OrderAcknowledgement {
  const shipTo = order.parties?.filter((party) => party.role === 'ship-to') ?? [];
  return {
    kind: 'order-acknowledgement',
    /** BAK01: 07 when the same order is answered again. */
    purpose: decision.repeated ? 'duplicate' : 'original',
    type: chooseType(order, decision),
    poNumber: order.poNumber,
    ...(order.releaseNumber === undefined ? {} : { releaseNumber: order.releaseNumber }),
    orderDate: order.orderDate ?? today,
    acknowledgedOn: today,
    ...(order.currency === undefined ? {} : { currency: order.currency }),
    ...(shipTo.length === 0 ? {} : { parties: shipTo.map(nameParty) }),
    lines: order.lines.map((line, i) => acknowledgeLine(line, decision.lines[i]!)),
  };
}

/** Who it is, without address and contacts: the buyer knows its own. */
function nameParty({ address: _a, names: _n, references: _r, contacts: _c, ...party }: Party): Party {
  return party;
}

/** BAK02. */
function chooseType(order: PurchaseOrder, decision: OrderDecision): string {
  switch (decision.outcome) {
    case 'accepted':
      return order.lines.length === 0 ? 'AK' : 'AD';
    case 'accepted-with-changes':
      return 'AC';
    case 'held':
      // Part of the lines stand firm: the answer is in the detail. Else the whole order waits.
      return decision.lines.some((line) => line.status !== 'IH' && line.status !== 'IE') ? 'AC' : 'AH';
    case 'rejected':
      return order.lines.length === 0 ? 'RJ' : 'RD';
    default:
      return unreachable(decision.outcome);
  }
}

function acknowledgeLine(line: PurchaseOrderLine, decision: LineDecision): OrderAcknowledgementLine {
  const unit = decision.unit ?? line.unit;
  return {
    number: line.number,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(unit === undefined ? {} : { unit }),
    ...(decision.price === undefined ? {} : { unitPrice: decision.price }),
    ...(decision.price === undefined || decision.priceBasis === undefined
      ? {}
      : { priceBasis: decision.priceBasis }),
    ids: line.ids,
    outcomes: [
      {
        status: decision.status,
        // ACK02 and ACK03 come as a pair (P0203).
        ...(unit === undefined || line.quantity === undefined ? {} : { quantity: line.quantity, unit }),
      },
    ],
  };
}
