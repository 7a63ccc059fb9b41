import type { Party } from '../document.ts';
import type { Customer, ShipTo } from './order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

/** Where something goes, as the order calls it: id (N104, SDQ), or else name (N102); '' for none. */
export type Place = { readonly code: string; readonly address?: Party['address'] };

type Parties = Pick<PurchaseOrder, 'parties'>;
type PlacesOfLine = Pick<PurchaseOrderLine, 'parties' | 'destinations'>;

function listShipTos({ parties = [] }: Parties): readonly Party[] {
  return parties.filter(isShipTo);
}

function isShipTo({ role }: Party): boolean {
  return role === 'ship-to';
}

function placeOf({ id, name = '', address }: Party): Place {
  return { code: id ?? name, address };
}

/** Where an order goes of which the lines say nothing else. */
export function findOrderPlace(order: Parties): Place {
  const shipTo = order.parties?.find(isShipTo);
  return shipTo === undefined ? { code: '' } : placeOf(shipTo);
}

export function nameShipTo(order: Parties): string {
  return findOrderPlace(order).code;
}

/** Every place that an order or a change names, once. */
export function listPlaceNames(
  order: Parties & { readonly lines: readonly PlacesOfLine[] },
): readonly string[] {
  const places = order.lines.flatMap((line) => (namesPlace(line) ? listPlaces(order, line) : []));
  return [...new Set([findOrderPlace(order), ...places].map(({ code }) => code))];
}

/** Where a line goes: to the places of its SDQ, to a ship-to of its own (N1 behind its PO1), or where the order goes. */
export function listPlaces(order: Parties, line: PlacesOfLine): readonly [Place, ...Place[]] {
  if (!namesPlace(line)) return [findOrderPlace(order)];
  const [shared, ...others] = (line.destinations ?? []).flatMap(({ shares }) =>
    shares.map(({ place }) => findNamed(place, order, line)),
  );
  if (shared !== undefined) return [shared, ...others];
  const [own, ...more] = listShipTos(line).map(placeOf);
  return own === undefined ? [findOrderPlace(order)] : [own, ...more];
}

/** An SDQ gives no address: a party of the order may have it. */
export function findNamed(code: string, order: Parties, line: Parties): Place {
  const party = [...(line.parties ?? []), ...(order.parties ?? [])].find(({ id }) => id === code);
  return { code, address: party?.address };
}

export function findShipTo({ code }: Place, customer: Customer): ShipTo | undefined {
  return code === '' ? undefined : customer.shipTos.find((shipTo) => shipTo.code === code);
}

/** `US-OH`, or `US`: of the ship-to as we know it, or else by the order's own address. */
export function findDestination(
  place: Place,
  customer: Customer,
  shipTo = findShipTo(place, customer),
): string | undefined {
  return shipTo?.destination ?? guessDestination(place);
}

function guessDestination({ address }: Place): string | undefined {
  if (address === undefined) return undefined;
  const { country = address.region === undefined ? undefined : 'US', region } = address;
  if (country === undefined) return undefined;
  return region === undefined ? country : `${country}-${region}`;
}

/** A line may have places of its own (N1 or SDQ behind its PO1). */
export function namesPlace(line: PlacesOfLine): boolean {
  return (line.destinations ?? []).length > 0 || (line.parties ?? []).some(isShipTo);
}
