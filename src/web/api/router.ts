import { join } from 'node:path';
import type Router from '@koa/router';
import type { Context as Exchange } from 'koa';
import type { Context } from '../../context.ts';
import { suggest } from '../../lib/suggest.ts';
import { isTransient } from '../../store/database.ts';
import { Body, tooLarge } from './body.ts';
import { answerOnce } from './idempotency.ts';
import { describeApi } from './openapi.ts';
import { describeProblem, PROBLEM_TYPE, Problem } from './problem.ts';
import type { Answer, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { requireToken } from './tokens.ts';

const BASE = '/api/v1';

/** Every route of `ROUTES`, and what describes them. */
export function addApiRoutes(router: Router, context: Context): void {
  router.get(`${BASE}/openapi.json`, (exchange) => {
    exchange.body = describeApi(ROUTES);
  });
  for (const route of ROUTES) {
    router.register(`${BASE}${route.path}`, [route.method], async (exchange) => {
      await answer(exchange, context, () =>
        serve(context, route, exchange, exchange['params'] as Record<string, string>),
      );
    });
    router.all(`${BASE}${route.path}`, (exchange) =>
      answer(exchange, context, async () => {
        throw new Problem(405, `${exchange.method} is not possible here`, {}, { Allow: route.method });
      }),
    );
  }
  router.all(`${BASE}/{*rest}`, (exchange) =>
    answer(exchange, context, async () => {
      throw new Problem(404, `there is no ${exchange.path}; ${BASE}/openapi.json lists what there is`);
    }),
  );
}

/** Whoever may not ask is told so before a byte of the body is read. */
async function serve(
  context: Context,
  route: Route,
  exchange: Exchange,
  params: Readonly<Record<string, string>>,
): Promise<Answer> {
  const token = await requireToken(context, exchange.get('Authorization') || undefined, route.scope);
  const query = new URLSearchParams(exchange.querystring);
  checkQuery(route, query);
  checkMediaType(route, exchange);
  const body = await receiveBody(context, exchange);
  try {
    const asked = {
      key: exchange.get('Idempotency-Key') || undefined,
      token: token.id,
      request: [exchange.method, exchange.path, exchange.querystring, body.sha256],
    };
    return await answerOnce(context, asked, (remember) =>
      route.handle({ context, token, params, query, body, key: asked.key, remember }),
    );
  } finally {
    await body.discard();
  }
}

function checkQuery({ query: known = {} }: Route, query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (Object.hasOwn(known, name)) continue;
    throw new Problem(400, `the query has ${name}, which is not known${suggest(name, Object.keys(known))}`);
  }
}

function checkMediaType({ takes }: Route, exchange: Exchange): void {
  const encoding = exchange.get('Content-Encoding').toLowerCase();
  if (encoding !== '' && encoding !== 'identity')
    throw new Problem(415, `the body is encoded as ${encoding}: send it as it is`);
  const [type = '', ...parameters] = exchange.get('Content-Type').toLowerCase().split(';');
  if (!takes.includes(type.trim()))
    throw new Problem(415, `expected a Content-Type of ${takes.join(', ')} (it is ${JSON.stringify(type)})`);
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(one)?.[1]).find(Boolean);
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    throw new Problem(415, `the body is in ${charset}: send it in UTF-8`);
}

async function receiveBody({ settings }: Context, exchange: Exchange): Promise<Body> {
  const mostBytes = settings.maxFileBytes;
  if (Number(exchange.get('Content-Length')) > mostBytes) throw tooLarge(mostBytes);
  return await Body.receive(exchange.req, { mostBytes, scratch: join(settings.dataFolder, 'uploads') });
}

async function answer(exchange: Exchange, context: Context, work: () => Promise<Answer>): Promise<void> {
  try {
    const { status, body, headers = {} } = await work();
    exchange.set(headers);
    exchange.status = status;
    exchange.body = body;
  } catch (error) {
    const problem = error instanceof Problem ? error : explainFault(error, exchange, context);
    exchange.set(problem.headers);
    exchange.status = problem.status;
    exchange.body = describeProblem(problem);
    exchange.type = PROBLEM_TYPE;
  }
  if (!exchange.req.complete) exchange.set('Connection', 'close');
}

/** What passes by itself may be asked again; of the rest the log tells more than the answer. */
function explainFault(error: unknown, exchange: Exchange, { log }: Context): Problem {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error({ method: exchange.method, path: exchange.path, error: reason }, 'request failed');
  return isTransient(error)
    ? new Problem(503, 'this cannot be done right now: ask again', {}, { 'Retry-After': '5' })
    : new Problem(500, 'this failed on our side: the log tells why');
}
