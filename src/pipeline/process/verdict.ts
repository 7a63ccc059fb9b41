import type { EarlierPlan, PlanDecision, PlanDocument, PlanFacts } from '../../domain/blanket/plan.ts';
import type { Id } from '../../domain/exchange/records.ts';
import type { ChangeDecision } from '../../domain/order/change-decision.ts';
import type { OrderChange } from '../../domain/order/order-change.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { EarlierOrder } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { OwnFacts } from '../../domain/order/share-facts.ts';
import type { KnownChange, KnownOrder } from '../../domain/order/standing.ts';
import type { InterchangeReport } from '../../x12/interchange/report.ts';
import type { InterpretedInterchange, InterpretedSet } from './interpret.ts';

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
  /** The change that it brings, and those that have waited for it or for its order. */
  readonly changes?: readonly JudgedChange[] | undefined;
  readonly plan?: JudgedPlan | undefined;
};

/** A schedule or receiving advice as it was decided. */
export type JudgedPlan = {
  readonly document: PlanDocument;
  readonly decision: PlanDecision;
  readonly contentHash: string;
  /** The orders that it amounts to. */
  readonly releases: readonly JudgedRelease[];
};

export type JudgedRelease = Pick<JudgedSet, 'changes'> & { readonly order: JudgedOrder };

export type JudgedOrder = {
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly contentHash: string;
  /** Whether it becomes an order of its own: not when it repeats or contradicts an earlier one. */
  readonly isNew: boolean;
  /** It is what a schedule amounts to, and not what its document says. */
  readonly drafted?: true | undefined;
};

/** An order or document of ours: its id, or what of this file it is about to be stored from. */
export type Ref = { id?: Id; set?: Brought };

/** What an order is about to be stored from. */
export type Brought = JudgedSet | JudgedRelease;

export type Standing = { readonly ref: Ref; order: KnownOrder };
export type Changing = { readonly ref: Ref; known: KnownChange };

/** What the documents of a file have left so far: of live ones and of tests apart. */
export type Ledger = {
  readonly orders: Map<string, EarlierOrder>;
  shared: OwnFacts;
  readonly standing: Standing[];
  readonly changes: Changing[];
  plans: KnownPlans;
};

/** What schedules and receiving advices are judged by, beside blankets and orders. */
export type KnownPlans = Pick<PlanFacts, 'entries' | 'latest' | 'orders'> & {
  /** Documents that came before, by kind and number. */
  readonly earlier: ReadonlyMap<string, readonly EarlierPlan[]>;
};

/** A change as it was decided, and the order before it. */
export type JudgedChange = {
  readonly ref: Ref;
  readonly change: OrderChange;
  readonly decision: ChangeDecision;
  readonly standing: Standing | undefined;
  readonly before: KnownOrder | undefined;
};

/** Verdicts, and what is known after them of live orders and of tests, where the file brought any. */
export type Judged = {
  readonly verdicts: readonly Verdict[];
  readonly live?: Ledger;
  readonly tests?: Ledger;
};
