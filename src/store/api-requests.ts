import type { Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** A request under an Idempotency-Key of one token. */
export type RequestKey = { readonly token: Id; readonly key: string };

export type RequestClaim =
  /** Ours to do. */
  | { readonly kind: 'new' }
  /** Somebody does it. */
  | { readonly kind: 'running' }
  /** The key was used for another request. */
  | { readonly kind: 'other' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: unknown };

/* Who claimed a request and has not answered it for so long is taken to be dead. */
const CLAIM: Statement = {
  name: 'request-claim',
  text: `
    insert into api_request as r (token_id, key, fingerprint, claimed_at) values ($1, $2, $3, $4)
    on conflict (token_id, key) do update set claimed_at = excluded.claimed_at
      where r.status is null and r.fingerprint = excluded.fingerprint
        and r.claimed_at < excluded.claimed_at - interval '5 minutes'
    returning 1`,
};

const KNOWN: Statement = {
  name: 'request-known',
  text: `select fingerprint, status, answer from api_request where token_id = $1 and key = $2`,
};

export async function claimRequest(
  db: Database,
  { token, key }: RequestKey,
  fingerprint: string,
  now: Instant,
): Promise<RequestClaim> {
  if ((await run(db, CLAIM, [token, key, fingerprint, now])).length === 1) return { kind: 'new' };
  type Row = { fingerprint: string; status: number | null; answer: unknown };
  const [known] = await run<Row>(db, KNOWN, [token, key]);
  // Given up between the two statements: the caller may ask again.
  if (known === undefined) return { kind: 'running' };
  if (known.fingerprint !== fingerprint) return { kind: 'other' };
  return known.status === null
    ? { kind: 'running' }
    : { kind: 'answered', status: known.status, answer: known.answer };
}

const ANSWER: Statement = {
  name: 'request-answer',
  text: `update api_request set status = $3, answer = $4::json where token_id = $1 and key = $2`,
};

/** In the transaction of the work: then the one is never there without the other. */
export async function answerRequest(
  tx: Database,
  { token, key }: RequestKey,
  { status, body }: { readonly status: number; readonly body: unknown },
): Promise<void> {
  await run(tx, ANSWER, [token, key, status, toJson(body ?? null)]);
}

const GIVE_UP: Statement = {
  name: 'request-give-up',
  text: `delete from api_request where token_id = $1 and key = $2 and status is null`,
};

/** The work failed: the next request under the key begins afresh. */
export async function giveUpRequest(db: Database, { token, key }: RequestKey): Promise<void> {
  await run(db, GIVE_UP, [token, key]);
}

const FORGET: Statement = {
  name: 'request-forget',
  text: `delete from api_request where claimed_at < $1`,
};

export async function forgetRequests(db: Database, before: Instant): Promise<void> {
  await run(db, FORGET, [before]);
}
