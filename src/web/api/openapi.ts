import { SCOPES } from '../../pipeline/access/tokens.ts';
import { PROBLEM_TYPE } from './problem.ts';
import type { Route } from './route.ts';

const REFUSALS = {
  400: 'The request is not what it should be.',
  401: 'No token, or one that is not known.',
  403: 'The token is not for this.',
  404: 'There is no such thing.',
  409: 'The same request is being worked on, or what is asked contradicts what stands.',
  413: 'The body is too large.',
  415: 'The body is of another type, encoding or character set.',
  422: 'What the body says cannot be taken, or its Idempotency-Key was used for another request.',
  503: 'Ask again later.',
} as const;

/** The API in OpenAPI 3.1, from the list of its routes. */
export function describeApi(routes: readonly Route[]): unknown {
  const paths: Record<string, unknown> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Causeway', version: '1' },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by `causeway token add`.' },
      },
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            mistakes: { type: 'array', items: { type: 'object' } },
          },
          required: ['type', 'title', 'status', 'detail'],
        },
      },
    },
  };
}

function describeRoute({ path, scope, summary, takes, query = {} }: Route): unknown {
  const text = { type: 'string' };
  const problem = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  const refusals = Object.entries(REFUSALS).map(([status, description]) => [
    status,
    { description, content: problem },
  ]);
  return {
    summary,
    description: `Needs a token with the scope \`${scope}\`: ${SCOPES[scope]}.`,
    security: [{ token: [scope] }],
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: text,
      })),
      ...Object.entries(query).map(([name, description]) => ({
        name,
        in: 'query',
        description,
        schema: text,
      })),
      {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'The same key and request get the same answer, for seven days.',
        schema: text,
      },
    ],
    requestBody: {
      required: true,
      content: Object.fromEntries(takes.map((type) => [type, { schema: {} }])),
    },
    responses: { 200: { description: 'Done.' }, ...Object.fromEntries(refusals) },
  };
}
