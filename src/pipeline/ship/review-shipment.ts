import { listStops } from '../../domain/shipment/list-stops.ts';
import type { ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import { assert } from '../../lib/assert.ts';
import { lockShipmentNumber } from '../../store/shipment-facts.ts';
import { findShipment, loadEarlierShipment, type StoredShipment, setNotice } from '../../store/shipments.ts';
import { announceShipment, chooseNotice } from './announce-shipment.ts';
import { askAbout } from './ask-about.ts';
import { loadShipmentFacts } from './plan-report.ts';
import type { Shipping } from './shipping.ts';

/**
 * Looks at a shipment with the facts of now, such as certificates that were issued since: what stops its notice no more is
 * resolved, and the notice leaves. Returns what stops it still.
 */
export async function reviewShipment(
  shipping: Shipping,
  { id, number }: Pick<StoredShipment, 'id' | 'number'>,
  by: string,
): Promise<readonly ShipmentStop[]> {
  const { tx } = shipping;
  await lockShipmentNumber(tx, number);
  const earlier = await loadEarlierShipment(tx, number);
  assert(earlier !== undefined, `shipment ${number} is there to be looked at`);
  const { facts } = await loadShipmentFacts(shipping, earlier.content, earlier, false);
  const { partner, test, state, lines } = earlier;
  const stops = test || state === 'cancelled' ? [] : listStops(lines, facts.orders, facts);
  const why = 'the facts as they are now';
  await askAbout(shipping, { id, number, partner, stops, orders: facts.orders, by, why });
  const shipment = (await findShipment(tx, id))!;
  if (shipment.notice === 'sent' || shipment.notice === 'cancelled') return stops;
  const notice = chooseNotice(shipping, shipment, stops);
  await setNotice(tx, id, notice, shipment.noticedVersion);
  await announceShipment(shipping, { ...shipment, notice }, facts.orders);
  return stops;
}
