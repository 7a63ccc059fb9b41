import type { Context } from '../../context.ts';
import type { Scope } from '../../pipeline/access/tokens.ts';
import type { ApiToken } from '../../store/api-tokens.ts';
import type { Transaction } from '../../store/database.ts';
import type { Body } from './body.ts';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Notes the answer in the transaction of the work. Without an Idempotency-Key it does nothing. */
export type Remember = (tx: Transaction, answer: Answer) => Promise<void>;

export type ApiRequest = {
  readonly context: Context;
  readonly token: ApiToken;
  /** What the path names, as `:name` in it. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Idempotency-Key as it was sent. */
  readonly key: string | undefined;
  /** To be called last in the transaction of the work, with what is then returned. */
  readonly remember: Remember;
};

/** One thing that programs may ask for; refused by throwing a `Problem`. */
export type Route = {
  readonly method: 'POST';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly scope: Scope;
  readonly summary: string;
  /** Media types that its body may have. */
  readonly takes: readonly string[];
  /** Names that may stand in the query, each with what it means. */
  readonly query?: Readonly<Record<string, string>>;
  readonly handle: (request: ApiRequest) => Promise<Answer>;
};
