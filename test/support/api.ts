import type { ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import { addToken, type Scope } from '../../src/pipeline/access/tokens.ts';
import { startHttp } from '../../src/web/server.ts';
import { type LaneOptions, openLanes } from './gateway-lane.ts';

type Sent = {
  readonly body?: string | Uint8Array | ReadableStream | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without it the token of the test; '' for none. */
  readonly token?: string;
};

/** Answers to be read by a test, whatever they are. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into it as it likes
type Read = { readonly status: number; readonly headers: Headers; readonly body: any };

/** The API on a port and a database of its own, and a token for it. */
export async function openApi(
  t: ExecutionContext,
  options: LaneOptions & { readonly scopes?: readonly Scope[]; readonly settings?: object } = {},
) {
  const lanes = await openLanes(t, options);
  const context: Context = {
    ...lanes.context,
    settings: { ...lanes.context.settings, http: { host: '127.0.0.1', port: 0 }, ...options.settings },
  };
  const http = await startHttp(context);
  t.teardown(() => http!.stop());
  const base = `http://127.0.0.1:${http!.port}`;
  const secret = await addToken(context, 'test', options.scopes ?? ['import', 'feed']);
  const ask = async (method: string, path: string, sent: Sent = {}): Promise<Read> => {
    const { token = secret!, headers = {}, body } = sent;
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
        'Content-Type': 'text/csv',
        ...headers,
      },
      ...(body === undefined ? {} : { body: body, duplex: 'half' }),
    } as RequestInit);
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  };
  const post = (path: string, body: Sent['body'], sent: Omit<Sent, 'body'> = {}) =>
    ask('POST', path, { ...sent, body });
  return { ...lanes, context, base, secret: secret!, ask, post };
}
