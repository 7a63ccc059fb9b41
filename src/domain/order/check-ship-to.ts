import { type Docket, holdOrder } from './docket.ts';
import { hold } from './line-draft.ts';
import { findShipTo, listPlaces, nameShipTo, namesPlace, type Place } from './ship-to.ts';

/** A drop-ship goes to the buyer's customer; a blanket order nowhere before it is released. */
const ANYWHERE: ReadonlySet<string> = new Set(['drop-ship', 'blanket', 'blanket-estimate']);

/** Of customers whose ship-tos are listed, nothing goes to a place that is not, or to none that is named. */
export function checkShipTo(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const { customer, policy } = facts;
  if (!customer.listsShipTos || policy['unknown-ship-to'] === 'accept') return;
  const code = nameShipTo(order);
  const isUnknown = (place: Place) =>
    place.code !== '' && order.type !== 'drop-ship' && findShipTo(place, customer) === undefined;
  const tell = (codes: readonly string[]) =>
    `ship-to ${codes.join(', ')} is not one of those of customer ${customer.number}`;
  if (code === '') {
    if (!ANYWHERE.has(order.type) && !order.lines.every(namesPlace))
      holdOrder(docket, 'ship-to-unknown', 'the order names no ship-to');
  } else if (isUnknown({ code })) holdOrder(docket, 'ship-to-unknown', tell([code]));
  for (const draft of drafts.filter(({ line }) => namesPlace(line))) {
    const unknown = listPlaces(order, draft.line).filter(isUnknown);
    const codes = [...new Set(unknown.map((place) => place.code))];
    if (codes.length > 0) hold(draft, 'IH', 'ship-to-unknown', tell(codes));
  }
}
