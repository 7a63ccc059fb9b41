import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, isMultiple, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { comesInPieces, type LineToPromise } from '../allocation/outlook.ts';
import type { LinePart } from '../allocation/plan-line.ts';
import { type PromisedLine, promiseLines } from '../allocation/promise-lines.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import type { Reason } from '../reason.ts';
import { isOnContract } from './check-items.ts';
import { type Docket, isFirmOrder } from './docket.ts';
import { type ChangeStatus, isFirm, type LineDraft, say } from './line-draft.ts';
import {
  compareShips,
  joinStatuses,
  type LinePromise,
  type LineStatus,
  type PartStatus,
} from './order-decision.ts';
import { isBlanketOrder, type PurchaseOrderLine } from './purchase-order.ts';
import { findDestination, findShipTo, namesPlace } from './ship-to.ts';
import { fitParts, leaveOutShipped, type WantedPart } from './wanted-parts.ts';

/** Lines that stand are promised from stock, where the partner's file says so. */
export function promiseOrder(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const { stock, policy, today } = facts;
  if (stock === undefined || policy.promise !== 'stock' || isBlanketOrder(order) || !isFirmOrder(docket))
    return;
  const asked = drafts.flatMap((draft) => {
    const parts = askFor(draft, facts);
    return parts.length === 0 ? [] : [{ draft, parts }];
  });
  const lines = asked.flatMap(({ parts }) => parts);
  if (lines.length === 0) return;
  const promised = promiseLines({ lines, stock, short: policy.short, today });
  let next = 0;
  for (const { draft, parts } of asked) {
    settlePromise(draft, promised.slice(next, next + parts.length), docket);
    next += parts.length;
  }
}

/** What stock is asked for a line: once for each part that is wanted at a place and by a day of its own. */
function askFor(draft: LineDraft, { customer, shipped }: Docket['facts']): readonly LineToPromise[] {
  const { item, quantity, unit, line, wanted = [] } = draft;
  if (!isFirm(draft) || item === undefined || quantity === undefined || unit === undefined) return [];
  const all = toStockUnits(item, quantity, unit);
  if (all === undefined) return [];
  const requires = item.serialised ? findRequired(line) : undefined;
  draft.requires = requires;
  const gone = toStockUnits(item, shipped?.get(line.number) ?? '0', unit) ?? '0';
  const parts = leaveOutShipped(fitParts(wanted, all), gone);
  draft.wanted = parts;
  draft.promises = listShipped(draft, shipped);
  return parts.map((part, i) => {
    const shipTo = findShipTo(part.place, customer);
    return {
      line: parts.length === 1 ? line.number : `${line.number} ${namePart(part, i)}`,
      item,
      quantity: part.stockQuantity,
      each: keepTogether(item, part.stockQuantity, unit),
      requestedShip: part.requestedShip,
      requestedDelivery: part.requestedDelivery,
      zone: shipTo?.zone,
      destination: findDestination(part.place, customer, shipTo),
      requires,
    };
  });
}

/** What left, of a line that is decided again: it is promised no more. */
function listShipped(
  { line, quantity = '0', unit, item }: LineDraft,
  shipped: Docket['facts']['shipped'],
): readonly LinePromise[] {
  const all = shipped?.get(line.number) ?? '0';
  const own = toBig(all).gt(toBig(quantity)) ? quantity : all;
  if (toBig(own).lte(0)) return [];
  return [{ kind: 'shipped', quantity: own, stockQuantity: toStockUnits(item!, own, unit!)! }];
}

/** `part 2 for DC2 wanted 2026-03-01`. */
function namePart({ place, requestedShip, requestedDelivery }: WantedPart, i: number): string {
  const day = requestedShip ?? requestedDelivery;
  const where = place.code === '' ? '' : ` for ${place.code}`;
  return `part ${i + 1}${where}${day === undefined ? '' : ` wanted ${day}`}`;
}

/** Whole units of the line, where those come in pieces: nobody ships half a case. */
function keepTogether(item: Item, stockQuantity: Decimal, unit: string): Decimal | undefined {
  if (!comesInPieces({ unit, serialised: false }) || unit === item.unit) return undefined;
  const units = unitsIn(item, unit)!;
  return isMultiple(toBig(stockQuantity), units) ? units : stockQuantity;
}

/** The very serial that the buyer asks for: REF*SE of the line. */
function findRequired({ references = [] }: PurchaseOrderLine): Readonly<Record<string, string>> | undefined {
  const serial = references.find(({ qualifier }) => qualifier === 'SE')?.value;
  return serial === undefined ? undefined : { serial };
}

