import { fromBig, toBig } from '../../lib/decimal.ts';
import { isSameData } from '../../lib/same-data.ts';
import { nameOrder } from '../order/name-order.ts';
import type { Reason } from '../reason.ts';
import { type BoundItem, bindItems } from './bind-items.ts';
import { checkDates, checkPieces, checkSerials, checkSsccs, checkTogether } from './check-goods.ts';
import { drawStock } from './draw-stock.ts';
import { listStops } from './list-stops.ts';
import { listPackedItems, rewritePacked } from './packed.ts';
import type { Shipment } from './shipment.ts';
import type { EarlierShipment, ShipmentFacts } from './shipment-facts.ts';
import type { ShipmentPlan } from './shipment-plan.ts';
import type { ShippedLine } from './shipped.ts';
import { readSscc } from './sscc.ts';

/** Facts in, plan out: whether the goods can have left as was told, and what stops their notice. */
export function planShipment(shipment: Shipment, facts: ShipmentFacts): ShipmentPlan {
  const { earlier } = facts;
  if (shipment.purpose !== 'original') {
    const turn = takeCorrection(shipment, facts);
    if (turn !== undefined) return turn;
  } else if (earlier !== undefined) {
    if (saysTheSame(shipment, earlier)) return { outcome: 'repeated', earlier };
    const text = `shipment ${earlier.number} is here already and says something else: expected purpose replace to correct it`;
    return { outcome: 'refused', reasons: [{ code: 'shipment-known', text }] };
  }
  return planGoods(shipment, facts);
}

/** Undefined where the goods are to be looked at anew. */
function takeCorrection(shipment: Shipment, { earlier, mayWait }: ShipmentFacts): ShipmentPlan | undefined {
  const { purpose, number } = shipment;
  if (number === undefined) {
    const text = `number is missing: expected the number of the shipment that purpose ${purpose} is about`;
    return { outcome: 'refused', reasons: [{ code: 'number-missing', text }] };
  }
  if (earlier === undefined) {
    const reason = { code: 'shipment-unknown', text: `there is no shipment ${number}` };
    return mayWait ? { outcome: 'waiting', reason } : { outcome: 'refused', reasons: [reason] };
  }
  if (purpose === 'cancel')
    return { outcome: earlier.state === 'cancelled' ? 'repeated' : 'cancelled', earlier };
  if (earlier.state === 'cancelled') {
    const text = `shipment ${number} was cancelled: expected what left to be told under another number`;
    return { outcome: 'refused', reasons: [{ code: 'shipment-cancelled', text }] };
  }
  return saysTheSame(shipment, earlier) ? { outcome: 'repeated', earlier } : undefined;
}

/** Whatever it calls itself and wherever it came from. */
function saysTheSame(shipment: Shipment, { told, state }: EarlierShipment): boolean {
  const pick = ({ purpose: _purpose, source: _source, ...content }: Shipment) => content;
  return state === 'shipped' && isSameData(pick(shipment), pick(told));
}

function planGoods(shipment: Shipment, facts: ShipmentFacts): ShipmentPlan {
  const { bound, reasons: unbound } = bindItems(shipment, facts);
  const reasons = [
    ...checkHead(shipment, facts),
    ...unbound,
    ...checkTogether(bound),
    ...checkPieces(bound),
    ...checkSerials(bound, facts),
    ...checkSsccs(shipment, facts),
    ...checkEarlier(bound, facts),
  ];
  const [first] = bound;
  if (first === undefined || reasons.length > 0) return { outcome: 'refused', reasons };
  const lines = addUpLines(bound);
  const orders = [...new Set(bound.map(({ order }) => order))];
  const { partner, test } = first.order;
  const drawn = drawStock(lines, orders, shipment.warehouse, facts);
  if (drawn.kind === 'unclear') return { outcome: 'refused', reasons: drawn.reasons };
  return {
    outcome: 'shipped',
    partner,
    test,
    content: writeAsOurs(shipment, bound),
    lines,
    orders,
    earlier: facts.earlier,
    draws: drawn.draws,
    stops: test ? [] : listStops(lines, orders, facts),
  };
}

/** BSN02. */
const LONGEST_NUMBER = 30;

function checkHead(shipment: Shipment, { warehouses }: ShipmentFacts): readonly Reason[] {
  const { warehouse, number = '' } = shipment;
  const reasons: Reason[] = [];
  if (number.length > LONGEST_NUMBER) {
    const text = `number: expected at most ${LONGEST_NUMBER} characters, as BSN02 holds (they are ${number.length})`;
    reasons.push({ code: 'number-too-long', text });
  }
  reasons.push(...checkDates(shipment));
  if (listPackedItems(shipment).length === 0)
    reasons.push({ code: 'shipment-empty', text: 'nothing is in it: expected contents of units, or loose' });
  if (warehouse !== undefined && !warehouses.has(warehouse)) {
    const known = [...warehouses].toSorted().join(', ') || 'none';
    reasons.push({
      code: 'warehouse-unknown',
      text: `there is no warehouse ${warehouse}; known are ${known}`,
    });
  }
  return reasons;
}

function checkEarlier(bound: readonly BoundItem[], { earlier }: ShipmentFacts): readonly Reason[] {
  if (earlier === undefined) return [];
  const other = bound.find(({ order }) => order.partner !== earlier.partner || order.test !== earlier.test);
  if (other === undefined) return [];
  const text = `shipment ${earlier.number} is for ${earlier.partner}, and order ${nameOrder(other.order)} is of ${other.order.partner}`;
  return [{ code: 'partner-differs', text }];
}

/** One for each line of an order, in the order of the orders and their lines. */
function addUpLines(bound: readonly BoundItem[]): readonly ShippedLine[] {
  const orders = [...new Set(bound.map(({ order }) => order))];
  const groups = orders.flatMap((order) =>
    [
      ...Map.groupBy(
        bound.filter((one) => one.order === order),
        ({ position }) => position,
      ),
    ]
      .toSorted(([a], [b]) => a - b)
      .map(([, own]) => own),
  );
  return groups.map((own, i): ShippedLine => {
    const { order, position, line, item, unit } = own[0]!;
    const sum = (pick: (one: BoundItem) => string) =>
      fromBig(own.reduce((all, one) => all.plus(pick(one)), toBig('0')));
    return {
      position: i + 1,
      order: order.id,
      poNumber: order.poNumber,
      releaseNumber: order.releaseNumber,
      line: line.number,
      orderPosition: position,
      item: item.number,
      quantity: sum(({ quantity }) => quantity),
      unit,
      stockQuantity: sum(({ stockQuantity }) => stockQuantity),
      lots: [...new Set(own.flatMap(({ packed }) => packed.lot ?? []))],
      serials: own.flatMap(({ packed }) => packed.serials ?? []),
    };
  });
}

/** Lines by the number that the order has, units by the bare SSCC. */
function writeAsOurs(shipment: Shipment, bound: readonly BoundItem[]): Shipment {
  const lineAt = new Map(bound.map(({ at, line }) => [at, line.number]));
  return rewritePacked(shipment, {
    item: (item, at) => ({ ...item, line: lineAt.get(at)! }),
    unit: (unit) => {
      const reading = unit.sscc === undefined ? undefined : readSscc(unit.sscc);
      return reading?.kind === 'sscc' ? { ...unit, sscc: reading.sscc } : unit;
    },
  });
}
