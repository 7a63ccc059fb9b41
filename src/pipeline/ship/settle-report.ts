import type { EarlierShipment, ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { PlannedShipment, ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import { billJob, enqueue, shipJob } from '../../jobs/lanes.ts';
import { recordEvents } from '../../store/events.ts';
import { finishReport, type StoredReport, wakeCorrections } from '../../store/shipment-reports.ts';
import { type StoredShipment, saveShipment, sumAmounts } from '../../store/shipments.ts';
import { certifyShipment } from '../certify/certify-shipment.ts';
import { makeEvent } from '../process/records.ts';
import { fillFreed } from '../revise/announce-promises.ts';
import { startRevising } from '../revise/start-revising.ts';
import { announceShipment } from './announce-shipment.ts';
import { askAbout } from './ask-about.ts';
import { bookGoods, valueLines } from './book-goods.ts';
import { mailShipment } from './mail-shipment.ts';
import { nextShipment } from './next-shipment.ts';
import { numberGoods } from './number-goods.ts';
import { type LoadedFacts, planReport } from './plan-report.ts';
import { refuseReport } from './refuse-report.ts';
import { reviewShipment } from './review-shipment.ts';
import type { SettledReport } from './settled-report.ts';
import { makerOf, type Shipping } from './shipping.ts';
import { type BookedShipment, tellOfGoods } from './tell-of-goods.ts';

/** Judges what was told and does all that follows from it, in the caller's transaction. */
export async function settleReport(shipping: Shipping, report: StoredReport): Promise<SettledReport> {
  const loaded = await planReport(shipping, report.content, true);
  const { plan } = loaded;
  switch (plan.outcome) {
    case 'refused':
      return await refuseReport(shipping, report, plan.reasons, loaded.facts.orders);
    case 'waiting': {
      const { id, number } = report;
      const reasons = [plan.reason];
      await finishReport(shipping.tx, id, { state: 'waiting', reasons });
      return { id, state: 'waiting', number, reasons };
    }
    case 'repeated':
      return await endReport(shipping, report, plan.earlier, plan.earlier.version, []);
    case 'cancelled':
      return await bookShipment(shipping, report, takeBack(plan.earlier), loaded);
    case 'shipped':
      return await bookShipment(shipping, report, plan, loaded);
  }
}

/** A shipment of which nothing is left. */
type TakenBack = Pick<PlannedShipment, 'partner' | 'test' | 'content' | 'lines' | 'draws' | 'stops'> & {
  readonly earlier: EarlierShipment;
  readonly cancelled: true;
};

function takeBack(earlier: EarlierShipment): TakenBack {
  const { partner, test, content } = earlier;
  return { partner, test, content, lines: [], draws: [], stops: [], earlier, cancelled: true };
}

async function bookShipment(
  shipping: Shipping,
  report: StoredReport,
  plan: PlannedShipment | TakenBack,
  loaded: LoadedFacts,
): Promise<SettledReport> {
  const { context, tx, now } = shipping;
  const { earlier, partner, test, draws, stops } = plan;
  // Without its partner file nobody knows what is to be told: what was told waits.
  const revising = startRevising(context, tx, partner);
  const cancelled = 'cancelled' in plan;
  const id = earlier?.id ?? context.ids();
  const numbered = cancelled
    ? { number: earlier!.number, content: plan.content }
    : await numberGoods(shipping, partner, plan.content, earlier?.content);
  const { number, content } = numbered;
  const lines = valueLines(shipping, plan.lines, loaded);
  const before = earlier?.lines ?? [];
  const amounts = await sumAmounts(tx, id);
  const next = nextShipment(shipping, {
    id,
    partner,
    test,
    earlier,
    number,
    content,
    lines,
    stops,
    cancelled,
  });
  await saveShipment(tx, { ...next, report: report.id }, now);
  const billed = earlier?.billed === true;
  const goods = { shipment: id, number, test, lines, draws, before, amounts, billed };
  const booked = await bookGoods(shipping, goods, loaded);
  const { orders } = loaded.facts;
  await tellOfGoods(shipping, { next, earlier, lines, before, draws, booked, numbered, orders });
  const stood = { ...next, noticedVersion: earlier?.noticedVersion, lines: cancelled ? before : lines };
  await certifyShipment(revising, tx, stood, orders);
  const left = await announce(shipping, report, stood, stops, orders);
  await mailShipment(shipping, stood, orders);
  await fillFreed(context, tx, booked.freed);
  await enqueue(tx, billJob());
  return await endReport(shipping, report, stood, next.version, left);
}

/** Asks what stops the notice, or sends it. A certificate that was missing may have been issued with the shipment. */
async function announce(
  shipping: Shipping,
  { id: report, origin }: StoredReport,
  shipment: StoredShipment,
  stops: readonly ShipmentStop[],
  orders: readonly ShippableOrder[],
): Promise<readonly ShipmentStop[]> {
  const { id, number, partner, version } = shipment;
  if (stops.some(({ kind }) => kind === 'certificate-missing'))
    return await reviewShipment(shipping, shipment, 'causeway');
  const why = `version ${version} of the shipment`;
  const by = origin === 'person' ? 'a person' : 'causeway';
  await askAbout(shipping, { id, number, partner, stops, orders, report, by, why });
  await announceShipment(shipping, shipment, orders);
  return stops;
}

async function endReport(
  shipping: Shipping,
  report: StoredReport,
  shipment: Pick<BookedShipment, 'id' | 'number' | 'partner'>,
  version: number,
  stops: readonly ShipmentStop[],
): Promise<SettledReport> {
  const { tx } = shipping;
  const { id: shipmentId, number, partner } = shipment;
  await finishReport(tx, report.id, { state: 'done', shipment: shipmentId, version });
  if (report.document !== undefined) {
    const about = { document: report.document, shipment: shipmentId };
    const text = `shipment ${number}, version ${version}`;
    await recordEvents(tx, [makeEvent(makerOf(shipping, partner), 'shipment-reported', text, about)]);
  }
  if ((await wakeCorrections(tx, number)) > 0) await enqueue(tx, shipJob());
  return { id: report.id, state: 'done', shipment: shipmentId, number, version, stops };
}