function settlePromise(draft: LineDraft, promised: readonly PromisedLine[], { facts }: Docket): void {
  draft.routes = promised.map(({ route }) => route);
  const units = toBig(unitsIn(draft.item!, draft.unit!)!);
  const cancelled = promised.reduce((sum, one) => sum.plus(one.cancelled), toBig('0'));
  const ordered = toBig(draft.quantity!);
  const answered = cancelled.eq(0) ? ordered : ordered.minus(divide(cancelled, units));
  const left = draft.promises ?? [];
  const gone = left.reduce((sum, one) => sum.plus(one.quantity), toBig('0'));
  const promises = promiseParts(draft, promised, units, answered.minus(gone));
  const rest = chooseStatus(promised, promises, cancelled);
  const status = left.length === 0 ? rest : besideShipped(rest);
  const reason = joinReasons(promised, status);
  if (reason?.code === 'no-warehouse-may-ship' && facts.policy['no-route'] === 'hold') {
    say(draft, { kind: 'hold', status: 'IH', reason: { ...reason, code: 'route-none' } });
    return;
  }
  if (reason !== undefined && (status === 'R4' || status === 'IR')) {
    const code = status === 'R4' && !isOnContract(draft.item!, facts.prices) ? 'IR' : status;
    say(draft, { kind: 'refusal', status: code, reason });
    return;
  }
  draft.promises = [...left, ...promises];
  if (reason === undefined) return;
  if (status === 'IA') {
    say(draft, { kind: 'note', reason });
    return;
  }
  if (cancelled.gt(0)) draft.quantity = fromBig(answered);
  // A cancelled rest and a later day are two changes.
  const changes: ChangeStatus[] =
    status === 'IC' ? ['IQ', 'DR'] : [nameSupply(status as ChangeStatus, promises)];
  for (const change of changes) say(draft, { kind: 'change', status: change, reason });
}

/** Of a line that has left in part, what becomes of the rest is not said of all of it. */
function besideShipped(rest: LineStatus): LineStatus {
  if (rest === 'R4') return 'IQ';
  return rest === 'IB' || rest === 'SP' ? 'BP' : rest;
}

/** What becomes of a line of several parts is one thing to its order. */
function chooseStatus(
  promised: readonly PromisedLine[],
  promises: readonly LinePromise[],
  cancelled: Big,
): LineStatus {
  const [first, ...others] = promised.map(({ status }) => status);
  if (others.length === 0) return first!;
  if (first === 'IR' || others.includes('IR')) return 'IR';
  if (promises.length === 0) return 'R4';
  const joined = joinStatuses(promises.map(({ status }) => status!));
  if (cancelled.gt(0)) return joined === 'IA' ? 'IQ' : 'IC';
  return joined;
}

/** All that is said of its parts; where one cannot go at all, that first. */
function joinReasons(promised: readonly PromisedLine[], status: LineStatus): Reason | undefined {
  const told = promised.filter((one) => status !== 'IR' || one.status === 'IR').flatMap((one) => one.reasons);
  const gravest = told.find(({ code }) => code === 'no-warehouse-may-ship') ?? told[0];
  return gravest && { code: gravest.code, text: told.map(({ text }) => text).join('; ') };
}

/** Backordered with nobody knowing until when: its schedule is pending. */
function nameSupply(status: ChangeStatus, parts: readonly LinePromise[]): ChangeStatus {
  return status === 'IB' && parts.every(({ ships }) => ships === undefined) ? 'SP' : status;
}

/** In the unit of the line; together exactly what is answered, also where a division does not end. */
function promiseParts(
  { line, wanted = [] }: LineDraft,
  promised: readonly PromisedLine[],
  units: Big,
  answered: Big,
): readonly LinePromise[] {
  let left = answered;
  const all = promised.flatMap(({ parts, status }, i) =>
    parts.map((part) => ({ ...part, status, part: i + 1 })),
  );
  const promises = all.map(({ kind, quantity, warehouse, ships, late, serials, status, part }, i) => {
    const own = i === all.length - 1 ? left : divide(toBig(quantity), units);
    left = left.minus(own);
    const { place, requestedShip } = wanted[part - 1]!;
    return {
      kind,
      quantity: fromBig(own),
      stockQuantity: quantity,
      ...(ships === undefined ? {} : { ships }),
      ...(warehouse === undefined ? {} : { warehouse }),
      ...(serials === undefined ? {} : { serials }),
      ...(namesPlace(line) ? { shipTo: place.code } : {}),
      ...(promised.length === 1
        ? {}
        : {
            part,
            ...(requestedShip === undefined ? {} : { notBefore: requestedShip }),
            status: answerPart(status, { late, kind, ships }),
          }),
    };
  });
  return promised.length === 1 ? promises : promises.toSorted(compareShips);
}

/** ACK01 of a part that is wanted by a day of its own. */
function answerPart(
  status: LineStatus,
  { late, kind, ships }: Pick<LinePart, 'late' | 'kind' | 'ships'>,
): PartStatus {
  if (!late) return 'IA';
  if (kind === 'now' || status === 'DR') return 'DR';
  return ships === undefined ? 'SP' : 'IB';
}
