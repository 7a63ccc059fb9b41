import type {
  ChangeRecord,
  DocumentRecord,
  Effects,
  EventRecord,
  ExceptionRecord,
  Id,
  InterchangeRecord,
  OrderLineRecord,
  OrderRecord,
  PlanRecord,
  Revision,
  Settlement,
} from '../../domain/exchange/records.ts';
import type { OrderFacts } from '../../domain/order/order-facts.ts';
import type { Maker } from './records.ts';
import type { Brought, JudgedSet, Verdict } from './verdict.ts';

/** What is kept of the inbound side of a file, and under which ids the answers may refer to it. */
export type Inbound = Effects & {
  readonly interchanges: readonly InterchangeRecord[];
  readonly documents: readonly DocumentRecord[];
  readonly orders: readonly OrderRecord[];
  readonly lines: readonly OrderLineRecord[];
  readonly events: readonly EventRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly settlements: readonly Settlement[];
  readonly repeats: readonly Id[];
  readonly changes: readonly ChangeRecord[];
  readonly revisions: readonly Revision[];
  readonly plans: readonly PlanRecord[];
  readonly authorised: NonNullable<Effects['authorised']>;
  readonly interchangeOf: ReadonlyMap<Verdict, Id>;
  readonly documentOf: ReadonlyMap<JudgedSet, Id>;
  readonly orderOf: ReadonlyMap<Brought, Id>;
};

/** The same while it is being filled. */
export type Building = {
  -readonly [K in keyof Inbound]: Inbound[K] extends readonly (infer T)[]
    ? T[]
    : Inbound[K] extends ReadonlyMap<infer A, infer B>
      ? Map<A, B>
      : never;
};

/** By whose facts orders were decided. */
export type DecidedBy = Pick<OrderFacts, 'customer' | 'policy' | 'currency'>;

/** What makes records of what orders draw on. */
export type EffectMaker = Maker & { readonly decidedBy: DecidedBy };

export type InboundMaker = EffectMaker & { readonly file: Id; readonly partnerVersion: string };
