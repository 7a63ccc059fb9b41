import type { RouteWeights } from '../../domain/allocation/stock.ts';
import type { Blanket } from '../../domain/blanket/blanket.ts';
import type { PlanDocument } from '../../domain/blanket/plan.ts';
import { type Catalogue, catalogueKey } from '../../domain/catalogue/catalogue.ts';
import { interchangeKey, type OrderKey, orderKey } from '../../domain/exchange/natural-keys.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import type { OrderChange } from '../../domain/order/order-change.ts';
import type { Customer, EarlierOrder } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { RulingChoice } from '../../domain/order/ruling.ts';
import { listPlaceNames } from '../../domain/order/ship-to.ts';
import { namedQuotes } from '../../domain/quote/quote.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { loadAuthorities } from '../../store/authorities.ts';
import { loadBlankets } from '../../store/blankets.ts';
import type { ProductKey } from '../../store/catalogue.ts';
import { loadCreditAccount } from '../../store/credit.ts';
import type { Database } from '../../store/database.ts';
import { loadFileFacts, type StoredFacts } from '../../store/file-facts.ts';
import { lockOrderedToDate } from '../../store/ordered-to-date.ts';
import { loadQuotes } from '../../store/quotes.ts';
import {
  loadChanges,
  loadStandingOrders,
  type StoredChange,
  type StoredOrder,
} from '../../store/standing-orders.ts';
import type { StockHold } from '../../store/stock.ts';
import type { Partner } from '../configuration/configuration.ts';
import { isPlan, NO_PLANS } from './enter-plan.ts';
import type { FileFacts, KnownBefore } from './facts.ts';
import { findStock } from './find-stock.ts';
import type { Interpreted } from './interpret.ts';
import { findReleases, listProducts, listShipToNames, loadPlans, nameBlankets } from './load-plans.ts';
import type { Changing, Standing } from './verdict.ts';

export type FactsAbout = {
  readonly files: readonly Id[];
  readonly partner: Partner;
  readonly today: PlainDate;
  /** Of orders that name none. */
  readonly currency: string;
  readonly weights: RouteWeights;
  /** Whether stock may be read without a lock; `takeStock` then finds out what was taken meanwhile. */
  readonly stock?: StockHold;
};

/** Orders and changes that a file brings, and those before that they are about. */
type Subjects = {
  readonly orders: readonly PurchaseOrder[];
  readonly changes: readonly OrderChange[];
  readonly standing: readonly StoredOrder[];
  readonly known: readonly StoredChange[];
  /** Items of ours that people have named. */
  readonly items?: readonly string[] | undefined;
  /** Schedules and receiving advices, and which lines of one that is decided again are dealt with. */
  readonly plans?: readonly PlanDocument[] | undefined;
  readonly settled?: ReadonlySet<number> | undefined;
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
  const plans = documents.filter(isPlan);
  const known = await loadChanges(tx, partner.id, keys);
  const subjects: Subjects = { orders, changes, standing, known, plans };
  const stored = await loadStored(tx, interchanges, subjects, about);
  if (stored.waiting !== about.files.length) return undefined;
  if (stored.waitingChanges === 0) return await loadShared(tx, stored, subjects, about);
  // What has waited may speak of other items than the orders that it waited for.
  const waiting = await loadChanges(tx, partner.id, [...keys, ...orders.map(identifyOrder)]);
  const woken = { ...subjects, known: waiting };
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
  return await loadFactsOfSubjects(tx, { ...NO_SUBJECTS, standing, known, items }, about);
}

/** The same for a schedule or receiving advice of which lines are open. */
export async function loadFactsOfPlan(
  tx: Database,
  document: PlanDocument,
  settled: ReadonlySet<number>,
  about: Omit<FactsAbout, 'files'>,
): Promise<FileFacts> {
  return await loadFactsOfSubjects(tx, { ...NO_SUBJECTS, plans: [document], settled }, about);
}

/** The same for an order that is to be decided as though it came now. */
export async function loadFactsOfNew(
  tx: Database,
  order: PurchaseOrder,
  about: Omit<FactsAbout, 'files'>,
): Promise<FileFacts> {
  return await loadFactsOfSubjects(tx, { ...NO_SUBJECTS, orders: [order] }, about);
}

const NO_SUBJECTS: Subjects = { orders: [], changes: [], standing: [], known: [] };

async function loadFactsOfSubjects(
  tx: Database,
  subjects: Subjects,
  about: Omit<FactsAbout, 'files'>,
): Promise<FileFacts> {
  const whole = { ...about, files: [] };
  return await loadShared(tx, await loadStored(tx, [], subjects, whole), subjects, whole);
}

function nameChanged({ poNumber, releaseNumber = '' }: OrderChange) {
  return { poNumber, releaseNumber };
}

async function loadStored(
  tx: Database,
  interchanges: Interpreted['interchanges'],
  { orders, changes, standing, known, items = [], plans = [] }: Subjects,
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
    products: distinctProducts([
      ...all.flatMap(({ lines }) => lines.flatMap(({ ids }) => ids)),
      ...plans.flatMap(listProducts),
      ...[...items, ...listRuledItems(standing)].map((value) => ({ qualifier: OURS, value })),
    ]),
    onDate: today,
    currency,
    customer: partner.file.customer ?? partner.id,
    shipTos: [...all.flatMap(listPlaceNames), ...plans.flatMap(listShipToNames)],
  });
}

