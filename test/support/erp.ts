import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import { companyFile } from '../../src/domain/partner/partner.ts';
import { feedLane } from '../../src/pipeline/feed/feed-lane.ts';

export type Call = {
  readonly id: string;
  readonly signature: string;
  readonly body: string;
};

/** What the ERP does with a call: answers, or never does. */
export type Reaction = { readonly status: number; readonly body?: string } | 'hang';

export type Erp = {
  readonly url: string;
  readonly calls: Call[];
  /** Set by the test; 200 without a body where it is not. */
  react: (call: Call) => Reaction;
};

/** An ERP on a port of its own. */
export async function startErp(t: ExecutionContext): Promise<Erp> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { 'causeway-id': id, 'causeway-signature': signature } = request.headers;
      const call = { id: String(id), signature: String(signature), body: Buffer.concat(chunks).toString() };
      calls.push(call);
      answer(response, erp.react(call));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const erp: Erp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`,
    calls,
    react: () => ({ status: 200 }),
  };
  return erp;
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'hang') return;
  response.writeHead(reaction.status, { location: '/elsewhere' });
  response.end(reaction.body);
}

/** The context of a company that has these ERP settings in its company.yaml. */
export function withErp(context: Context, settings: object): Context {
  const configuration = context.configuration();
  const erp = companyFile.shape.erp.parse(settings);
  return {
    ...context,
    configuration: () => ({ ...configuration, company: { ...configuration.company!, erp } }),
  };
}

export async function drainFeed(context: Context): Promise<void> {
  await feedLane(context, new AbortController().signal);
}
