import { type Catalogue, catalogueKey, type Item } from '../catalogue/catalogue.ts';
import { findBlanketLine } from './check-blanket.ts';
import type { Docket } from './docket.ts';
import { change, findRuling, hold, type LineDraft, note, refuse } from './line-draft.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';
import { findDestination, findOrderPlace, listPlaces, namesPlace } from './ship-to.ts';

/** Items known, sold, allowed for the customer and lawful where they go. */
export function checkItems(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const shared = [findDestination(findOrderPlace(order), facts.customer)];
  for (const draft of drafts) {
    const destinations = namesPlace(draft.line) ? listDestinations(docket, draft) : shared;
    const item = chooseItem(draft, facts);
    if (item === undefined) continue;
    const sold = checkSold(draft, item, facts, destinations);
    draft.item = sold;
    if (draft.line.unit === undefined) assumeUnit(draft, sold, findBlanketLine(docket, sold.number)?.unit);
    if (!isAllowed(sold, facts))
      hold(draft, 'IH', 'item-not-allowed', `item ${sold.number} is not sold to this customer`);
    for (const destination of destinations) checkLawful(draft, sold, destination);
  }
}

function listDestinations({ order, facts }: Docket, { line }: LineDraft): readonly (string | undefined)[] {
  const places = listPlaces(order, line).map((place) => findDestination(place, facts.customer));
  return [...new Set(places)];
}

function assumeUnit(draft: LineDraft, sold: Item, blanketUnit: string | undefined): void {
  draft.unit = blanketUnit ?? sold.unit;
  const why = blanketUnit === undefined ? 'the unit it is sold in' : 'the unit of its blanket order';
  note(draft, 'unit-assumed', `no unit given, taken as ${draft.unit}, ${why}`);
}

function isAllowed({ customers }: Item, { customer }: OrderFacts): boolean {
  return customers === undefined || customers.includes(customer.number);
}

/** Where nobody knows the region, or even the country, of an item that is barred from some, a person is asked. */
function checkLawful(draft: LineDraft, { number, barred }: Item, destination: string | undefined): void {
  if (isBarred(barred, destination))
    refuse(draft, 'IR', 'item-barred', `item ${number} may not be sent to ${destination}`);
  else if (barred.some((place) => destination === undefined || place.startsWith(`${destination}-`))) {
    const where = destination === undefined ? 'nowhere that is known' : `${destination}, region not known`;
    hold(
      draft,
      'IH',
      'item-barred',
      `item ${number} may not be sent to ${barred.join(', ')}, and it goes to ${where}`,
    );
  }
}

function isBarred(barred: Item['barred'], destination: string | undefined): boolean {
  if (destination === undefined) return false;
  return barred.includes(destination) || barred.includes(destination.slice(0, 2));
}

/** All ids of a line must lead to one item: two that lead to different ones are a question, not a choice. */
function chooseItem(draft: LineDraft, { catalogue, policy }: OrderFacts): Item | undefined {
  const { line, rulings } = draft;
  const chosen = findRuling(rulings, 'choose-item')?.choice.item;
  const numbers = chosen === undefined ? findNumbers(line, catalogue) : [chosen];
  const [number] = numbers;
  if (number !== undefined && numbers.length === 1) {
    const item = catalogue.items.get(number);
    if (item !== undefined) return item;
  }
  if (chosen !== undefined) {
    hold(draft, 'IH', 'item-unknown', `no item of ours has the number ${chosen} that was chosen`);
    return undefined;
  }
  if (numbers.length > 1) {
    hold(draft, 'IH', 'item-ambiguous', `its product ids lead to different items (${numbers.join(', ')})`);
    return undefined;
  }
  if (line.ids.length === 0 && line.description !== undefined) {
    hold(draft, 'IF', 'item-unknown', `no product id; the description is "${line.description}"`);
    return undefined;
  }
  const ids = line.ids.map((id) => `${id.qualifier} ${id.value}`).join(', ') || 'no product id';
  const text = `no item of ours is known for ${ids}`;
  if (policy['unknown-item'] === 'hold') hold(draft, 'IH', 'item-unknown', text);
  else refuse(draft, 'R2', 'item-unknown', text);
  return undefined;
}

/** Each once. */
function findNumbers(line: PurchaseOrderLine, catalogue: Catalogue): readonly string[] {
  const numbers: string[] = [];
  for (const id of line.ids) {
    const number = catalogue.itemOf.get(catalogueKey(id));
    if (number === undefined || numbers.includes(number) || !catalogue.items.has(number)) continue;
    numbers.push(number);
  }
  return numbers;
}

/** The item, or what is sent instead of it. */
function checkSold(
  draft: LineDraft,
  item: Item,
  facts: OrderFacts,
  destinations: readonly (string | undefined)[],
): Item {
  const { items } = facts.catalogue;
  const ruled = findRuling(draft.rulings, 'substitute');
  if (ruled !== undefined) {
    const { by, choice } = ruled;
    const better = items.get(choice.item);
    if (better === undefined) {
      hold(draft, 'IH', 'item-unknown', `no item of ours has the number ${choice.item} that ${by} chose`);
      return item;
    }
    change(draft, 'IS', 'item-substituted', `${better.number} is sent for ${item.number}, as ${by} chose`);
    if (!isSold(better)) hold(draft, 'IH', 'item-inactive', tellInactive(better));
    return better;
  }
  if (isSold(item)) return item;
  const substitutes = item.substitutes.flatMap((number) => {
    const other = items.get(number);
    const fits =
      other?.status === 'active' &&
      isAllowed(other, facts) &&
      !destinations.some((destination) => isBarred(other.barred, destination));
    return fits ? [other] : [];
  });
  return replaceItem(draft, item, substitutes, facts);
}

function replaceItem(draft: LineDraft, item: Item, substitutes: readonly Item[], facts: OrderFacts): Item {
  const { policy, prices } = facts;
  const text = tellInactive(item);
  const [best] = substitutes;
  if (best === undefined || policy.substitute === 'never') {
    refuse(draft, isOnContract(item, prices) ? 'R4' : 'IR', 'item-inactive', text);
    return item;
  }
  if (policy.substitute === 'auto') {
    change(draft, 'IS', 'item-substituted', `${text}; ${best.number} is sent instead`);
    return best;
  }
  const names = substitutes.map(({ number }) => number).join(' or ');
  hold(draft, 'IH', 'item-inactive', `${text}; ${names} could be sent instead`);
  return item;
}

function isSold({ status }: Item): boolean {
  return status === 'active' || status === 'phase-out';
}

function tellInactive({ number, status }: Item): string {
  return `item ${number} is ${status === 'blocked' ? 'blocked' : 'no longer sold'}`;
}

export function isOnContract({ number }: Item, { terms }: OrderFacts['prices']): boolean {
  return (terms.get(number) ?? []).some(({ agreement }) => CONTRACTS.has(agreement.kind));
}

const CONTRACTS: ReadonlySet<string> = new Set(['contract', 'group-contract']);