function distinctProducts(products: readonly ProductKey[]): ProductKey[] {
  return [...new Map(products.map((id) => [catalogueKey(id), id])).values()];
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
  { partner, today, currency, weights, stock: hold = 'locked' }: FactsAbout,
): Promise<FileFacts> {
  const { catalogue, hasLimit, hasAuthorities } = stored;
  const customer = nameCustomer(stored.customer, partner);
  const ordered = await lockOrderedToDate(tx, customer.number, stored.prices);
  const prices = { ...stored.prices, ordered };
  const policy = partner.file.orders;
  const checked = hasLimit && policy.credit === 'hold';
  const credit = checked ? await loadCreditAccount(tx, customer.number, currency) : undefined;
  const items = [...catalogue.items.keys()];
  const promising = policy.promise === 'stock';
  const stock = promising ? await findStock(tx, items, givesBack(subjects) ? 'locked' : hold) : undefined;
  const authorities = hasAuthorities ? await loadAuthorities(tx, customer.number, today) : undefined;
  const testBlankets = await loadNamedBlankets(tx, partner.id, subjects, catalogue, true);
  const blankets = await loadNamedBlankets(tx, partner.id, subjects, catalogue, false);
  const quotes = await loadQuotes(tx, customer.number, listQuotes(subjects));
  const addPlans = planLoader(tx, partner.id, subjects);
  return {
    ...(stock === undefined ? {} : { hold: stock.hold }),
    interchanges: new Map(stored.interchanges.map((known) => [interchangeKey(known), known])),
    live: await addPlans(sortKnown(stored, subjects, false), blankets, false),
    tests: await addPlans(sortKnown(stored, subjects, true), testBlankets, true),
    testBlankets,
    shared: {
      today,
      policy,
      currency,
      customer,
      catalogue,
      prices,
      blankets,
      ...(stock === undefined ? {} : { stock: { ...stock.stock, weights } }),
      ...(credit === undefined ? {} : { credit }),
      ...(authorities === undefined ? {} : { authorities }),
      ...(quotes === undefined ? {} : { quotes }),
    },
  };
}

/** A change that names a quote speaks of the one that its order named. */
function listQuotes({ orders, standing }: Subjects): string[] {
  const all = [...orders, ...standing.map(({ order }) => order.standing.order)];
  return [...new Set(all.flatMap(namedQuotes))];
}

/** A partner whose file names no customer number may buy without being one of our customers. */
function nameCustomer(customer: Customer, { file }: Partner): Customer {
  const missing = file.customer !== undefined && customer.accountCurrency === undefined;
  return missing ? { ...customer, missing } : customer;
}

/** What schedules and receiving advices are judged by, where there are any. */
function planLoader(tx: Database, partner: string, { plans = [], settled }: Subjects) {
  return async (known: KnownBefore, blankets: readonly Blanket[], test: boolean): Promise<KnownBefore> => {
    if (plans.length === 0) return known;
    const releases = await findReleases(tx, partner, test, plans, blankets, settled);
    const orders = new Map([...known.orders, ...indexOrders(releases)]);
    return { ...known, orders, plans: await loadPlans(tx, partner, test, plans, blankets) };
  };
}

/** Orders that stand may give back what they have, to those that come after them in the file. */
function givesBack({ standing, changes, known, plans = [] }: Subjects): boolean {
  return standing.length + changes.length + known.length + plans.length > 0;
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
    plans: NO_PLANS,
  };
}

/** Orders that a blanket may be there for already. */
const DRAWING: ReadonlySet<string> = new Set(['release', 'blanket', 'blanket-estimate']);

/** The blankets that releases may draw on, and that changes may be about, under their locks. */
async function loadNamedBlankets(
  tx: Database,
  partner: string,
  { orders, changes, standing, plans = [] }: Subjects,
  catalogue: Catalogue,
  test: boolean,
) {
  const drawing = orders.filter(({ type }) => DRAWING.has(type));
  const named = [...drawing, ...changes, ...standing.map(({ order }) => order.standing.order)];
  const numbers = named.map(({ poNumber }) => poNumber);
  const contracts = named.flatMap(({ contractNumber }) => contractNumber ?? []);
  const planned = nameBlankets(plans, catalogue);
  return await loadBlankets(tx, partner, {
    numbers: [...numbers, ...planned.numbers],
    contracts: [...contracts, ...planned.contracts],
    items: planned.items,
    test,
  });
}

function pickKey(header: Interpreted['interchanges'][number]['reading']['report']['header']) {
  const { sender, receiver, control, usage } = header;
  return { sender, receiver, control, usage };
}

function indexOrders(known: readonly (OrderKey & EarlierOrder)[]): Map<string, EarlierOrder> {
  return new Map(
    known.map((order) => [orderKey(order), { contentHash: order.contentHash, decision: order.decision }]),
  );
}
