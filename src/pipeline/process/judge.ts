import { interchangeKey, orderKey } from '../../domain/exchange/natural-keys.ts';
import { decideOrder, hashContent, identifyOrder } from '../../domain/order/decide-order.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { EarlierOrder } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { refuseInterchange } from '../../x12/acknowledge/acknowledge.ts';
import type { InterchangeReport } from '../../x12/interchange/report.ts';
import type { FileFacts } from './facts.ts';
import type { Interpreted, InterpretedInterchange, InterpretedSet } from './interpret.ts';

/** Who sends to whom, as the partner file has it; all that judging needs to know of the partner. */
export type Agreement = {
  /** ISA05:ISA06 that the partner must send under; anyone where undefined. */
  readonly partner: string | undefined;
  /** ISA07:ISA08 that means us; anyone where undefined. */
  readonly company: string | undefined;
  /** Whether the partner file lists a set under `receive`. */
  readonly receives: (set: string) => boolean;
  /** Whether ISA15 = T is kept apart from live orders. */
  readonly separateTests: boolean;
  /** Whether everything of this partner is a test, whatever ISA15 says. */
  readonly testing: boolean;
};

/** What becomes of one interchange. */
export type Verdict =
  | {
      readonly kind: 'refused';
      readonly of: InterpretedInterchange;
      readonly report: InterchangeReport;
      readonly reason: string;
    }
  | { readonly kind: 'repeated'; readonly of: InterpretedInterchange; readonly earlier: string }
  | {
      readonly kind: 'taken';
      readonly of: InterpretedInterchange;
      readonly report: InterchangeReport;
      readonly test: boolean;
      readonly sets: readonly JudgedSet[];
    };

/** A set of a taken interchange: refused by its 997, or kept, or decided. */
export type JudgedSet = {
  readonly of: InterpretedSet;
  readonly status: 'A' | 'E' | 'R';
  /** False when the partner file does not list this set under `receive`. */
  readonly agreed: boolean;
  readonly order?: JudgedOrder | undefined;
};

export type JudgedOrder = {
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly contentHash: string;
  /** Whether it becomes an order of its own: not when it repeats or contradicts an earlier one. */
  readonly isNew: boolean;
};

/** Judges a whole file: interchanges in the order of the file, each seeing what those before it did. */
export function judgeFile(file: Interpreted, facts: FileFacts, agreement: Agreement): Verdict[] {
  const interchanges = new Map(facts.interchanges);
  const orders = { live: new Map(facts.orders), test: new Map(facts.testOrders) };
  return file.interchanges.map((interchange) => {
    const { report } = interchange.reading;
    const refusal = findRefusal(interchange, agreement);
    if (refusal !== undefined) return refuse(interchange, refusal.note, refusal.reason);
    const key = interchangeKey(report.header);
    const earlier = interchanges.get(key);
    if (earlier !== undefined) {
      if (earlier.sha256 === interchange.sha256)
        return { kind: 'repeated', of: interchange, earlier: earlier.id };
      return refuse(
        interchange,
        '025',
        `control number ${report.header.control} was used before with other content`,
      );
    }
    // A second interchange under this number in the same file has no id to repeat yet; its bytes tell.
    interchanges.set(key, { id: '', sha256: interchange.sha256 });
    const test = agreement.testing || (agreement.separateTests && report.header.usage === 'T');
    return take(interchange, facts, agreement, test, test ? orders.test : orders.live);
  });
}

function findRefusal(
  { reading }: InterpretedInterchange,
  agreement: Agreement,
): { note: string; reason: string } | undefined {
  const { header, status, note, problems } = reading.report;
  if (status === 'R') {
    const worst = problems.find((problem) => problem.severity === 'error');
    return { note, reason: worst?.message ?? `TA1 ${note}` };
  }
  if (agreement.partner !== undefined && header.sender !== agreement.partner) {
    const note = idOf(header.sender) === idOf(agreement.partner) ? '005' : '006';
    return {
      note,
      reason: `sender ${header.sender} is not the partner that brought it, ${agreement.partner}`,
    };
  }
  if (agreement.company !== undefined && header.receiver !== agreement.company) {
    const note = idOf(header.receiver) === idOf(agreement.company) ? '007' : '009';
    return { note, reason: `receiver ${header.receiver} is not us, ${agreement.company}` };
  }
  return undefined;
}

/** `ACMEIND` of `ZZ:ACMEIND`: under another qualifier it is the qualifier that is wrong. */
function idOf(identity: string): string {
  return identity.slice(3);
}

function refuse(of: InterpretedInterchange, note: string, reason: string): Verdict {
  const { report } = of.reading;
  // What the reader refused it says itself, with its place.
  return {
    kind: 'refused',
    of,
    report: report.status === 'R' ? report : refuseInterchange(report, note, reason),
    reason,
  };
}

function take(
  of: InterpretedInterchange,
  facts: FileFacts,
  agreement: Agreement,
  test: boolean,
  orders: Map<string, EarlierOrder>,
): Verdict {
  const { report } = of.reading;
  const refused = new Set(
    report.groups.filter((group) => group.status === 'R').map((group) => group.header.offset),
  );
  const sets = of.sets.map((set): JudgedSet => {
    const status = refused.has(set.group.offset) ? 'R' : set.report.status;
    const agreed = agreement.receives(set.report.set);
    if (status === 'R' || !agreed || set.document?.kind !== 'purchase-order')
      return { of: set, status, agreed };
    return { of: set, status, agreed, order: judgeOrder(set.document, facts, orders) };
  });
  return { kind: 'taken', of, report, test, sets };
}

function judgeOrder(order: PurchaseOrder, facts: FileFacts, orders: Map<string, EarlierOrder>): JudgedOrder {
  const key = orderKey(identifyOrder(order));
  const earlier = orders.get(key);
  const catalogue = facts.catalogue(order.currency ?? facts.order.currency);
  const decision = decideOrder(order, { ...facts.order, catalogue, earlier });
  const contentHash = hashContent(order);
  if (earlier === undefined) orders.set(key, { contentHash, decision });
  return { order, decision, contentHash, isNew: earlier === undefined };
}
