import type { Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

export type ApiToken = {
  readonly id: Id;
  /** Which program uses it. */
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  /** To the minute. */
  readonly usedAt?: Instant | undefined;
  readonly revokedAt?: Instant | undefined;
};

const COLUMNS = `id, name, scopes, created_at as "createdAt", used_at as "usedAt", revoked_at as "revokedAt"`;

const INSERT: Statement = {
  name: 'token-insert',
  text: `insert into api_token (id, name, hash, scopes, created_at) values ($1, $2, $3, $4::text[], $5)
    on conflict (name) do nothing returning id`,
};

/** False where there is a token of this name already, revoked or not. */
export async function insertToken(
  tx: Database,
  token: Pick<ApiToken, 'id' | 'name' | 'scopes' | 'createdAt'> & { readonly hash: string },
): Promise<boolean> {
  const { id, name, hash, scopes, createdAt } = token;
  return (await run(tx, INSERT, [id, name, hash, scopes, createdAt])).length === 1;
}

const FIND: Statement = {
  name: 'token-find',
  text: `select ${COLUMNS} from api_token where hash = $1 and revoked_at is null`,
};

const USED: Statement = {
  name: 'token-used',
  text: `update api_token set used_at = $2::timestamptz
    where id = $1 and (used_at is null or used_at < $2::timestamptz - interval '1 minute')`,
};

/** The token under this hash, unless it was revoked; notes that it is used. */
export async function useToken(db: Database, hash: string, now: Instant): Promise<ApiToken | undefined> {
  const [row] = await run<ApiToken>(db, FIND, [hash]);
  if (row === undefined) return undefined;
  await run(db, USED, [row.id, now]);
  return withoutNulls(row) as ApiToken;
}

const REVOKE: Statement = {
  name: 'token-revoke',
  text: `update api_token set revoked_at = coalesce(revoked_at, $2) where name = $1 returning id`,
};

/** False where there is none of this name. */
export async function revokeToken(tx: Database, name: string, at: Instant): Promise<boolean> {
  return (await run(tx, REVOKE, [name, at])).length === 1;
}

const LIST: Statement = { name: 'token-list', text: `select ${COLUMNS} from api_token order by name` };

export async function listTokens(db: Database): Promise<readonly ApiToken[]> {
  return (await run<ApiToken>(db, LIST, [])).map((row) => withoutNulls(row) as ApiToken);
}
