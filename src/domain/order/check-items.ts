import { type Catalogue, catalogueKey, type Item } from '../catalogue/catalogue.ts';
import type { Docket } from './docket.ts';
import { change, findRuling, hold, type LineDraft, note, refuse, stands } from './line-draft.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';
import { findShipTo } from './ship-to.ts';

/** Items known, sold, allowed for the customer and lawful where they go. */
export function checkItems({ order, facts, drafts }: Docket): void {
  const destination = findShipTo(order, facts.customer)?.destination ?? guessDestination(order);
  for (const draft of drafts) {
    const item = chooseItem(draft, facts);
    if (item === undefined) continue;
    const sold = checkSold(draft, item, facts);
    draft.item = sold;
    draft.unit ??= sold.unit;
    if (draft.line.unit === undefined)
      note(draft, 'unit-assumed', `no unit given, taken as ${sold.unit}, the unit it is sold in`);
    if (sold.customers !== undefined && !sold.customers.includes(facts.customer.number))
      hold(draft, 'IH', 'item-not-allowed', `item ${sold.number} is not sold to this customer`);
    if (destination !== undefined && isBarred(sold, destination))
      refuse(draft, 'IR', 'item-barred', `item ${sold.number} may not be sent to ${destination}`);
  }
}

/** Country and region as the order's own address says them, where the ship-to is not one that we know. */
function guessDestination(order: Docket['order']): string | undefined {
  const address = order.parties?.find(({ role }) => role === 'ship-to')?.address;
  if (address === undefined) return undefined;
  const { country = address.region === undefined ? undefined : 'US', region } = address;
  if (country === undefined) return undefined;
  return region === undefined ? country : `${country}-${region}`;
}

function isBarred({ barred }: Item, destination: string): boolean {
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

function findNumbers(line: PurchaseOrderLine, catalogue: Catalogue): readonly string[] {
  const numbers = new Set<string>();
  for (const id of line.ids) {
    const number = catalogue.itemOf.get(catalogueKey(id));
    if (number !== undefined && catalogue.items.has(number)) numbers.add(number);
  }
  return [...numbers];
}

/** The item, or what is sent instead of it. */
function checkSold(draft: LineDraft, item: Item, { catalogue, policy, prices }: OrderFacts): Item {
  const ruled = findRuling(draft.rulings, 'substitute');
  const better = ruled === undefined ? undefined : catalogue.items.get(ruled.choice.item);
  if (ruled !== undefined && better !== undefined) {
    change(
      draft,
      'IS',
      'item-substituted',
      `${better.number} is sent for ${item.number}, as ${ruled.by} chose`,
    );
    return better;
  }
  if (item.status === 'active' || item.status === 'phase-out') return item;
  const text = `item ${item.number} is ${item.status === 'blocked' ? 'blocked' : 'no longer sold'}`;
  const substitutes = item.substitutes.flatMap((number) => {
    const other = catalogue.items.get(number);
    return other?.status === 'active' ? [other] : [];
  });
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

function isOnContract({ number }: Item, { terms }: OrderFacts['prices']): boolean {
  return (terms.get(number) ?? []).some(({ agreement }) => CONTRACTS.has(agreement.kind));
}

const CONTRACTS: ReadonlySet<string> = new Set(['contract', 'group-contract']);

/** What must not be ordered together, and what not alone: of the lines that stand. */
export function checkCompatibility({ drafts }: Docket): void {
  const standing = drafts.filter((draft) => stands(draft) && draft.item !== undefined);
  const numbers = new Set(standing.map(({ item }) => item!.number));
  for (const draft of standing) {
    const { number, incompatible, requires } = draft.item!;
    const against = incompatible.filter((other) => numbers.has(other));
    if (against.length > 0)
      hold(
        draft,
        'IH',
        'item-incompatible',
        `item ${number} does not go together with ${against.join(', ')}`,
      );
    const missing = requires.filter((other) => !numbers.has(other));
    if (missing.length > 0)
      hold(draft, 'IH', 'item-incompatible', `item ${number} needs ${missing.join(', ')} beside it`);
  }
}
