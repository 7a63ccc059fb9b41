import { interchangeKey, orderKey } from '../../domain/exchange/natural-keys.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { Catalogue, EarlierOrder } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import type { Database } from '../../store/database.ts';
import { type KnownOrder, loadFileFacts } from '../../store/file-facts.ts';
import type { Partner } from '../configuration/configuration.ts';
import type { FileFacts } from './facts.ts';
import type { Interpreted } from './interpret.ts';

export type FactsAbout = {
  readonly files: readonly Id[];
  readonly partner: Partner;
  readonly today: PlainDate;
  /** Of orders that name none. */
  readonly currency: string;
};

/**
 * Locks the files and loads what judging them needs, by one query whatever the number of orders and lines. Undefined
 * when somebody else has decided one of them.
 */
export async function loadFacts(
  tx: Database,
  interchanges: Interpreted['interchanges'],
  about: FactsAbout,
): Promise<FileFacts | undefined> {
  const { partner, today } = about;
  const orders = interchanges.flatMap(({ sets }) =>
    sets.flatMap(({ document }) => (document?.kind === 'purchase-order' ? [document] : [])),
  );
  const [currency = about.currency, ...others] = listCurrencies(orders, about.currency);
  const stored = await loadFileFacts(tx, {
    files: about.files,
    partner: partner.id,
    interchanges: interchanges.map(({ reading }) => pickKey(reading.report.header)),
    orders: orders.map(identifyOrder),
    products: listProducts(orders, currency, about.currency),
    onDate: today,
    currency,
  });
  if (stored.waiting !== about.files.length) return undefined;
  const catalogues = new Map<string, Catalogue>([[currency, stored.catalogue]]);
  for (const other of others) {
    const products = listProducts(orders, other, about.currency);
    catalogues.set(other, await loadCatalogue(tx, partner.id, products, today, other));
  }
  return {
    interchanges: new Map(stored.interchanges.map((known) => [interchangeKey(known), known])),
    orders: indexOrders(stored.orders.filter((order) => !order.test)),
    testOrders: indexOrders(stored.orders.filter((order) => order.test)),
    order: { today, policy: partner.file.orders, currency: about.currency },
    catalogue: (asked) => catalogues.get(asked)!,
  };
}

/** Prices are in one currency each, so orders in several currencies take one more query for each. */
function listCurrencies(orders: readonly PurchaseOrder[], usual: string): string[] {
  return [...new Set(orders.map((order) => order.currency ?? usual))];
}

function listProducts(orders: readonly PurchaseOrder[], currency: string, usual: string) {
  return orders
    .filter((order) => (order.currency ?? usual) === currency)
    .flatMap((order) => order.lines.flatMap((line) => line.ids));
}

function pickKey(header: Interpreted['interchanges'][number]['reading']['report']['header']) {
  const { sender, receiver, control, usage } = header;
  return { sender, receiver, control, usage };
}

function indexOrders(known: readonly KnownOrder[]): Map<string, EarlierOrder> {
  return new Map(
    known.map((order) => [
      orderKey(order),
      { contentHash: order.contentHash, decision: order.decision as OrderDecision },
    ]),
  );
}
