import type { Context } from '../../context.ts';
import { findToken, type Scope } from '../../pipeline/access/tokens.ts';
import type { ApiToken } from '../../store/api-tokens.ts';
import { Problem } from './problem.ts';

/** The token that a request carries (RFC 6750), when it may be used for this. */
export async function requireToken(
  context: Context,
  authorization: string | undefined,
  scope: Scope,
): Promise<ApiToken> {
  const secret = /^Bearer +([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (secret === undefined)
    throw unauthorized('send a token as `Authorization: Bearer TOKEN`; `causeway token add` makes one');
  const token = await findToken(context, secret);
  if (token === undefined) throw unauthorized('the token is not known, or was revoked', 'invalid_token');
  if (!token.scopes.includes(scope)) {
    const has = token.scopes.join(', ');
    throw new Problem(
      403,
      `the token "${token.name}" is for ${has}, and this needs ${scope}`,
      {},
      { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    );
  }
  return token;
}

function unauthorized(detail: string, error?: string): Problem {
  const challenge = error === undefined ? 'Bearer' : `Bearer error="${error}"`;
  return new Problem(401, detail, {}, { 'WWW-Authenticate': challenge });
}
