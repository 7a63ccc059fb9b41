import { identifyOrder } from '../domain/order/decide-order.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { Catalogue, EarlierOrder } from '../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import type { PlainDate } from '../lib/dates.ts';
import { loadCatalogue } from '../store/catalogue.ts';
import type { Database } from '../store/database.ts';
import { findInterchanges, findOrders, orderKey } from '../store/facts.ts';
import type { Partner } from './configuration.ts';
import type { FileFacts } from './facts.ts';
import type { Interpreted } from './interpret.ts';

/** Loads what judging a file needs: one query a table family, whatever the number of orders and lines. */
export async function loadFacts(
  tx: Database,
  file: Interpreted,
  partner: Partner,
  about: { readonly today: PlainDate; readonly currency: string },
): Promise<FileFacts> {
  const orders = file.interchanges.flatMap(({ sets }) =>
    sets.flatMap(({ document }) => (document?.kind === 'purchase-order' ? [document] : [])),
  );
  const keys = orders.map(identifyOrder);
  const interchanges = await findInterchanges(
    tx,
    file.interchanges.map(({ reading }) => reading.report.header),
  );
  const live = await findOrders(tx, partner.id, false, keys);
  const test = await findOrders(tx, partner.id, true, keys);
  const catalogues = await loadCatalogues(tx, partner.id, orders, about);
  return {
    interchanges,
    orders: indexOrders(live),
    testOrders: indexOrders(test),
    order: { today: about.today, policy: partner.file.orders, currency: about.currency },
    catalogue: (currency) => catalogues.get(currency)!,
  };
}

function indexOrders(records: Awaited<ReturnType<typeof findOrders>>): Map<string, EarlierOrder> {
  return new Map(
    records.map((record) => [
      orderKey(record),
      { contentHash: record.contentHash, decision: record.decision as OrderDecision },
    ]),
  );
}

/** Prices are in one currency each, so orders in several currencies take one query for each currency. */
async function loadCatalogues(
  tx: Database,
  partner: string,
  orders: readonly PurchaseOrder[],
  about: { readonly today: PlainDate; readonly currency: string },
): Promise<Map<string, Catalogue>> {
  const catalogues = new Map<string, Catalogue>();
  for (const currency of new Set(orders.map((order) => order.currency ?? about.currency))) {
    const ids = orders
      .filter((order) => (order.currency ?? about.currency) === currency)
      .flatMap((order) => order.lines.flatMap((line) => line.ids));
    catalogues.set(currency, await loadCatalogue(tx, partner, ids, about.today, currency));
  }
  return catalogues;
}
