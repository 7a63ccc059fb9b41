import type Router from '@koa/router';
import { Gauge, Registry } from 'prom-client';
import type { Context } from '../context.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { listExceptions } from '../store/exceptions.ts';
import { countBacklog } from '../store/files.ts';

/** Alive, able to work, and figures for Prometheus. */
export function addHealthRoutes(router: Router, context: Context): void {
  const registry = makeRegistry(context);
  router.get('/healthz', (exchange) => {
    exchange.body = { status: 'alive' };
  });
  router.get('/readyz', async (exchange) => {
    try {
      await context.db.raw('select 1');
      exchange.body = { status: 'ready' };
    } catch (error) {
      context.log.warn({ error: String(error) }, 'not ready');
      exchange.status = 503;
      exchange.body = { status: 'not ready', reason: 'the database does not answer' };
    }
  });
  router.get('/metrics', async (exchange) => {
    exchange.type = registry.contentType;
    exchange.body = await registry.metrics();
  });
}

/** Read from the store at each scrape: the same figures from every process, and none of them forgotten at a restart. */
function makeRegistry(context: Context): Registry {
  const registry = new Registry();
  new Gauge({
    name: 'causeway_files',
    help: 'Inbound files that wait (received) or are stuck (quarantined), by partner',
    labelNames: ['partner', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { partner, state, files } of await countBacklog(context.db))
        this.set({ partner, state }, files);
    },
  });
  new Gauge({
    name: 'causeway_oldest_file_seconds',
    help: 'Age of the oldest inbound file in a state, by partner',
    labelNames: ['partner', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      const now = Date.parse(context.clock());
      for (const { partner, state, oldest } of await countBacklog(context.db)) {
        this.set({ partner, state }, (now - Date.parse(oldest)) / 1000);
      }
    },
  });
  new Gauge({
    name: 'causeway_open_exceptions',
    help: 'Exceptions that wait for a person, by partner and kind',
    labelNames: ['partner', 'kind'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { partner, kind } of await listExceptions(context.db)) this.inc({ partner, kind });
    },
  });
  new Gauge({
    name: 'causeway_deliveries',
    help: 'Outbound files that wait for their delivery (pending) or were given up (failed), by partner',
    labelNames: ['partner', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { partner, state, deliveries } of await countDeliveries(context.db)) {
        this.set({ partner, state }, deliveries);
      }
    },
  });
  return registry;
}
