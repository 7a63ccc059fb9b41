import { hash as digest } from 'node:crypto';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import { checkValue, sumAuthorised } from './check-authority.ts';
import { bookRelease, checkBlanket } from './check-blanket.ts';
import { checkCompatibility } from './check-compatibility.ts';
import { checkDates } from './check-dates.ts';
import { checkItems } from './check-items.ts';
import { checkCredit, sumCommitted } from './check-money.ts';
import { checkQuantities } from './check-quantities.ts';
import { checkQuotes, listQuotes } from './check-quotes.ts';
import { checkShipTo } from './check-ship-to.ts';
import { type Check, type Docket, holdOrder, isFirmOrder, refuseOrder } from './docket.ts';
import { findRuling, HELD, isRejected, listExceptions, settleLine, startLine } from './line-draft.ts';
import { nameOrder } from './name-order.ts';
import type { LineDecision, OrderDecision, OrderOutcome } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import { priceLines } from './price-lines.ts';
import { promiseOrder } from './promise-order.ts';
import { promiseAsRuled } from './promise-ruled.ts';
import { isBlanketOrder, type PurchaseOrder } from './purchase-order.ts';
import { nameShipTo } from './ship-to.ts';

/** Whether it is an order at all: where that is open, nothing else is asked. */
const PURPOSE: readonly Check[] = [refuseAsRuled, checkPurpose];

/** What is asked of every order, in the order of business. Later checks see what earlier ones found. */
const CHECKS: readonly Check[] = [
  checkDuplicate,
  checkNumber,
  checkCustomer,
  checkShipTo,
  checkItems,
  checkQuantities,
  checkCompatibility,
  checkDates,
  checkQuotes,
  priceLines,
  checkValue,
  checkBlanket,
  checkCredit,
  promiseOrder,
  promiseAsRuled,
  drawWhatStands,
];

/** Facts in, decision out: all reasons are collected, and what people have ruled counts as a fact. */
export function decideOrder(order: PurchaseOrder, facts: OrderFacts): OrderDecision {
  const docket: Docket = {
    order,
    facts,
    drafts: order.lines.map((line) => startLine(line, facts.rulings)),
    notes: [],
    holds: [],
    refusals: [],
    bookings: [],
    amount: undefined,
    authorised: [],
  };
  if (facts.earlier?.contentHash === hashContent(order))
    return { ...facts.earlier.decision, repeated: true, exceptions: [], bookings: undefined };
  for (const ask of PURPOSE) ask(docket);
  if (isFirmOrder(docket)) for (const check of CHECKS) check(docket);
  return settle(docket);
}

/** Order number, release and ship-to: what makes two orders of one partner the same order. */
export function identifyOrder(order: PurchaseOrder): {
  poNumber: string;
  releaseNumber: string;
  shipTo: string;
} {
  const { poNumber, releaseNumber = '' } = order;
  return { poNumber, releaseNumber, shipTo: nameShipTo(order) };
}

/** An order never changes, and both who decides it and who stores it ask for its hash. */
const HASHES = new WeakMap<PurchaseOrder, string>();

/** What the order says, whatever envelope it came in and whether or not it calls itself a duplicate. */
export function hashContent(order: PurchaseOrder): string {
  const known = HASHES.get(order);
  if (known !== undefined) return known;
  const { source: _source, purpose: _purpose, purposeCode: _code, ...content } = order;
  const hash = digest('sha256', JSON.stringify(content), 'hex');
  HASHES.set(order, hash);
  return hash;
}

function checkDuplicate(docket: Docket): void {
  if (docket.facts.earlier === undefined || isNumbered(docket)) return;
  const shipTo = nameShipTo(docket.order);
  const place = shipTo === '' ? '' : ` for ${shipTo}`;
  const text = `order ${nameOrder(docket.order)}${place} came before with other content`;
  if (docket.facts.policy.duplicate === 'reject') refuseOrder(docket, 'duplicate-order', text);
  else holdOrder(docket, 'duplicate-order', text);
}

