import type { ExceptionRecord } from '../../domain/exchange/records.ts';
import type { StockDraw } from '../../domain/shipment/draw-stock.ts';
import type { EarlierShipment, ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { ShippedLine } from '../../domain/shipment/shipped.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import type { NextShipment, StoredShipment } from '../../store/shipments.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { nameShipment } from './ask-about.ts';
import type { Booked } from './book-goods.ts';
import { describeLines } from './describe-goods.ts';
import type { NumberedGoods } from './number-goods.ts';
import { makerOf, type Shipping } from './shipping.ts';

export type BookedShipment = Pick<StoredShipment, 'id' | 'number' | 'partner' | 'version'>;

type Told = {
  readonly next: Omit<NextShipment, 'report'>;
  readonly earlier: EarlierShipment | undefined;
  readonly lines: readonly ShippedLine[];
  readonly before: readonly ShippedLine[];
  readonly draws: readonly StockDraw[];
  readonly booked: Booked;
  readonly numbered: NumberedGoods;
  readonly orders: readonly ShippableOrder[];
};

/** An event for each order, and what its booking leaves to a person. */
export async function tellOfGoods(shipping: Shipping, told: Told): Promise<void> {
  const { next, earlier, lines, before } = told;
  const { id, number, partner, version, state } = next;
  const maker = makerOf(shipping, partner);
  const orders = [...new Set([...lines, ...before].map(({ order }) => order))];
  const [kind, what] =
    state === 'cancelled'
      ? (['shipment-cancelled', 'is taken back'] as const)
      : earlier === undefined
        ? (['shipped', 'left'] as const)
        : (['shipment-corrected', `in version ${version}`] as const);
  const events = orders.map((order) => {
    const own = (state === 'cancelled' ? before : lines).filter((line) => line.order === order);
    const goods = own.length === 0 ? 'nothing of this order' : describeLines(own);
    return makeEvent(maker, kind, `shipment ${number} ${what}: ${goods}`, { order, shipment: id });
  });
  await recordEvents(shipping.tx, events);
  await raiseExceptions(shipping.tx, listConcerns(shipping, told));
}

function listConcerns(
  shipping: Shipping,
  { next, earlier, draws, booked, numbered }: Told,
): readonly ExceptionRecord[] {
  const { id, number, partner } = next;
  const maker = makerOf(shipping, partner);
  const about = { shipment: id };
  const raised = booked.short
    .filter(({ item, warehouse }) => draws.some((one) => one.item === item && one.warehouse === warehouse))
    .map(({ item, warehouse, onHand, allocated }) => {
      const text = `${nameShipment(number)}${onHand} of item ${item} are left in ${warehouse}, and ${allocated} are set aside for orders`;
      return makeException(maker, 'stock-below-reserved', text, about);
    });
  if (earlier?.billed === true) {
    const text = `${nameShipment(number)}version ${earlier.version} is invoiced, and it was ${next.state === 'cancelled' ? 'taken back' : 'corrected'} since`;
    raised.push(makeException(maker, 'shipment-changed-after-billing', text, about));
  }
  const { shortage } = numbered;
  if (shortage !== undefined) {
    const text = `${shortage.percent} % of our SSCCs are given: ${shortage.left} are left`;
    raised.push(makeException(maker, 'numbers-running-out', text, about));
  }
  return raised;
}
