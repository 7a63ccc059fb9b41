import { REJECTIONS } from '../../domain/exception/exchange-kinds.ts';
import type { NoticeOrder } from '../../domain/shipment/describe-levels.ts';
import type { ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import type { NoticeState } from '../../domain/shipment/shipped.ts';
import { resolveRejections } from '../../store/advices.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { type StoredShipment, setNotice } from '../../store/shipments.ts';
import { makeException } from '../process/records.ts';
import { AnswerNotWritten } from '../revise/save-revision.ts';
import { startRevising } from '../revise/start-revising.ts';
import { countShipped } from './book-goods.ts';
import { sendNotice } from './send-notice.ts';
import { makerOf, partnerOf, type Shipping } from './shipping.ts';

/** What is to become of the ship notice, now that the shipment is what it is. */
export function chooseNotice(
  shipping: Shipping,
  { partner, state, noticedVersion }: Pick<StoredShipment, 'partner' | 'state' | 'noticedVersion'>,
  stops: readonly ShipmentStop[],
): NoticeState {
  if (partnerOf(shipping, partner)?.file.send['856'] === undefined) return 'none';
  if (state === 'cancelled') return noticedVersion === undefined ? 'cancelled' : 'waiting';
  return stops.length > 0 ? 'stopped' : 'waiting';
}

/**
 * Tells the partner of a shipment whose notice waits, in the transaction that booked it: as it is, as it was corrected, or
 * that it was taken back.
 */
export async function announceShipment(
  shipping: Shipping,
  shipment: StoredShipment,
  orders: readonly ShippableOrder[],
): Promise<void> {
  const { context, tx } = shipping;
  const { id, number, partner, state, version, noticedVersion, notice } = shipment;
  if (notice !== 'waiting' || noticedVersion === version) return;
  const gone = state === 'cancelled';
  const told = listNoticeOrders(shipment, orders);
  const purpose = gone ? 'cancel' : noticedVersion === undefined ? 'original' : 'replace';
  try {
    await sendNotice(startRevising(context, tx, partner), { goods: shipment, orders: told, purpose });
    await setNotice(tx, id, gone ? 'cancelled' : 'sent', version);
    const how = { at: shipping.now, by: 'causeway', resolution: `told again in version ${version}` };
    if (noticedVersion !== undefined) await resolveRejections(tx, { shipment: id }, REJECTIONS, how);
  } catch (error) {
    if (!(error instanceof AnswerNotWritten)) throw error;
    await setNotice(tx, id, 'stopped', noticedVersion);
    const text = `shipment ${number}: ${error.message}`;
    const about = { shipment: id };
    await raiseExceptions(tx, [makeException(makerOf(shipping, partner), 'answer-not-written', text, about)]);
  }
}

/** The orders of a shipment, in the order in which its lines name them, with what has left of each. */
export function listNoticeOrders(
  { state, lines }: Pick<StoredShipment, 'state' | 'lines'>,
  orders: readonly ShippableOrder[],
): readonly NoticeOrder[] {
  const counted = state === 'cancelled' ? [] : lines;
  return [...new Set(lines.map(({ order }) => order))].map((id) => {
    const order = orders.find((each) => each.id === id)!;
    return { id, order: order.order, lines: order.decision.lines, toDate: countShipped(order, counted) };
  });
}
