import { decidePlan, hashPlan, numberOf } from '../../domain/blanket/decide-plan.ts';
import { applyEntries } from '../../domain/blanket/ledger.ts';
import type { PlanDecision, PlanDocument } from '../../domain/blanket/plan.ts';
import { askRefused } from '../../domain/order/ask-refused.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { CanonicalDocument } from './interpret.ts';
import { judgeOrder } from './judge-order.ts';
import type { JudgedChange, JudgedPlan, JudgedRelease, KnownPlans, Ledger, Ref } from './verdict.ts';

export const NO_PLANS: KnownPlans = {
  entries: [],
  latest: [],
  orders: new Set(),
  earlier: new Map(),
};

const PLANS: ReadonlySet<string> = new Set(['planning-schedule', 'shipping-schedule', 'receiving-advice']);

export function isPlan(document: CanonicalDocument): document is PlanDocument {
  return PLANS.has(document.kind);
}

/** By which a document of its kind is told from others. */
export function plansKey(kind: string, number: string): string {
  return `${kind} ${number}`;
}

/**
 * A schedule or receiving advice, decided with what the file has left so far; what it calls firm is decided as an order.
 * `settled` are the places of its lines that were dealt with before, where it is decided again.
 */
export function enterPlan(
  ledger: Ledger,
  document: PlanDocument,
  settled?: ReadonlySet<number>,
): { readonly plan: JudgedPlan; readonly changes: readonly JudgedChange[] } {
  const { plans, shared } = ledger;
  const contentHash = hashPlan(document);
  const key = plansKey(document.kind, numberOf(document));
  const before = plans.earlier.get(key) ?? [];
  const decision = decidePlan(document, {
    ...plans,
    orders: new Set([...plans.orders, ...ledger.standing.map(({ order }) => order.poNumber)]),
    earlier: before,
    catalogue: shared.catalogue,
    blankets: shared.blankets,
    policy: shared.policy.blanket,
    settled,
  });
  learnPlan(ledger, decision, key, contentHash);
  const releases = decision.releases.map((order) => judgeRelease(ledger, order));
  const changes = releases.flatMap((release) => release.changes ?? []);
  return { plan: { document, decision, contentHash, releases }, changes };
}

function learnPlan(ledger: Ledger, decision: PlanDecision, key: string, contentHash: string): void {
  if (decision.repeated) return;
  const { plans, shared } = ledger;
  const { bookings } = decision;
  ledger.plans = {
    ...plans,
    latest: [...plans.latest, ...decision.plans],
    earlier: new Map(plans.earlier).set(key, [...(plans.earlier.get(key) ?? []), { contentHash }]),
    // What arrives counts from the day on which it is told.
    entries: [...plans.entries, ...bookings.map((booking) => ({ ...booking, at: shared.today }))],
  };
  ledger.shared = { ...shared, blankets: shared.blankets.map((one) => applyEntries(one, bookings)) };
}

function judgeRelease(ledger: Ledger, order: PurchaseOrder): JudgedRelease {
  const ref: Ref = {};
  const judged = judgeOrder(order, ledger, ref);
  const { decision } = judged.order;
  const exceptions = [...decision.exceptions, ...askRefused(order, decision)];
  const release = {
    ...judged,
    order: { ...judged.order, decision: { ...decision, exceptions }, drafted: true },
  } as const;
  ref.set = release;
  return release;
}

/** Blankets of the file have their ids now. */
export function namePlans(plans: KnownPlans, name: (blanket: string) => string): KnownPlans {
  const { entries, latest } = plans;
  return {
    ...plans,
    entries: entries.map((entry) => ({ ...entry, blanket: name(entry.blanket) })),
    latest: latest.map((plan) => ({ ...plan, blanket: name(plan.blanket) })),
  };
}
