import type { Blanket } from '../../domain/blanket/blanket.ts';
import { numberOf } from '../../domain/blanket/decide-plan.ts';
import type { Schedule } from '../../domain/blanket/decide-schedule.ts';
import { nameRelease } from '../../domain/blanket/draft-releases.ts';
import { findItems } from '../../domain/blanket/match-plan-line.ts';
import type { PlanDocument } from '../../domain/blanket/plan.ts';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { Party } from '../../domain/document.ts';
import type { OrderKey } from '../../domain/exchange/natural-keys.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { EarlierOrder } from '../../domain/order/order-facts.ts';
import { nameShipTo } from '../../domain/order/ship-to.ts';
import type { Database } from '../../store/database.ts';
import { findOrders } from '../../store/facts.ts';
import { findLatest, findOrderNumbers, findPlans, readMoved } from '../../store/plans.ts';
import { plansKey } from './enter-plan.ts';
import type { KnownPlans } from './verdict.ts';

type ProductId = { readonly qualifier: string; readonly value: string };

/** Product ids of every line. */
export function listProducts(document: PlanDocument): readonly ProductId[] {
  return linesOf(document).flatMap(({ ids }) => ids);
}

type Line = {
  readonly ids: readonly ProductId[];
  readonly orders: readonly string[];
  readonly contracts: readonly string[];
};

/** What each line names: of an order, anything that may be its number. */
function linesOf(document: PlanDocument): readonly Line[] {
  if (document.kind === 'receiving-advice')
    return document.lines.map(({ items = [], orders = document.orders ?? [], references = [] }) => {
      const ids = items.flatMap((item) => item.ids);
      const named = orders.map(({ poNumber }) => poNumber);
      const contracts = orders.flatMap(({ contractNumber }) => contractNumber ?? []);
      return { ids, orders: [...named, ...pick(ids, 'PO'), ...pick(references, 'PO')], contracts };
    });
  const { poNumber, contractNumber } = document;
  return document.lines.map(({ ids, references = [] }) => ({
    ids,
    orders: [...pick(ids, 'PO'), ...pick(references, 'PO'), ...(poNumber === undefined ? [] : [poNumber])],
    contracts: [...pick(references, 'CT'), ...(contractNumber === undefined ? [] : [contractNumber])],
  }));
}

function pick(
  values: readonly { readonly qualifier: string; readonly value?: string | undefined }[],
  code: string,
): string[] {
  return values.flatMap(({ qualifier, value }) => (qualifier === code ? (value ?? []) : []));
}

/** Blankets that the documents may be about: those that lines name, and where one names none, any with its item. */
export function nameBlankets(documents: readonly PlanDocument[], catalogue: Catalogue) {
  const lines = documents.flatMap(linesOf);
  const open = lines.filter(({ orders, contracts }) => orders.length + contracts.length === 0);
  return {
    numbers: lines.flatMap(({ orders }) => orders),
    contracts: lines.flatMap(({ contracts }) => contracts),
    items: open.flatMap(({ ids }) => findItems(ids, catalogue).map(({ number }) => number)),
  };
}

/** What else they are judged by. `blankets` are loaded, and locked. */
export async function loadPlans(
  tx: Database,
  partner: string,
  test: boolean,
  documents: readonly PlanDocument[],
  blankets: readonly Blanket[],
): Promise<KnownPlans> {
  const ids = blankets.map(({ id }) => id);
  const keys = documents.map((document) => ({ kind: document.kind, number: numberOf(document) }));
  const known = (await findPlans(tx, partner, keys)).filter((one) => one.test === test);
  const numbers = documents.flatMap(linesOf).flatMap(({ orders }) => orders);
  return {
    entries: await readMoved(tx, ids),
    latest: await findLatest(tx, ids),
    orders: new Set(await findOrderNumbers(tx, partner, test, numbers)),
    earlier: Map.groupBy(known, ({ kind, number }) => plansKey(kind, number)),
  };
}

/** Orders under the numbers that the releases of the schedules would have. */
export async function findReleases(
  tx: Database,
  partner: string,
  test: boolean,
  documents: readonly PlanDocument[],
  blankets: readonly Blanket[],
  settled?: ReadonlySet<number>,
): Promise<readonly (OrderKey & EarlierOrder)[]> {
  const schedules = documents.filter((document) => document.kind !== 'receiving-advice');
  const keys = schedules.flatMap((schedule) => listReleaseKeys(schedule, blankets, settled));
  const orders = await findOrders(tx, partner, test, keys);
  return orders.map((order) => ({ ...order, decision: order.decision as OrderDecision }));
}

function listReleaseKeys(schedule: Schedule, blankets: readonly Blanket[], settled?: ReadonlySet<number>) {
  const releaseNumber = nameRelease(schedule, settled);
  const shipTos = new Set(listParties(schedule).map((parties) => nameShipTo({ parties: parties.slice() })));
  return blankets.flatMap(({ poNumber }) =>
    [...shipTos].map((shipTo) => ({ poNumber, releaseNumber, shipTo })),
  );
}

/** Parties of the heading, and those of lines that have their own. */
function listParties(document: PlanDocument): readonly (readonly Party[])[] {
  const own = document.lines.flatMap((line) => ('parties' in line ? [line.parties ?? []] : []));
  return [document.parties ?? [], ...own];
}

export function listShipToNames(document: PlanDocument): readonly string[] {
  return listParties(document).map((parties) => nameShipTo({ parties: parties.slice() }));
}
