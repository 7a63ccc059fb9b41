import type { Blanket, BlanketBooking } from '../../src/domain/blanket/blanket.ts';
import { giveBackRelease } from '../../src/domain/blanket/give-back-release.ts';
import { applyEntries } from '../../src/domain/blanket/ledger.ts';
import { openBlanket } from '../../src/domain/blanket/open-blanket.ts';
import { acknowledgeChange } from '../../src/domain/order/acknowledge-change.ts';
import { acknowledgeOrder } from '../../src/domain/order/acknowledge-order.ts';
import { advance, applyWaiting, recordChange } from '../../src/domain/order/apply-waiting.ts';
import type {
  ChangeDecision,
  EarlierChange,
  OrderVersion,
  StandingOrder,
} from '../../src/domain/order/change-decision.ts';
import { hashChange, readSequence } from '../../src/domain/order/change-sequence.ts';
import { decideChange } from '../../src/domain/order/decide-change.ts';
import { decideOrder } from '../../src/domain/order/decide-order.ts';
import { reopenForRelease } from '../../src/domain/order/late-release.ts';
import type { OrderChange } from '../../src/domain/order/order-change.ts';
import type { OrderFacts } from '../../src/domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../src/domain/order/purchase-order.ts';

export type Arrival = { readonly name: string; readonly document: PurchaseOrder | OrderChange };

type Known = {
  current: StandingOrder | undefined;
  readonly versions: OrderVersion[];
  changes: EarlierChange[];
  waiting: { readonly name: string; readonly change: OrderChange }[];
};

const TERMS = { today: '2026-01-12', split: 'BP' } as const;

/** How much was left when a release came is of that moment alone. */
function withoutBalance(version: OrderVersion): OrderVersion {
  const lines = version.decision.lines.map((line) => ({
    ...line,
    reasons: line.reasons.filter(({ code }) => code !== 'blanket-balance'),
  }));
  return { ...version, decision: { ...version.decision, lines } };
}

/** Orders, releases and changes of one partner as the gateway takes them: what it may know, it learns in their order. */
export class Arrivals {
  readonly #facts: OrderFacts;
  readonly #orders = new Map<string, Known>();
  readonly #answers: { readonly name: string; readonly answer: object }[] = [];
  #blanket: { blanket: Blanket; cancelledOn?: string } | undefined;
  #bookings: BlanketBooking[] = [];
  #releases: { readonly name: string; readonly order: PurchaseOrder }[] = [];

  constructor(facts: OrderFacts) {
    this.#facts = facts;
  }

  take({ name, document }: Arrival): void {
    if (document.kind === 'order-change') this.#takeChange(name, document);
    else if (document.type === 'release' && this.#blanket === undefined)
      this.#releases.push({ name, order: document });
    else this.#takeOrder(name, document);
  }

  /** All that is left when the last document has come; what has no order among others is sorted. */
  end() {
    return {
      orders: [...this.#orders]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([key, { versions, waiting }]) => ({
          key,
          versions: versions.map(withoutBalance),
          waiting: waiting.map(({ name }) => name).toSorted(),
        })),
      blanket: this.#blanket?.blanket,
      answers: this.#answers.toSorted((a, b) => a.name.localeCompare(b.name)),
    };
  }

  #takeOrder(name: string, order: PurchaseOrder): void {
    const known = this.#know(order);
    const blanket = order.type === 'release' ? this.#blanketFor(order) : undefined;
    const decision = decideOrder(order, { ...this.#facts, blanket });
    const version: OrderVersion = { version: 1, order, decision, state: 'open' };
    known.versions.push(version);
    known.current = { ...version, shipped: new Map() };
    this.#answers.push({ name, answer: acknowledgeOrder(order, decision, TERMS) });
    this.#book(decision.bookings ?? []);
    if (order.type === 'blanket') {
      const opened = openBlanket(order, decision.lines, {
        id: 'b1',
        partner: 'acme',
        policy: this.#facts.policy.blanket,
      });
      this.#blanket = { blanket: opened.blanket };
    }
    this.#wake(known);
    for (const release of this.#releases.splice(0)) this.#takeOrder(release.name, release.order);
  }

  #takeChange(name: string, change: OrderChange): void {
    const known = this.#know(change);
    const others = known.waiting.map(
      (one): EarlierChange => ({
        sequence: readSequence(one.change) ?? 0,
        contentHash: hashChange(one.change),
        state: 'waiting',
      }),
    );
    const decision = decideChange(change, this.#factsOf(known, others));
    if (decision.outcome === 'waiting') known.waiting.push({ name, change });
    else {
      this.#settle(known, name, change, decision);
      this.#wake(known);
    }
  }

  /** What has waited for this order, or for a change of it. */
  #wake(known: Known): void {
    const waiting = known.waiting;
    const applied = applyWaiting(
      waiting.map(({ change }) => change),
      this.#factsOf(known, []),
    );
    known.waiting = waiting.filter(({ change }) => !applied.some((one) => one.change === change));
    for (const { change, decision } of applied)
      this.#settle(known, waiting.find((one) => one.change === change)!.name, change, decision);
  }

  #settle(known: Known, name: string, change: OrderChange, decision: ChangeDecision): void {
    if (decision.outcome !== 'repeated') known.changes.push(recordChange(change, decision));
    const answer = acknowledgeChange(change, decision, TERMS);
    if (answer !== undefined) this.#answers.push({ name, answer });
    if (decision.next === undefined) return;
    known.versions.push(decision.next);
    known.current = advance(known.current, decision);
    const cancelled = decision.next.state === 'cancelled';
    if (cancelled && change.releaseNumber !== undefined) this.#giveBack(change.releaseNumber);
    if (decision.blanket === undefined) return;
    this.#bookings.push(...decision.bookings);
    this.#blanket = {
      blanket: decision.blanket,
      ...(cancelled ? { cancelledOn: change.changeDate ?? TERMS.today } : {}),
    };
  }

  #blanketFor(release: PurchaseOrder): Blanket | undefined {
    if (this.#blanket === undefined) return undefined;
    return reopenForRelease(this.#blanket.blanket, this.#blanket.cancelledOn, release);
  }

  #factsOf(known: Known, others: readonly EarlierChange[]) {
    const { current } = known;
    const isBlanket = current?.order.type === 'blanket';
    return {
      orderFacts: { ...this.#facts, blanket: isBlanket ? undefined : this.#blanket?.blanket },
      current:
        current === undefined || !isBlanket ? current : { ...current, blanket: this.#blanket?.blanket },
      earlierChanges: [...known.changes, ...others],
      rulings: [],
      mayWait: true,
      policy: { gaps: 'wait' as const },
    };
  }

  #book(bookings: readonly BlanketBooking[]): void {
    if (bookings.length === 0 || this.#blanket === undefined) return;
    this.#bookings.push(...bookings);
    this.#blanket = { ...this.#blanket, blanket: applyEntries(this.#blanket.blanket, bookings) };
  }

  #giveBack(release: string): void {
    const own = this.#bookings
      .filter(({ reference }) => reference.endsWith(release))
      .map((one) => ({ ...one, at: '2026-01-12T09:00:00Z' }));
    if (this.#blanket !== undefined)
      this.#book(giveBackRelease(this.#blanket.blanket, own, `cancel ${release}`));
  }

  #know({ poNumber, releaseNumber = '' }: PurchaseOrder | OrderChange): Known {
    const key = `${poNumber} ${releaseNumber}`;
    const known = this.#orders.get(key) ?? { current: undefined, versions: [], changes: [], waiting: [] };
    this.#orders.set(key, known);
    return known;
  }
}
