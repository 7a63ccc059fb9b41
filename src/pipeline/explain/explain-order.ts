import type { Context } from '../../context.ts';
import type { RouteDecision } from '../../domain/allocation/route-line.ts';
import type { CreditAccount } from '../../domain/credit/credit.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { type Difference, describeDifference } from '../../domain/order/compare-orders.ts';
import type { LineDecision, LineStatus, OrderDecision, Reason } from '../../domain/order/order-decision.ts';
import type { PurchaseOrderLine } from '../../domain/order/purchase-order.ts';
import { checkProof } from '../../domain/pricing/derive-proof.ts';
import { explainOtherPrices, explainOurPrice } from '../../domain/pricing/explain-price.ts';
import type { PriceProof } from '../../domain/pricing/price-proof.ts';
import type { Instant } from '../../lib/dates.ts';
import { loadCreditAccount } from '../../store/credit.ts';
import type { StoredException } from '../../store/exceptions.ts';
import {
  describeItems,
  loadOrderHistory,
  type OrderAsItStands,
  type OrderHistory,
  type StandingAllocation,
} from '../../store/explain.ts';
import { ANSWERS } from './answer-words.ts';

/** Why an order is answered as it is, as data; `describeOrder` says it to a person. */
export type ExplainedOrder = Omit<OrderAsItStands, 'content' | 'decision' | 'currency'> &
  Pick<OrderHistory, 'papers' | 'changes' | 'rulings' | 'bookings'> & {
    readonly kind: 'order';
    readonly currency: string;
    readonly name: string | undefined;
    readonly orderDate: string | undefined;
    readonly type: string;
    readonly outcome: string;
    readonly reasons: readonly Reason[];
    /** What of the whole order waits for a person. */
    readonly waits: readonly StoredException[];
    /** What the customer owes today, where credit holds the order. */
    readonly credit: CreditAccount | undefined;
    readonly lines: readonly ExplainedLine[];
    readonly steps: readonly Step[];
  };

export type ExplainedLine = {
  readonly number: string;
  /** What our item is called, else as the order has it. */
  readonly description: string | undefined;
  readonly ordered: PurchaseOrderLine;
  /** Absent where nothing was stored of it. */
  readonly decision: Omit<LineDecision, 'proof' | 'route' | 'routes'> | undefined;
  /** ACK01 in words. */
  readonly answer: string;
  readonly price: ExplainedPrice;
  readonly route: RouteDecision;
  /** What is reserved or waits for it now, where that is not what was promised. */
  readonly stock: readonly StandingAllocation[];
  readonly waits: readonly StoredException[];
};

export type ExplainedPrice =
  | {
      readonly kind: 'proven';
      readonly proof: PriceProof;
      readonly words: readonly string[];
      /** What was considered and does not count. */
      readonly others: readonly string[];
      /** What in the stored proof does not follow from the rest of it. */
      readonly contradictions: readonly string[];
    }
  /** The line was not priced: what stands against it came first. */
  | { readonly kind: 'none' }
  /** Decided by a version of this program whose proofs said less. */
  | { readonly kind: 'older'; readonly stored: unknown };

/** From one version to the next. */
export type Step = {
  readonly from: number;
  readonly at: Instant;
  /** The change that led to it; absent where a person ruled. */
  readonly changedBy: Id | undefined;
  readonly outcome: { readonly before: string; readonly after: string };
  readonly differences: readonly string[];
};

export async function explainOrder(context: Context, stands: OrderAsItStands): Promise<ExplainedOrder> {
  const { content, decision, ...order } = stands;
  const { company, partners } = context.configuration();
  const { exceptions, allocations, versions, ...history } = await loadOrderHistory(context.db, order);
  const partner = partners.get(order.partner);
  const currency = order.currency ?? company?.currency ?? 'USD';
  const items = decision.lines.flatMap(({ item }) => item ?? []);
  const descriptions = await describeItems(context.db, items);
  const numbers = new Set(content.lines.map(({ number }) => number));
  return {
    kind: 'order',
    ...order,
    ...history,
    currency,
    name: partner?.file.name,
    orderDate: content.orderDate,
    type: content.type,
    outcome: decision.outcome,
    reasons: decision.reasons,
    waits: exceptions.filter(({ line }) => line === undefined || !numbers.has(line)),
    credit: isHeldByCredit(decision)
      ? await loadCreditAccount(context.db, partner?.file.customer ?? order.partner, currency)
      : undefined,
    lines: content.lines.map((line, i) =>
      explainLine(line, decision.lines[i], {
        stock: allocations.filter(({ position }) => position === i + 1),
        waits: exceptions.filter(({ line: number }) => number === line.number),
        description: descriptions.get(decision.lines[i]?.item ?? ''),
      }),
    ),
    steps: explainSteps(versions, decision),
  };
}

type AroundLine = Pick<ExplainedLine, 'waits'> & {
  readonly stock?: ExplainedLine['stock'];
  readonly description?: string | undefined;
};

export function explainLine(
  ordered: PurchaseOrderLine,
  stored: LineDecision | undefined,
  { stock, waits, description }: AroundLine,
): ExplainedLine {
  const { proof, routes = [], route = routes.flat(), ...decision } = stored ?? {};
  return {
    number: ordered.number,
    description: description ?? ordered.description,
    ordered,
    decision: stored === undefined ? undefined : (decision as ExplainedLine['decision']),
    answer: stored === undefined ? 'nothing is stored of it' : sayAnswer(stored.status),
    price: readProof(proof),
    route,
    stock: stock === undefined || isAsPromised(stored, stock) ? [] : stock,
    waits,
  };
}

/** A status that this version does not know was stored by another one. */
function sayAnswer(status: LineStatus): string {
  return ANSWERS[status] ?? 'answered';
}

function readProof(proof: PriceProof | undefined): ExplainedPrice {
  if (proof === undefined) return { kind: 'none' };
  const { question, candidates } = proof as Partial<PriceProof>;
  if (question === undefined || !Array.isArray(candidates)) return { kind: 'older', stored: proof };
  return {
    kind: 'proven',
    proof,
    words: explainOurPrice(proof),
    others: explainOtherPrices(proof),
    contradictions: checkProof(proof),
  };
}

const HELD_AS = { now: 'reserved', backorder: 'waiting', shipped: 'shipped' } as const;

function isAsPromised(stored: LineDecision | undefined, stock: readonly StandingAllocation[]): boolean {
  const promised = (stored?.promises ?? []).map(({ kind, stockQuantity, warehouse, ships }) =>
    [HELD_AS[kind], stockQuantity, warehouse, ships].join(' '),
  );
  const standing = stock.map(({ state, quantity, warehouse, ships }) =>
    [state, quantity, warehouse, ships].join(' '),
  );
  return promised.sort().join('\n') === standing.sort().join('\n');
}

function isHeldByCredit({ outcome, reasons }: OrderDecision): boolean {
  return outcome === 'held' && reasons.some(({ code }) => code.startsWith('credit-'));
}

function explainSteps(versions: OrderHistory['versions'], last: OrderDecision): Step[] {
  return versions.map(({ version, decision, changedBy, difference, at }, i) => ({
    from: version,
    at,
    changedBy,
    outcome: { before: decision.outcome, after: (versions[i + 1]?.decision ?? last).outcome },
    differences: Array.isArray(difference)
      ? difference.map((one) => describeDifference(one as Difference))
      : [JSON.stringify(difference)],
  }));
}
