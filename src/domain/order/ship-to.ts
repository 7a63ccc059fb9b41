import type { Docket } from './docket.ts';
import { holdOrder } from './docket.ts';
import type { Customer, ShipTo } from './order-facts.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/** What the order calls the place: id (N104), or else name (N102); '' for none. */
export function nameShipTo(order: Pick<PurchaseOrder, 'parties'>): string {
  const shipTo = order.parties?.find((party) => party.role === 'ship-to');
  return shipTo?.id ?? shipTo?.name ?? '';
}

export function findShipTo(order: PurchaseOrder, customer: Customer): ShipTo | undefined {
  const code = nameShipTo(order);
  return code === '' ? undefined : customer.shipTos.find((shipTo) => shipTo.code === code);
}

/** `US-OH`, or `US`: of the ship-to as we know it, or else by the order's own address. */
export function findDestination(order: PurchaseOrder, customer: Customer): string | undefined {
  return findShipTo(order, customer)?.destination ?? guessDestination(order);
}

function guessDestination({ parties }: PurchaseOrder): string | undefined {
  const address = parties?.find(({ role }) => role === 'ship-to')?.address;
  if (address === undefined) return undefined;
  const { country = address.region === undefined ? undefined : 'US', region } = address;
  if (country === undefined) return undefined;
  return region === undefined ? country : `${country}-${region}`;
}

/** A drop-ship goes to the buyer's customer; a blanket order nowhere before it is released. */
const ANYWHERE: ReadonlySet<string> = new Set(['drop-ship', 'blanket', 'blanket-estimate']);

/** Of customers whose ship-tos are listed, nothing goes to a place that is not, or to none that is named. */
export function checkShipTo(docket: Docket): void {
  const { order, facts } = docket;
  if (!facts.customer.listsShipTos || facts.policy['unknown-ship-to'] === 'accept') return;
  const code = nameShipTo(order);
  if (code === '') {
    if (!ANYWHERE.has(order.type) && !order.lines.every(namesPlace))
      holdOrder(docket, 'ship-to-unknown', 'the order names no ship-to');
  } else if (order.type !== 'drop-ship' && findShipTo(order, facts.customer) === undefined) {
    const text = `ship-to ${code} is not one of those of customer ${facts.customer.number}`;
    holdOrder(docket, 'ship-to-unknown', text);
  }
}

/** A line may have places of its own (N1 or SDQ behind its PO1). */
function namesPlace({ parties = [], destinations = [] }: PurchaseOrder['lines'][number]): boolean {
  return destinations.length > 0 || parties.some(({ role }) => role === 'ship-to');
}
