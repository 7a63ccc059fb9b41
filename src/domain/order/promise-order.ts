import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { LinePart } from '../allocation/plan-line.ts';
import { type PromisedLine, promiseLines } from '../allocation/promise-lines.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import { type Docket, isFirmOrder } from './docket.ts';
import { type ChangeStatus, isFirm, type LineDraft, say } from './line-draft.ts';
import type { LinePromise } from './order-decision.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';
import { findRequestedDelivery, findRequestedShip } from './requested-dates.ts';
import { findDestination, findShipTo } from './ship-to.ts';

/** Orders that promise nothing yet: what they commit to is released later. */
const BLANKETS: ReadonlySet<string> = new Set(['blanket', 'blanket-estimate']);

/** Lines that stand are promised from stock, where the partner's file says so. */
export function promiseOrder(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const { stock, policy, today, customer } = facts;
  if (stock === undefined || policy.promise !== 'stock' || BLANKETS.has(order.type) || !isFirmOrder(docket))
    return;
  const asked = drafts.flatMap((draft) => {
    const { item, quantity, unit, line } = draft;
    if (!isFirm(draft) || item === undefined || quantity === undefined || unit === undefined) return [];
    const stockQuantity = toStockUnits(item, quantity, unit);
    if (stockQuantity === undefined) return [];
    const requestedShip = findRequestedShip(order, line);
    const requestedDelivery = findRequestedDelivery(order, line);
    draft.requires = item.serialised ? findRequired(line) : undefined;
    const { requires } = draft;
    return [
      {
        draft,
        line: {
          line: line.number,
          item,
          quantity: stockQuantity,
          requestedShip,
          requestedDelivery,
          requires,
        },
      },
    ];
  });
  if (asked.length === 0) return;
  const promised = promiseLines({
    lines: asked.map(({ line }) => line),
    stock,
    short: policy.short,
    zone: findShipTo(order, customer)?.zone,
    destination: findDestination(order, customer),
    today,
  });
  for (const [i, { draft }] of asked.entries()) settlePromise(draft, promised[i]!);
}

/** The very serial that the buyer asks for: REF*SE of the line. */
function findRequired({ references = [] }: PurchaseOrderLine): Readonly<Record<string, string>> | undefined {
  const serial = references.find(({ qualifier }) => qualifier === 'SE')?.value;
  return serial === undefined ? undefined : { serial };
}

function settlePromise(draft: LineDraft, { parts, cancelled, route, status, reasons }: PromisedLine): void {
  draft.route = route;
  const units = unitsIn(draft.item!, draft.unit!)!;
  draft.promises = parts.map((part) => promisePart(part, units));
  const [reason] = reasons;
  if (status === 'IA' || reason === undefined) return;
  if (status === 'R4' || status === 'IR') {
    say(draft, { kind: 'refusal', status, reason });
    return;
  }
  if (cancelled !== '0') draft.quantity = fromBig(toBig(draft.quantity!).minus(toBig(cancelled).div(units)));
  // A cancelled rest and a later day are two changes.
  const changes: ChangeStatus[] =
    status === 'IC' ? ['IQ', 'DR'] : [nameSupply(status as ChangeStatus, parts)];
  for (const change of changes) say(draft, { kind: 'change', status: change, reason });
}

/** Backordered with nobody knowing until when: its schedule is pending. */
function nameSupply(status: ChangeStatus, parts: readonly LinePart[]): ChangeStatus {
  return status === 'IB' && parts.every(({ ships }) => ships === undefined) ? 'SP' : status;
}

function promisePart({ kind, quantity, warehouse, ships, serials }: LinePart, units: Decimal): LinePromise {
  return {
    kind,
    quantity: fromBig(toBig(quantity).div(units)),
    stockQuantity: quantity,
    ...(ships === undefined ? {} : { ships }),
    ...(warehouse === undefined ? {} : { warehouse }),
    ...(serials === undefined ? {} : { serials }),
  };
}
