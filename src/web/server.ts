import { createServer } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import type { Context } from '../context.ts';
import { addApiRoutes } from './api/router.ts';
import { addCertificateRoutes } from './certificates.ts';
import { addHealthRoutes } from './health.ts';

export type HttpServer = { readonly port: number; readonly stop: () => Promise<void> };

/** Slow and stuck clients are cut; a file of master data may take its time. */
const LIMITS = {
  requestTimeout: 300_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16 * 1024,
};
const MOST_CONNECTIONS = 256;

export async function startHttp(context: Context): Promise<HttpServer | undefined> {
  if (context.settings.http === 'off') return undefined;
  const { host, port } = context.settings.http;
  const router = new Router();
  addHealthRoutes(router, context);
  addCertificateRoutes(router, context);
  addApiRoutes(router, context);
  const app = new Koa();
  app.on('error', (error: unknown) => context.log.error({ error: String(error) }, 'request failed'));
  app.use(async (exchange, next) => {
    exchange.set('X-Content-Type-Options', 'nosniff');
    exchange.set('Content-Security-Policy', "default-src 'none'");
    await next();
  });
  app.use(router.routes()).use(router.allowedMethods());
  const server = createServer(LIMITS, app.callback());
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
