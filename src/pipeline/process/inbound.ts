import type {
  DocumentRecord,
  EventRecord,
  ExceptionRecord,
  Id,
  InterchangeRecord,
  OrderLineRecord,
  OrderRecord,
  Settlement,
} from '../../domain/exchange/records.ts';
import type { JudgedSet, Verdict } from './judge.ts';
import type { Maker } from './records.ts';

/** What is kept of the inbound side of a file, and under which ids the answers may refer to it. */
export type Inbound = {
  readonly interchanges: readonly InterchangeRecord[];
  readonly documents: readonly DocumentRecord[];
  readonly orders: readonly OrderRecord[];
  readonly lines: readonly OrderLineRecord[];
  readonly events: readonly EventRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly settlements: readonly Settlement[];
  readonly repeats: readonly Id[];
  readonly interchangeOf: ReadonlyMap<Verdict, Id>;
  readonly documentOf: ReadonlyMap<JudgedSet, Id>;
  readonly orderOf: ReadonlyMap<JudgedSet, Id>;
};

/** The same while it is being filled. */
export type Building = {
  -readonly [K in keyof Inbound]: Inbound[K] extends readonly (infer T)[]
    ? T[]
    : Inbound[K] extends ReadonlyMap<infer A, infer B>
      ? Map<A, B>
      : never;
};

export type InboundMaker = Maker & { readonly file: Id; readonly partnerVersion: string };
