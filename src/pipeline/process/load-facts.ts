import type { RouteWeights } from '../../domain/allocation/stock.ts';
import { interchangeKey, orderKey } from '../../domain/exchange/natural-keys.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import type { OrderChange } from '../../domain/order/order-change.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { EarlierOrder } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { RulingChoice } from '../../domain/order/ruling.ts';
import { nameShipTo } from '../../domain/order/ship-to.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { loadBlankets } from '../../store/blankets.ts';
import { loadCreditAccount } from '../../store/credit.ts';
import type { Database } from '../../store/database.ts';
import { type KnownOrder, loadFileFacts, type StoredFacts } from '../../store/file-facts.ts';
import {
  loadChanges,
  loadStandingOrders,
  type StoredChange,
  type StoredOrder,
} from '../../store/standing-orders.ts';
import { loadStock } from '../../store/stock.ts';
import type { Partner } from '../configuration/configuration.ts';
import type { FileFacts, KnownBefore } from './facts.ts';
import type { Interpreted } from './interpret.ts';
import type { Changing, Standing } from './verdict.ts';

export type FactsAbout = {
  readonly files: readonly Id[];
  readonly partner: Partner;
  readonly today: PlainDate;
  /** Of orders that name none. */
  readonly currency: string;
  readonly weights: RouteWeights;
};

/** Orders and changes that a file brings, and those before that they are about. */
type Subjects = {
  readonly orders: readonly PurchaseOrder[];
  readonly changes: readonly OrderChange[];
  readonly standing: readonly StoredOrder[];
  readonly known: readonly StoredChange[];
  /** Items of ours that people have named. */
  readonly items?: readonly string[] | undefined;
};

/**
 * Locks the files and loads what judging them needs: one query for orders, whatever their number and that of their
 * lines, and one each for stock, credit, blankets and the orders that changes are about, where they are asked for.
 * Undefined when somebody else has decided one of the files.
 */
export async function loadFacts(
  tx: Database,
  interchanges: Interpreted['interchanges'],
  about: FactsAbout,
): Promise<FileFacts | undefined> {
  const { partner } = about;
  const documents = interchanges.flatMap(({ sets }) => sets.flatMap(({ document }) => document ?? []));
  const orders = documents.filter((one) => one.kind === 'purchase-order');
  const changes = documents.filter((one) => one.kind === 'order-change');
  const keys = changes.map(nameChanged);
  const standing = keys.length === 0 ? [] : await loadStandingOrders(tx, partner.id, keys);
  const subjects: Subjects = { orders, changes, standing, known: await loadChanges(tx, partner.id, keys) };
  const stored = await loadStored(tx, interchanges, subjects, about);
  if (stored.waiting !== about.files.length) return undefined;
  if (stored.waitingChanges === 0) return await loadShared(tx, stored, subjects, about);
  // What has waited may speak of other items than the orders that it waited for.
  const known = await loadChanges(tx, partner.id, [...keys, ...orders.map(identifyOrder)]);
  const woken = { ...subjects, known };
  return await loadShared(tx, await loadStored(tx, interchanges, woken, about), woken, about);
}

/** The same for orders that stand and their changes, decided again for another reason than a file. */
export async function loadFactsOfOrders(
  tx: Database,
  standing: readonly StoredOrder[],
  known: readonly StoredChange[],
  about: Omit<FactsAbout, 'files'>,
  /** Items of ours that a ruling names. */
  items: readonly string[] = [],
): Promise<FileFacts> {
  const subjects: Subjects = { orders: [], changes: [], standing, known, items };
  const whole = { ...about, files: [] };
  return await loadShared(tx, await loadStored(tx, [], subjects, whole), subjects, whole);
}

function nameChanged({ poNumber, releaseNumber = '' }: OrderChange) {
  return { poNumber, releaseNumber };
}

async function loadStored(
  tx: Database,
  interchanges: Interpreted['interchanges'],
  { orders, changes, standing, known, items = [] }: Subjects,
  { files, partner, today, currency }: FactsAbout,
): Promise<StoredFacts> {
  const all = [
    ...orders,
    ...changes,
    ...standing.map(({ order }) => order.standing.order),
    ...known.map((one) => one.known.change),
  ];
  return await loadFileFacts(tx, {
    files,
    partner: partner.id,
    interchanges: interchanges.map(({ reading }) => pickKey(reading.report.header)),
    orders: orders.map(identifyOrder),
    products: [
      ...all.flatMap(({ lines }) => lines.flatMap(({ ids }) => ids)),
      ...[...items, ...listRuledItems(standing)].map((value) => ({ qualifier: OURS, value })),
    ],
    onDate: today,
    currency,
    customer: partner.file.customer ?? partner.id,
    shipTos: all.map(nameShipTo),
  });
}

/** VP: our own number. */
const OURS = 'VP';

function listRuledItems(standing: readonly StoredOrder[]): string[] {
  return standing.flatMap(({ order }) => order.rulings.flatMap(({ choice }) => itemOf(choice)));
}

/** The item that a person chose, or sends instead. */
export function itemOf(choice: RulingChoice): string[] {
  return choice.kind === 'choose-item' || choice.kind === 'substitute' ? [choice.item] : [];
}

async function loadShared(
  tx: Database,
  stored: StoredFacts,
  subjects: Subjects,
  { partner, today, currency, weights }: FactsAbout,
): Promise<FileFacts> {
  const { customer, catalogue, prices, hasLimit } = stored;
  const policy = partner.file.orders;
  const checked = hasLimit && policy.credit === 'hold';
  const credit = checked ? await loadCreditAccount(tx, customer.number, currency) : undefined;
  const stock = policy.promise === 'stock' ? await loadStock(tx, [...catalogue.items.keys()]) : undefined;
  return {
    interchanges: new Map(stored.interchanges.map((known) => [interchangeKey(known), known])),
    live: sortKnown(stored, subjects, false),
    tests: sortKnown(stored, subjects, true),
    testBlankets: await loadNamedBlankets(tx, partner.id, subjects, true),
    shared: {
      today,
      policy,
      currency,
      customer,
      catalogue,
      prices,
      blankets: await loadNamedBlankets(tx, partner.id, subjects, false),
      ...(stock === undefined ? {} : { stock: { ...stock, weights } }),
      ...(credit === undefined ? {} : { credit }),
    },
  };
}

function sortKnown(stored: StoredFacts, { standing, known }: Subjects, test: boolean): KnownBefore {
  return {
    orders: indexOrders(stored.orders.filter((order) => order.test === test)),
    standing: standing
      .filter((one) => one.test === test)
      .map(({ id, order }): Standing => ({ ref: { id }, order })),
    changes: known
      .filter((one) => one.test === test)
      .map(({ id, known: change }): Changing => ({ ref: { id }, known: change })),
  };
}

/** Orders that a blanket may be there for already. */
const DRAWING: ReadonlySet<string> = new Set(['release', 'blanket', 'blanket-estimate']);

/** The blankets that releases may draw on, and that changes may be about, under their locks. */
async function loadNamedBlankets(
  tx: Database,
  partner: string,
  { orders, changes, standing }: Subjects,
  test: boolean,
) {
  const drawing = orders.filter(({ type }) => DRAWING.has(type));
  const named = [...drawing, ...changes, ...standing.map(({ order }) => order.standing.order)];
  const numbers = named.map(({ poNumber }) => poNumber);
  const contracts = named.flatMap(({ contractNumber }) => contractNumber ?? []);
  return await loadBlankets(tx, partner, { numbers, contracts, test });
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
