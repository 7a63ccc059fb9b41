import type { Reason } from '../../domain/reason.ts';
import type { ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import { recordEvents } from '../../store/events.ts';
import { lockExceptionsOfShipment, raiseExceptions, resolveException } from '../../store/exceptions.ts';
import { finishReport, type StoredReport } from '../../store/shipment-reports.ts';
import { makeEvent, makeException } from '../process/records.ts';
import type { SettledReport } from './settled-report.ts';
import { makerOf, type Shipping } from './shipping.ts';

/** Nothing of it is booked, and a person is asked: goods may have left all the same. */
export async function refuseReport(
  shipping: Shipping,
  report: StoredReport,
  reasons: readonly Reason[],
  orders: readonly ShippableOrder[] = [],
): Promise<SettledReport> {
  const { id, number, document, content, teller = '' } = report;
  const { tx, now } = shipping;
  const maker = makerOf(shipping, content.partner ?? orders[0]?.partner ?? teller);
  const name = number === undefined ? `report ${id} of a shipment` : `shipment ${number}`;
  const text = `${name} refused: ${reasons.map((one) => one.text).join('; ')}`;
  await finishReport(tx, id, { state: 'refused', reasons });
  await recordEvents(tx, [makeEvent(maker, 'shipment-refused', text, { document })]);
  const asked = await lockExceptionsOfShipment(tx, { report: id });
  for (const one of asked.filter(({ message }) => message !== text))
    await resolveException(tx, one.id, { at: now, by: 'causeway', resolution: 'refused for another reason' });
  if (asked.every(({ message }) => message !== text))
    await raiseExceptions(tx, [makeException(maker, 'shipment-refused', text, { document, report: id })]);
  return { id, state: 'refused', number, reasons };
}
