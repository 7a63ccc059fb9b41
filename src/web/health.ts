import type Router from '@koa/router';
import { Gauge, Registry } from 'prom-client';
import type { Context } from '../context.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { listExceptions } from '../store/exceptions.ts';
import { countMessages } from '../store/feed.ts';
import { countBacklog } from '../store/files.ts';
import { countMails } from '../store/mails.ts';
import { countNotices, countUnbilled } from '../store/shipping-counts.ts';

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
  new Gauge({
    name: 'causeway_feed_messages',
    help: 'Messages to the ERP, by state; acknowledged ones are not counted',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { state, messages } of await countMessages(context.db)) this.set({ state }, messages);
    },
  });
  addShippingGauges(registry, context);
  return registry;
}

function addShippingGauges(registry: Registry, context: Context): void {
  const { db, clock } = context;
  const registers = [registry];
  new Gauge({
    name: 'causeway_ship_notices',
    help: 'Shipments whose notice waits, or was stopped until a person has looked, by partner',
    labelNames: ['partner', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const { partner, state, shipments } of await countNotices(db))
        this.set({ partner, state }, shipments);
    },
  });
  new Gauge({
    name: 'causeway_unbilled_shipments',
    help: 'Shipments that are due for an invoice, or cannot be billed until a person has looked, by partner',
    labelNames: ['partner', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const { partner, state, shipments } of await countUnbilled(db, clock()))
        this.set({ partner, state }, shipments);
    },
  });
  new Gauge({
    name: 'causeway_mails',
    help: 'Mails to an address, by state; those that were sent are not counted',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      for (const { state, mails } of await countMails(db)) this.set({ state }, mails);
    },
  });
}
