import type { Id } from '../../domain/exchange/records.ts';
import { listPackedItems, listUnits } from '../../domain/shipment/packed.ts';
import { planShipment } from '../../domain/shipment/plan-shipment.ts';
import type { Shipment } from '../../domain/shipment/shipment.ts';
import type { EarlierShipment, ShipmentFacts, ShippingTerms } from '../../domain/shipment/shipment-facts.ts';
import type { ShipmentPlan } from '../../domain/shipment/shipment-plan.ts';
import type { ShippedLine } from '../../domain/shipment/shipped.ts';
import { readSscc } from '../../domain/shipment/sscc.ts';
import {
  type GoodsFacts,
  loadGoodsFacts,
  loadShippableOrders,
  lockAccounts,
  lockShipmentNumber,
  type StoredShippable,
} from '../../store/shipment-facts.ts';
import { loadEarlierShipment } from '../../store/shipments.ts';
import { customerOf, partnerOf, type Shipping } from './shipping.ts';

export type LoadedFacts = {
  readonly facts: ShipmentFacts;
  /** The same orders, with what was taken off their exposure. */
  readonly stored: ReadonlyMap<Id, StoredShippable>;
  /** By customer number: the currency that its account is kept in. */
  readonly accounts: ReadonlyMap<string, string>;
};

export type PlannedReport = LoadedFacts & { readonly plan: ShipmentPlan };

/** Locks and loads all that a report speaks of, and judges it. */
export async function planReport(
  shipping: Shipping,
  content: Shipment,
  mayWait: boolean,
): Promise<PlannedReport> {
  const { tx } = shipping;
  const { number } = content;
  if (number !== undefined) await lockShipmentNumber(tx, number);
  const earlier = number === undefined ? undefined : await loadEarlierShipment(tx, number);
  const loaded = await loadShipmentFacts(shipping, content, earlier, mayWait);
  return { ...loaded, plan: planShipment(content, loaded.facts) };
}

export async function loadShipmentFacts(
  shipping: Shipping,
  content: Shipment,
  earlier: EarlierShipment | undefined,
  mayWait: boolean,
): Promise<LoadedFacts> {
  const { tx, company } = shipping;
  const packed = listPackedItems(content).map(({ item }) => item);
  const names = packed.map(({ poNumber, releaseNumber = '' }) => ({ poNumber, releaseNumber }));
  const before = earlier?.lines ?? [];
  const ids = [...new Set(before.map(({ order }) => order))];
  const orders = await loadShippableOrders(tx, names, content.test === true, ids, earlier?.id);
  const partners = [...new Set(orders.map(({ partner }) => partner))];
  const customers = partners.map((partner) => customerOf(shipping, partner));
  const accounts = await lockAccounts(tx, customers, company.currency);
  const goods = await loadGoodsFacts(tx, {
    items: listItems(orders, new Set(packed.map(({ line }) => bare(line))), before),
    orders: orders.map(({ id }) => id),
    shipment: earlier?.id,
    serials: packed.flatMap(({ serials = [] }) => serials),
    ssccs: listUnits(content).flatMap(({ unit: { sscc } }) => (sscc === undefined ? [] : bareSscc(sscc))),
    lots: packed.flatMap(({ lot }) => lot ?? []),
  });
  const policies = new Map(partners.map((partner) => [partner, termsOf(shipping, partner)]));
  return {
    facts: makeFacts(goods, orders, { earlier, mayWait, policies }),
    stored: new Map(orders.map((order) => [order.id, order])),
    accounts,
  };
}

function makeFacts(
  { held, ...goods }: GoodsFacts,
  orders: readonly StoredShippable[],
  rest: Pick<ShipmentFacts, 'earlier' | 'mayWait' | 'policies'>,
): ShipmentFacts {
  return {
    ...goods,
    ...rest,
    orders: orders.map(({ shippedAmount: _amount, ...order }) => ({
      ...order,
      held: held.get(order.id) ?? [],
    })),
  };
}

/** Items of the lines that are named, and of those that were shipped before. */
function listItems(
  orders: readonly StoredShippable[],
  named: ReadonlySet<string>,
  before: readonly ShippedLine[],
): readonly string[] {
  const answered = orders.flatMap(({ order, decision }) =>
    order.lines.flatMap(({ number }, i) => (named.has(bare(number)) ? (decision.lines[i]?.item ?? []) : [])),
  );
  return [...new Set([...answered, ...before.map(({ item }) => item)])];
}

function bare(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}

function bareSscc(text: string): string[] {
  const reading = readSscc(text);
  return reading.kind === 'sscc' ? [reading.sscc] : [];
}

function termsOf(shipping: Shipping, id: string): ShippingTerms {
  const file = partnerOf(shipping, id)?.file;
  const { gate, kinds } = file?.send.certificates ?? { gate: 'none', kinds: [] };
  // What is issued with the shipment itself is there when its notice leaves.
  const issued = shipping.company.certificates.signatory === undefined ? [] : ['conformance'];
  const owed = kinds.filter((kind) => !issued.includes(kind));
  return { over: file?.shipping.over ?? '0', gate: gate === '856' ? owed : [] };
}
