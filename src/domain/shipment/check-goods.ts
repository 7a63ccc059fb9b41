import { isPlainDate } from '../../lib/dates.ts';
import { toBig } from '../../lib/decimal.ts';
import { comesInPieces } from '../allocation/outlook.ts';
import { nameOrder } from '../order/name-order.ts';
import type { Reason } from '../reason.ts';
import type { BoundItem } from './bind-items.ts';
import { listPackedItems, listUnits } from './packed.ts';
import type { Shipment } from './shipment.ts';
import type { KnownSerial, ShipmentFacts } from './shipment-facts.ts';
import { readSscc } from './sscc.ts';

/** One shipment goes from one partner's orders to one place. */
export function checkTogether(bound: readonly BoundItem[]): readonly Reason[] {
  const orders = [...new Set(bound.map(({ order }) => order))];
  const differ = (code: string, what: string, pick: (order: BoundItem['order']) => string): Reason[] => {
    const values = new Set(orders.map(pick));
    if (values.size < 2) return [];
    return [
      {
        code,
        text: `the orders are of several ${what} (${[...values].join(', ')}): expected a shipment for each`,
      },
    ];
  };
  return [
    ...differ('several-partners', 'partners', ({ partner }) => partner),
    ...differ('several-ship-tos', 'ship-tos', ({ shipTo }) => shipTo),
  ];
}

export function checkDates(shipment: Shipment): readonly Reason[] {
  const { shipDate, expectedDelivery } = shipment;
  const dates = [
    ['shipDate', shipDate],
    ['expectedDelivery', expectedDelivery],
    ...listPackedItems(shipment).map(({ at, item }) => [`${at}.expires`, item.expires] as const),
  ] as const;
  return dates.flatMap(([at, date]) =>
    date === undefined || isPlainDate(date)
      ? []
      : [{ code: 'date-wrong', text: `${at}: "${date}": expected a day such as 2026-03-31` }],
  );
}

export function checkPieces(bound: readonly BoundItem[]): readonly Reason[] {
  return bound.flatMap(({ at, item, stockQuantity }) =>
    comesInPieces(item) && !toBig(stockQuantity).mod(1).eq(0)
      ? [
          {
            code: 'quantity-not-whole',
            text: `${at}: ${stockQuantity} ${item.unit} of item ${item.number}: it comes in whole ${item.unit} only`,
          },
        ]
      : [],
  );
}

/** Each serial is ours, in hand, for nobody else, and named once. What is missing stops the notice alone. */
export function checkSerials(bound: readonly BoundItem[], facts: ShipmentFacts): readonly Reason[] {
  const known = new Map(facts.serials.map((one) => [keyOf(one), one]));
  const seen = new Set<string>();
  return bound.flatMap((one) => {
    const { at, item, packed, stockQuantity } = one;
    const { serials = [] } = packed;
    const reasons: Reason[] = [];
    const refuse = (code: string, text: string) => reasons.push({ code, text: `${at}: ${text}` });
    if (serials.length > 0 && toBig(stockQuantity).lt(String(serials.length)))
      refuse('serials-too-many', `${serials.length} serials for ${stockQuantity} ${item.unit}`);
    for (const serial of serials) {
      const key = keyOf({ item: item.number, serial });
      if (seen.has(key)) refuse('serial-twice', `serial ${serial} of item ${item.number} is named twice`);
      seen.add(key);
      const why = refuseSerial(one, serial, known.get(key), facts);
      if (why !== undefined) refuse(why.code, why.text);
    }
    return reasons;
  });
}

function refuseSerial(
  { item, order, position, decided }: BoundItem,
  serial: string,
  known: KnownSerial | undefined,
  { keptBySerial }: ShipmentFacts,
): Reason | undefined {
  const name = `serial ${serial} of item ${item.number}`;
  if (known === undefined) {
    if (!keptBySerial.has(item.number)) return undefined;
    return { code: 'serial-unknown', text: `${name} is none that we have` };
  }
  if (known.left !== undefined)
    return { code: 'serial-shipped', text: `${name} left with shipment ${known.left}` };
  const { reserved } = known;
  if (reserved !== undefined && (reserved.order !== order.id || reserved.position !== position)) {
    const text = `${name} is set aside for order ${reserved.poNumber} line ${reserved.position}`;
    return { code: 'serial-reserved', text };
  }
  const lacks = Object.entries(decided.requires ?? {}).find(
    ([what, value]) => (what === 'serial' ? serial : known.attributes[what]) !== value,
  );
  if (lacks === undefined) return undefined;
  const [what, value] = lacks;
  const text = `${name} will not do: order ${nameOrder(order)} asks for ${what} ${value}`;
  return { code: 'serial-not-as-asked', text };
}

function keyOf({ item, serial }: Pick<KnownSerial, 'item' | 'serial'>): string {
  return JSON.stringify([item, serial]);
}

/** An SSCC names one unit in the world. */
export function checkSsccs(shipment: Shipment, { usedSsccs }: ShipmentFacts): readonly Reason[] {
  const seen = new Set<string>();
  return listUnits(shipment).flatMap(({ at, unit }) => {
    if (unit.sscc === undefined) return [];
    const reading = readSscc(unit.sscc);
    const refuse = (code: string, text: string): Reason[] => [{ code, text: `${at}: ${text}` }];
    if (reading.kind === 'wrong') return refuse('sscc-wrong', reading.message);
    const { sscc } = reading;
    const used = usedSsccs.get(sscc);
    if (used !== undefined) return refuse('sscc-used', `SSCC ${sscc} is that of a unit of shipment ${used}`);
    if (seen.has(sscc)) return refuse('sscc-twice', `SSCC ${sscc} is given to two units`);
    seen.add(sscc);
    return [];
  });
}