function refuseAsRuled(docket: Docket): void {
  for (const draft of docket.drafts) {
    const ruling = findRuling(draft.rulings, 'reject', 'cancel');
    if (ruling === undefined) continue;
    const why = ruling.reason === undefined ? '' : `: ${ruling.reason}`;
    const code = ruling.choice.kind === 'reject' ? 'rejected' : 'cancelled';
    const text = `line ${draft.line.number}: ${code} by ${ruling.by}${why}`;
    draft.findings.push({ kind: 'refusal', status: 'IR', reason: { code, text } });
  }
}

/** Whether a person has said what its number is. */
function isNumbered({ facts }: Docket): boolean {
  return facts.rulings.some(({ choice, line }) => choice.kind === 'set-po-number' && line === undefined);
}

function checkNumber(docket: Docket): void {
  const missing = docket.order.poNumber.trim() === '' && !isNumbered(docket);
  if (missing && docket.facts.policy.number === 'required')
    holdOrder(docket, 'po-number-missing', 'the order has no number');
}

/** Its contracts, ship-tos and credit limit would all be looked for in vain. */
function checkCustomer(docket: Docket): void {
  const { missing, number } = docket.facts.customer;
  if (missing !== true) return;
  const text = `the partner file says that it buys as customer ${number}, and there is no such customer`;
  holdOrder(docket, 'customer-unknown', text);
}

/** Orders that no rule decides: asked of a person instead of guessed. */
function checkPurpose(docket: Docket): void {
  const { order } = docket;
  if (order.purpose !== 'original' && order.purpose !== 'duplicate') {
    const purpose =
      order.purpose === 'other' ? `purpose code ${order.purposeCode}` : `purpose "${order.purpose}"`;
    const text = `order ${order.poNumber} has ${purpose}, which is not processed by rule`;
    holdOrder(docket, 'purpose-needs-person', text);
  }
  if (order.type === 'other') {
    const text = `order ${order.poNumber} has type code ${order.typeCode}, which is not processed by rule`;
    holdOrder(docket, 'type-needs-person', text);
  }
}

/** What it draws on blanket and credit is what is left of it when the supply has been asked. */
function drawWhatStands(docket: Docket): void {
  docket.bookings = isFirmOrder(docket) ? bookRelease(docket) : [];
  docket.amount = isFirmOrder(docket) ? sumCommitted(docket) : undefined;
  docket.authorised = isBlanketOrder(docket.order) ? [] : sumAuthorised(docket);
}

function settle(docket: Docket): OrderDecision {
  const lines = docket.drafts.map(settleLine).map((line) => applyWhole(docket, line));
  const outcome = weigh(docket, lines);
  const quotes = listQuotes(docket);
  return {
    outcome,
    repeated: false,
    reasons: [...docket.refusals, ...docket.holds, ...docket.notes],
    lines,
    exceptions: raise(docket, outcome),
    ...(quotes.length === 0 ? {} : { quotes }),
    ...(docket.bookings.length === 0 ? {} : { bookings: docket.bookings }),
    ...(docket.amount === undefined ? {} : { amount: docket.amount }),
    ...(docket.authorised.length === 0 ? {} : { authorised: docket.authorised }),
  };
}

/** What is said of the whole order is said of each line that stands. */
function applyWhole({ refusals, holds }: Docket, line: LineDecision): LineDecision {
  if (isRejected(line)) return line;
  if (refusals.length > 0) return { ...withoutSupply(line), status: 'IR' };
  return holds.length > 0 ? { ...withoutSupply(line), status: 'IH' } : line;
}

function withoutSupply({ promises: _promises, quantity: _quantity, ...line }: LineDecision): LineDecision {
  return line;
}

function weigh(docket: Docket, lines: readonly LineDecision[]): OrderOutcome {
  if (docket.refusals.length > 0) return 'rejected';
  if (lines.length > 0 && lines.every(isRejected)) return 'rejected';
  if (docket.holds.length > 0) return 'held';
  if (lines.some(({ status }) => HELD.has(status))) return 'held';
  return lines.every(({ status }) => status === 'IA') ? 'accepted' : 'accepted-with-changes';
}

function raise(docket: Docket, outcome: OrderOutcome): ExceptionToRaise[] {
  if (outcome === 'rejected') return [];
  const whole = docket.holds.map(({ code, text }) => ({ kind: code, message: text }));
  return [...whole, ...docket.drafts.flatMap(listExceptions)];
}
