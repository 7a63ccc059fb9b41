import type { Id } from '../../domain/exchange/records.ts';
import type { ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import { lockExceptionsOfShipment, raiseExceptions, resolveException } from '../../store/exceptions.ts';
import { makeException } from '../process/records.ts';
import { makerOf, type Shipping } from './shipping.ts';

/** What is asked of a shipment stands in its exceptions: with the number before it. */
export function nameShipment(number: string): string {
  return `shipment ${number}: `;
}

export type Asked = {
  readonly id: Id;
  readonly number: string;
  readonly partner: string;
  readonly stops: readonly ShipmentStop[];
  readonly orders: readonly ShippableOrder[];
  readonly report?: Id | undefined;
  readonly by: string;
  /** Why what is asked no more is not: `replaced with version 2`. */
  readonly why: string;
};

const STOPS: ReadonlySet<string> = new Set<ShipmentStop['kind']>([
  'over-shipment',
  'shipment-serial-missing',
  'certificate-missing',
]);

/** Of the report itself, where it was refused or waited before; and of a notice that could not be written. */
const SETTLED: ReadonlySet<string> = new Set(['shipment-refused', 'shipment-waits', 'answer-not-written']);

/** What is asked already stays, what is not asked any more is resolved, and what is new is raised. */
export async function askAbout(shipping: Shipping, asked: Asked): Promise<void> {
  const { id, number, partner, report, by, why } = asked;
  const { tx, now } = shipping;
  const open = await lockExceptionsOfShipment(tx, { shipment: id, report, number });
  const wanted = new Map(asked.stops.map((stop) => [nameStop(number, stop), stop]));
  for (const one of open) {
    const { kind, message } = one;
    const still = wanted.delete(`${kind} ${message}`);
    if (still || !(STOPS.has(kind) || SETTLED.has(kind))) continue;
    await resolveException(tx, one.id, { at: now, by, resolution: `answered with ${why}` });
  }
  const maker = makerOf(shipping, partner);
  const raised = [...wanted.values()].map(({ kind, message, order, line }) => {
    const amount = asked.orders.find((one) => one.id === order)?.decision.amount;
    const about = { order, shipment: id };
    return makeException(maker, kind, `${nameShipment(number)}${message}`, about, { amount, line });
  });
  await raiseExceptions(tx, raised);
}

function nameStop(number: string, { kind, message }: ShipmentStop): string {
  return `${kind} ${nameShipment(number)}${message}`;
}
