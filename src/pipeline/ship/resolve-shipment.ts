import type { Context } from '../../context.ts';
import type { ChoiceEffect } from '../../domain/exception/choices.ts';
import { SHIPMENT_KINDS } from '../../domain/exception/shipment-kinds.ts';
import { listPackedItems, rewritePacked } from '../../domain/shipment/packed.ts';
import type { Shipment } from '../../domain/shipment/shipment.ts';
import { toBig } from '../../lib/decimal.ts';
import type { Transaction } from '../../store/database.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { type Resolution, resolveException, type StoredException } from '../../store/exceptions.ts';
import { lockShipmentNumber } from '../../store/shipment-facts.ts';
import { findReport, reopenReport } from '../../store/shipment-reports.ts';
import { findShipment, type StoredShipment, saveShipmentRuling } from '../../store/shipments.ts';
import { makeEvent } from '../process/records.ts';
import { NotDecided } from '../revise/start-revising.ts';
import { nameShipment } from './ask-about.ts';
import { reviewShipment } from './review-shipment.ts';
import { settleReport } from './settle-report.ts';
import type { SettledReport } from './settled-report.ts';
import { makerOf, type Shipping, startShipping } from './shipping.ts';
import { takeReport } from './take-report.ts';

/** What a person chose for an exception of a shipment or of a report, by whom and why. */
export type ShipmentChoice = {
  readonly effect: ChoiceEffect;
  readonly resolution: Resolution;
  readonly reason?: string | undefined;
};

type Chosen = { readonly text: string; readonly refused?: boolean };

const EFFECTS: ReadonlySet<string> = new Set(['rule', 'decide-again', 'look-again', 'give-serials']);

/** Whether it is for a shipment to be done, and not for its order. */
export function isOfShipment({ kind, shipment, report }: StoredException, effect: ChoiceEffect): boolean {
  if (!EFFECTS.has(effect.kind)) return false;
  if (Object.hasOwn(SHIPMENT_KINDS, kind)) return true;
  return kind === 'answer-not-written' && (shipment ?? report) !== undefined;
}

/** What a person chose is done, the exception resolved and the notice sent where nothing stops it, or nothing happens. */
export async function resolveShipment(
  context: Context,
  exception: StoredException,
  choice: ShipmentChoice,
): Promise<Chosen> {
  try {
    return { text: await inTransaction(context.db, (tx) => resolve(context, tx, exception, choice)) };
  } catch (error) {
    if (error instanceof NotDecided) return { refused: true, text: error.message };
    throw error;
  }
}

async function resolve(
  context: Context,
  tx: Transaction,
  exception: StoredException,
  choice: ShipmentChoice,
): Promise<string> {
  const shipping = startShipping(context, tx);
  const { effect, resolution } = choice;
  if (effect.kind === 'look-again') return await lookAgain(shipping, exception, resolution);
  const shipment = exception.shipment === undefined ? undefined : await findShipment(tx, exception.shipment);
  if (shipment === undefined) throw new NotDecided('no shipment of ours stands behind this');
  await lockShipmentNumber(tx, shipment.number);
  if (effect.kind === 'give-serials')
    return await giveSerials(shipping, shipment, exception, effect.serials, resolution);
  if (effect.kind === 'rule') await letPass(shipping, shipment, exception, choice);
  else await settle(shipping, exception, resolution);
  return await lookAt(shipping, shipment, resolution.by);
}

async function settle(shipping: Shipping, { id }: StoredException, resolution: Resolution): Promise<void> {
  if (!(await resolveException(shipping.tx, id, resolution)))
    throw new NotDecided(`${id} was resolved by somebody else meanwhile`);
}

async function letPass(
  shipping: Shipping,
  { id: shipment, number }: StoredShipment,
  exception: StoredException,
  { resolution, reason }: ShipmentChoice,
): Promise<void> {
  await settle(shipping, exception, resolution);
  const { kind, message } = exception;
  const { at, by } = resolution;
  await saveShipmentRuling(shipping.tx, {
    id: shipping.context.ids(),
    shipment,
    kind,
    message: message.slice(nameShipment(number).length),
    at,
    by,
    reason,
  });
}

/** A notice that was told before stays told. */
async function lookAt(shipping: Shipping, shipment: StoredShipment, by: string): Promise<string> {
  const stops = await reviewShipment(shipping, shipment, by);
  const left = stops.map(({ message }) => message).join('; ');
  const { number } = shipment;
  return left === ''
    ? `shipment ${number}: nothing stops its notice`
    : `shipment ${number} still waits: ${left}`;
}

async function lookAgain(
  shipping: Shipping,
  exception: StoredException,
  resolution: Resolution,
): Promise<string> {
  const { tx } = shipping;
  const { report: id } = exception;
  if (id === undefined || !(await reopenReport(tx, id)))
    throw new NotDecided('what was told is settled already: nothing is left to look at');
  await settle(shipping, exception, resolution);
  return tell(await settleReport(shipping, (await findReport(tx, id))!));
}

/** A report that is refused again leaves all as it was. */
function tell({ state, number, version, reasons = [], stops = [] }: SettledReport): string {
  if (state !== 'done') throw new NotDecided(reasons.map(({ text }) => text).join('; '));
  const waits =
    stops.length === 0 ? '' : `; its notice waits: ${stops.map(({ message }) => message).join('; ')}`;
  return `shipment ${number} is booked in version ${version}${waits}`;
}

/** The shipment is corrected as its warehouse would have: with the serials that it left out. */
async function giveSerials(
  shipping: Shipping,
  shipment: StoredShipment,
  exception: StoredException,
  serials: readonly string[],
  resolution: Resolution,
): Promise<string> {
  const { context, tx } = shipping;
  const { number } = shipment;
  const told = addSerials(shipment, exception, serials);
  await settle(shipping, exception, resolution);
  const key = `serials ${exception.id}`;
  const { id } = await takeReport(context, tx, { origin: 'person', content: told, key });
  const text = tell(await settleReport(shipping, (await findReport(tx, id))!));
  const maker = makerOf(shipping, shipment.partner);
  const event = `shipment ${number}: serials ${serials.join(', ')} given by ${resolution.by}`;
  await recordEvents(tx, [makeEvent(maker, 'shipment-serials', event, { shipment: shipment.id })]);
  return text;
}

function addSerials(
  { number, content, lines }: StoredShipment,
  { order, line }: StoredException,
  serials: readonly string[],
): Shipment {
  const shipped = lines.find((one) => one.order === order && one.line === line);
  const places = listPackedItems(content).filter(
    ({ item }) =>
      item.line === line &&
      item.poNumber === shipped?.poNumber &&
      (item.releaseNumber ?? '') === shipped.releaseNumber &&
      (item.serials?.length ?? 0) < toBig(item.quantity).toNumber(),
  );
  const [place, ...others] = places;
  if (place === undefined) throw new NotDecided(`no serial is missing of line ${line}`);
  if (others.length > 0) {
    const where = places.map(({ at }) => at).join(', ');
    const text = `they may be of ${where}: correct the shipment with each where it is (causeway ship)`;
    throw new NotDecided(text);
  }
  return rewritePacked(
    { ...content, number, purpose: 'replace' },
    {
      item: (item, at) =>
        at === place.at ? { ...item, serials: [...(item.serials ?? []), ...serials] } : item,
    },
  );
}
