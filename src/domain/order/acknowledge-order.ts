import { unreachable } from '../../lib/assert.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Party } from '../document.ts';
import { HELD, isRejected } from './line-draft.ts';
import type { LineOutcome, OrderAcknowledgement, OrderAcknowledgementLine } from './order-acknowledgement.ts';
import {
  type LineDecision,
  type LinePromise,
  type OrderDecision,
  type PartStatus,
  SUPPLY,
} from './order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

/** The answer that a decision calls for: every line of the order once (X12 855). */
export function acknowledgeOrder(
  order: PurchaseOrder,
  decision: OrderDecision,
  { today, split }: { readonly today: PlainDate; readonly split: 'BP' | 'IA-IB' },
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
    lines: order.lines.map((line, i) => acknowledgeLine(line, decision.lines[i]!, split)),
  };
}

/** Who it is, without address and contacts: the buyer knows its own. */
export function nameParty({ address: _a, names: _n, references: _r, contacts: _c, ...party }: Party): Party {
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
      return decision.lines.some((line) => !HELD.has(line.status)) ? 'AC' : 'AH';
    case 'rejected':
      return order.lines.length === 0 ? 'RJ' : 'RD';
    default:
      return unreachable(decision.outcome);
  }
}

export function acknowledgeLine(
  line: PurchaseOrderLine,
  decision: LineDecision,
  split: 'BP' | 'IA-IB',
): OrderAcknowledgementLine {
  const unit = decision.unit ?? line.unit;
  const { price, priceBasis } = decision;
  return {
    number: line.number,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(unit === undefined ? {} : { unit }),
    ...(price === undefined ? {} : { unitPrice: price }),
    ...(price === undefined || priceBasis === undefined ? {} : { priceBasis }),
    ids: line.ids,
    ...(decision.paidBy === undefined ? {} : { references: [{ qualifier: 'PO', value: decision.paidBy }] }),
    outcomes: listOutcomes(line, decision, unit, split),
  };
}

/**
 * One ACK for each day on which a part ships, so that none claims a day for what leaves later. BP alone says how much ships
 * first and leaves the balance to follow, unless the partner wants the parts apart, or has ordered them apart. What is
 * sent instead of the item stands in ACK07 and ACK08 under our number.
 */
function listOutcomes(
  line: PurchaseOrderLine,
  decision: LineDecision,
  unit: string | undefined,
  split: 'BP' | 'IA-IB',
): LineOutcome[] {
  const { status, quantity = line.quantity, promises = [], ships } = decision;
  const instead = nameSubstitute(decision);
  const [first, ...later] = groupByDay(promises);
  if (first === undefined)
    return [{ status, ...sayQuantity(quantity, unit), ...sayShips(ships), ...instead }];
  const say = (part: DayPart, code: string): LineOutcome => ({
    status: code,
    ...sayQuantity(part.quantity, unit),
    ...sayShips(part.ships),
    ...instead,
  });
  if (SUPPLY.has(status) && promises.some((part) => part.status !== undefined))
    return [first, ...later].map((part) => say(part, part.status ?? 'IA'));
  if (status !== 'BP') {
    if (later.length === 0)
      return [{ status, ...sayQuantity(quantity, unit), ...sayShips(first.ships), ...instead }];
    return [
      say(first, status),
      ...later.map((part) => say(part, status === 'IC' ? nameLater(part) : status)),
    ];
  }
  if (split === 'BP') return [say(first, 'BP')];
  return [say(first, 'IA'), ...later.map((part) => say(part, nameLater(part)))];
}

type DayPart = {
  readonly quantity: Decimal;
  readonly ships: PlainDate | undefined;
  readonly inHand: boolean;
  readonly status: PartStatus | undefined;
};

/** Parts in the order of time, what has left first; from several warehouses, or to several places, on one day they are one to the buyer. */
function groupByDay(promises: readonly LinePromise[]): readonly DayPart[] {
  // Most lines ship in one part.
  if (promises.length === 1) return [joinParts(promises)];
  const groups = Map.groupBy(promises, ({ kind, ships, status }) => {
    return `${kind === 'shipped'} ${ships} ${status}`;
  });
  return [...groups.values()].map(joinParts);
}

function joinParts(parts: readonly LinePromise[]): DayPart {
  const [first, ...others] = parts;
  const { kind, ships, status, quantity } = first!;
  return {
    quantity: fromBig(others.reduce((sum, part) => sum.plus(part.quantity), toBig(quantity))),
    // 068 tells when it is to leave: what has left says no day.
    ships: kind === 'shipped' ? undefined : ships,
    inHand: parts.some(({ kind }) => kind !== 'backorder'),
    status,
  };
}

function nameLater({ inHand }: DayPart): 'IA' | 'IB' {
  return inHand ? 'IA' : 'IB';
}

function nameSubstitute(decision: LineDecision): Pick<LineOutcome, 'ids'> {
  const substituted = decision.reasons.some(({ code }) => code === 'item-substituted');
  if (!substituted || decision.item === undefined || isRejected(decision)) return {};
  return { ids: [{ qualifier: 'VP', value: decision.item }] };
}

/** ACK02 and ACK03 come as a pair (P0203). */
function sayQuantity(quantity: string | undefined, unit: string | undefined) {
  return quantity === undefined || unit === undefined ? {} : { quantity, unit };
}

/** ACK04 068: current schedule ship. */
function sayShips(date: PlainDate | undefined) {
  return date === undefined ? {} : { dateQualifier: '068', date };
}
