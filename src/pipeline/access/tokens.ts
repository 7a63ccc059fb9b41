import { hash, randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { type ApiToken, insertToken, useToken } from '../../store/api-tokens.ts';

/** What a token may be used for; to find what exists, read this list. */
export const SCOPES = {
  import: 'bring in master data',
  shipments: 'bring in shipments',
  feed: 'acknowledge what the ERP was told',
} as const;

export type Scope = keyof typeof SCOPES;

/** Found in a log or a repository it is known for what it is. */
const PREFIX = 'cw_';

/** A new token, shown this once. Undefined where there is one of this name. */
export async function addToken(
  context: Pick<Context, 'db' | 'ids' | 'clock'>,
  name: string,
  scopes: readonly Scope[],
): Promise<string | undefined> {
  const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const token = { id: context.ids(), name, scopes, hash: hashToken(secret), createdAt: context.clock() };
  return (await insertToken(context.db, token)) ? secret : undefined;
}

/** Whose token it is; undefined for one that is unknown or revoked. */
export async function findToken(
  context: Pick<Context, 'db' | 'clock'>,
  secret: string,
): Promise<ApiToken | undefined> {
  return await useToken(context.db, hashToken(secret), context.clock());
}

/** It has 256 random bits, so one round is enough: nobody guesses it. */
function hashToken(secret: string): string {
  return hash('sha256', secret, 'hex');
}
