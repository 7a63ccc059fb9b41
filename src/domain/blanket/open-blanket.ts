import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { LineDecision, LineStatus, Reason } from '../order/order-decision.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { BlanketPolicy } from '../partner/order-policy.ts';
import type { Blanket, BlanketBooking, BlanketLine } from './blanket.ts';

/** What a blanket commits to in one line, before anything is released of it. */
export type CommittedLine = Pick<BlanketLine, 'number' | 'item' | 'unit' | 'price' | 'priceBasis'> & {
  readonly quantity: Decimal;
};

export type BlanketTerms = {
  readonly id: string;
  readonly partner: string;
  readonly policy: BlanketPolicy;
};

export type OpenedBlanket = { readonly blanket: Blanket; readonly bookings: readonly BlanketBooking[] };

/**
 * The blanket that an accepted 850 BK or BE opens. Its terms are those of the day: a later change of the partner file
 * leaves it alone.
 */
export function openBlanket(
  order: PurchaseOrder,
  decided: readonly LineDecision[],
  terms: BlanketTerms,
): OpenedBlanket {
  const { from, to } = readValidity(order);
  const firm = order.type === 'blanket';
  const lines = committedLines(order, decided);
  const unlimited = !firm && terms.policy.estimated === 'warn';
  const blanket: Blanket = {
    id: terms.id,
    partner: terms.partner,
    poNumber: order.poNumber,
    contractNumber: order.contractNumber,
    firm,
    validFrom: from,
    validTo: to,
    state: 'open',
    allowance: unlimited ? undefined : terms.policy.allowance,
    told: [],
    lines: lines.map(openLine),
  };
  return { blanket, bookings: lines.map((line) => commit(terms.id, line, order.poNumber)) };
}

/** A line that nothing was drawn on yet. */
export function openLine(line: CommittedLine): BlanketLine {
  const { quantity, ...terms } = line;
  return { ...terms, committed: quantity, released: '0', shipped: '0', received: '0', returned: '0' };
}

function commit(blanket: string, line: CommittedLine, reference: string): BlanketBooking {
  return { blanket, line: line.number, kind: 'commit', quantity: line.quantity, reference };
}

/** Answers by which a line is bound, in full, changed, or at another time. */
const STANDS: ReadonlySet<LineStatus> = new Set(['IA', 'IB', 'IC', 'IP', 'IQ', 'IS', 'DR', 'BP', 'SP']);

/** The lines of an order that stand as they were decided; of several under one number, which is told before, the first. */
export function committedLines(
  order: PurchaseOrder,
  decided: readonly LineDecision[],
): readonly CommittedLine[] {
  const lines = new Map<string, CommittedLine>();
  for (const [index, ordered] of order.lines.entries()) {
    const decision = decided[index];
    const quantity = decision?.quantity ?? ordered.quantity;
    const unit = decision?.unit ?? ordered.unit;
    if (decision?.item === undefined || quantity === undefined || unit === undefined) continue;
    if (!STANDS.has(decision.status) || lines.has(ordered.number)) continue;
    lines.set(ordered.number, {
      number: ordered.number,
      item: decision.item,
      unit,
      quantity: fromBig(toBig(quantity)),
      price: decision.price ?? ordered.unitPrice,
      priceBasis: decision.priceBasis ?? ordered.priceBasis,
    });
  }
  return [...lines.values()];
}

/** What stands against opening a blanket, whatever its lines are. */
export function checkBlanketOrder(order: PurchaseOrder, today: PlainDate): readonly Reason[] {
  const reasons: Reason[] = [];
  const { from, to } = readValidity(order);
  const name = `blanket order ${order.poNumber}`;
  if (from !== undefined && to !== undefined && to < from)
    reasons.push({
      code: 'blanket-dates-crossed',
      text: `${name} ends on ${to}, before it begins on ${from}`,
    });
  else if (to !== undefined && to < today)
    reasons.push({ code: 'blanket-expired', text: `${name} ended on ${to}, today is ${today}` });
  const numbers = order.lines.map((line) => line.number);
  const twice = new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index));
  for (const number of twice)
    reasons.push({
      code: 'blanket-line-twice',
      text: `${name} has more than one line ${number}: releases could not tell which one they draw on`,
    });
  return reasons;
}

/*
 * 374 in the DTMs of the order: the dates of the order itself (007 effective, 036 expiry) go before those of the
 * contract that it is under (092, 093) and a span of no certain meaning (196 start, 197 end). After 001, cancel after,
 * nothing is wanted of an order. Dates of delivery (063, 064) are none of them: what is released in time may be
 * delivered later.
 */
const FROM = ['007', '092', '196'];
const TO = ['036', '093', '197', '001'];

export type Validity = { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined };

/** First and last day on which may be released; open where the order does not say. */
export function readValidity(order: Pick<PurchaseOrder, 'dates'>): Validity {
  const spans = FROM.map((code) => readPeriod(order, code)).find((span) => span !== undefined);
  return {
    from: findDate(order, FROM) ?? spans?.from,
    to: findDate(order, TO) ?? spans?.to,
  };
}

function findDate(order: Pick<PurchaseOrder, 'dates'>, codes: readonly string[]): PlainDate | undefined {
  for (const code of codes) {
    const found = order.dates?.find(({ qualifier, date }) => qualifier === code && date !== undefined);
    if (found?.date !== undefined) return found.date;
  }
  return undefined;
}

/** DTM05 RD8: `20260101-20261231`. */
function readPeriod(order: Pick<PurchaseOrder, 'dates'>, code: string): Validity | undefined {
  const found = order.dates?.find(
    ({ qualifier, periodFormat }) => qualifier === code && periodFormat === 'RD8',
  );
  const match = /^(\d{4})(\d\d)(\d\d)-(\d{4})(\d\d)(\d\d)$/.exec(found?.period ?? '');
  if (match === null) return undefined;
  const [, ...parts] = match;
  return { from: parts.slice(0, 3).join('-'), to: parts.slice(3).join('-') };
}
