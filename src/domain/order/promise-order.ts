import type Big from 'big.js';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { comesInPieces } from '../allocation/outlook.ts';
import type { LinePart } from '../allocation/plan-line.ts';
import { type PromisedLine, promiseLines } from '../allocation/promise-lines.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import { isOnContract } from './check-items.ts';
import { type Docket, isFirmOrder } from './docket.ts';
import { type ChangeStatus, isFirm, type LineDraft, say } from './line-draft.ts';
import type { LinePromise } from './order-decision.ts';
import { isBlanketOrder, type PurchaseOrderLine } from './purchase-order.ts';
import { findRequestedDelivery, findRequestedShip } from './requested-dates.ts';
import { findDestination, findShipTo } from './ship-to.ts';

/** Lines that stand are promised from stock, where the partner's file says so. */
export function promiseOrder(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const { stock, policy, today, customer } = facts;
  if (stock === undefined || policy.promise !== 'stock' || isBlanketOrder(order) || !isFirmOrder(docket))
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
          each: keepTogether(draft, stockQuantity),
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
  for (const [i, { draft }] of asked.entries()) settlePromise(draft, promised[i]!, docket);
}

/** Whole units of the line, where those come in pieces: nobody ships half a case. */
function keepTogether({ item, quantity, unit }: LineDraft, stockQuantity: Decimal): Decimal | undefined {
  if (!comesInPieces({ unit: unit!, serialised: false }) || unit === item!.unit) return undefined;
  return toBig(quantity!).mod(1).eq(0) ? unitsIn(item!, unit!) : stockQuantity;
}

/** The very serial that the buyer asks for: REF*SE of the line. */
function findRequired({ references = [] }: PurchaseOrderLine): Readonly<Record<string, string>> | undefined {
  const serial = references.find(({ qualifier }) => qualifier === 'SE')?.value;
  return serial === undefined ? undefined : { serial };
}

function settlePromise(
  draft: LineDraft,
  { parts, cancelled, route, status, reasons }: PromisedLine,
  { facts }: Docket,
): void {
  draft.route = route;
  const units = toBig(unitsIn(draft.item!, draft.unit!)!);
  const answered = toBig(draft.quantity!).minus(divide(toBig(cancelled), units));
  draft.promises = promiseParts(parts, units, answered);
  const [reason] = reasons;
  if (status === 'IA' || reason === undefined) return;
  if (status === 'R4' || status === 'IR') {
    const code = status === 'R4' && !isOnContract(draft.item!, facts.prices) ? 'IR' : status;
    say(draft, { kind: 'refusal', status: code, reason });
    return;
  }
  if (cancelled !== '0') draft.quantity = fromBig(answered);
  // A cancelled rest and a later day are two changes.
  const changes: ChangeStatus[] =
    status === 'IC' ? ['IQ', 'DR'] : [nameSupply(status as ChangeStatus, parts)];
  for (const change of changes) say(draft, { kind: 'change', status: change, reason });
}

/** Backordered with nobody knowing until when: its schedule is pending. */
function nameSupply(status: ChangeStatus, parts: readonly LinePart[]): ChangeStatus {
  return status === 'IB' && parts.every(({ ships }) => ships === undefined) ? 'SP' : status;
}

/** In the unit of the line; together exactly what is answered, also where a division does not end. */
function promiseParts(parts: readonly LinePart[], units: Big, answered: Big): readonly LinePromise[] {
  let left = answered;
  return parts.map(({ kind, quantity, warehouse, ships, serials }, i) => {
    const own = i === parts.length - 1 ? left : divide(toBig(quantity), units);
    left = left.minus(own);
    return {
      kind,
      quantity: fromBig(own),
      stockQuantity: quantity,
      ...(ships === undefined ? {} : { ships }),
      ...(warehouse === undefined ? {} : { warehouse }),
      ...(serials === undefined ? {} : { serials }),
    };
  });
}
