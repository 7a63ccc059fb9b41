import { createHash } from 'node:crypto';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import type { DecidedLine } from './decide-line.ts';
import { decideLine } from './decide-line.ts';
import type { LineDecision, OrderDecision, OrderOutcome, Reason } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * Facts in, decision out. The checks run in the order of business: identity and duplicate, purpose and type,
 * then each line; all reasons are collected.
 */
export function decideOrder(order: PurchaseOrder, facts: OrderFacts): OrderDecision {
  if (facts.earlier !== undefined) {
    if (facts.earlier.contentHash === hashContent(order))
      return { ...facts.earlier.decision, repeated: true, exceptions: [] };
    return answerDuplicate(order, facts);
  }
  const question = askAboutOrder(order);
  if (question !== undefined) return holdWhole(order, question);

  const lines = order.lines.map((line) => decideLine(line, facts));
  return {
    outcome: weighLines(lines.map((line) => line.decision)),
    repeated: false,
    reasons: [],
    lines: lines.map((line) => line.decision),
    exceptions: lines.flatMap((line: DecidedLine) => line.exceptions),
  };
}

/** Order number, release and ship-to: what makes two orders of one partner the same order. */
export function identifyOrder(order: PurchaseOrder): {
  poNumber: string;
  releaseNumber: string;
  shipTo: string;
} {
  const shipTo = order.parties?.find((party) => party.role === 'ship-to');
  return {
    poNumber: order.poNumber,
    releaseNumber: order.releaseNumber ?? '',
    shipTo: shipTo?.id ?? shipTo?.name ?? '',
  };
}

/** What the order says, whatever envelope it came in and whether or not it calls itself a duplicate. */
export function hashContent(order: PurchaseOrder): string {
  const { source: _source, purpose: _purpose, purposeCode: _code, ...content } = order;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function answerDuplicate(order: PurchaseOrder, facts: OrderFacts): OrderDecision {
  const { poNumber, releaseNumber, shipTo } = identifyOrder(order);
  const name = [
    `order ${poNumber}`,
    releaseNumber === '' ? '' : `release ${releaseNumber}`,
    shipTo === '' ? '' : `for ${shipTo}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const reason = { code: 'duplicate-order', text: `${name} came before with other content` } as const;
  if (facts.policy.duplicate === 'reject') {
    return wholeOrder(order, 'rejected', 'IR', reason);
  }
  return holdWhole(order, reason);
}

/** Orders that no rule decides yet: asked of a person instead of guessed. */
type Question = Reason & { readonly code: ExceptionKind };

function askAboutOrder(order: PurchaseOrder): Question | undefined {
  if (order.purpose !== 'original' && order.purpose !== 'duplicate') {
    const purpose =
      order.purpose === 'other' ? `purpose code ${order.purposeCode}` : `purpose "${order.purpose}"`;
    return {
      code: 'purpose-needs-person',
      text: `order ${order.poNumber} has ${purpose}, which is not processed by rule`,
    };
  }
  if (order.type === 'other') {
    return {
      code: 'type-needs-person',
      text: `order ${order.poNumber} has type code ${order.typeCode}, which is not processed by rule`,
    };
  }
  return undefined;
}

function holdWhole(order: PurchaseOrder, reason: Question): OrderDecision {
  return {
    ...wholeOrder(order, 'held', 'IH', reason),
    exceptions: [{ kind: reason.code, message: reason.text }],
  };
}

function wholeOrder(
  order: PurchaseOrder,
  outcome: OrderOutcome,
  status: 'IH' | 'IR',
  reason: Reason,
): OrderDecision {
  const lines = order.lines.map(
    (line): LineDecision => ({
      status,
      unit: line.unit,
      price: line.unitPrice,
      priceBasis: line.priceBasis,
      reasons: [],
    }),
  );
  return { outcome, repeated: false, reasons: [reason], lines, exceptions: [] };
}

function weighLines(lines: readonly LineDecision[]): OrderOutcome {
  if (lines.length > 0 && lines.every((line) => isRejected(line))) return 'rejected';
  if (lines.some((line) => line.status === 'IE' || line.status === 'IH')) return 'held';
  return lines.every((line) => line.status === 'IA') ? 'accepted' : 'accepted-with-changes';
}

function isRejected(line: LineDecision): boolean {
  return line.status === 'IR' || line.status === 'R2' || line.status === 'R3';
}
