import {
  chooseSeries,
  findShortage,
  type Shortage,
  ssccSeries,
} from '../../domain/numbering/number-series.ts';
import { listUnits, rewritePacked } from '../../domain/shipment/packed.ts';
import type { HandlingUnit, Shipment } from '../../domain/shipment/shipment.ts';
import { assert } from '../../lib/assert.ts';
import { takeNumbers } from '../../store/number-series.ts';
import { findShipmentByNumber } from '../../store/shipments.ts';
import { partnerOf, type Shipping } from './shipping.ts';

export type NumberedGoods = {
  readonly number: string;
  readonly content: Shipment;
  /** Told when few SSCCs are left. */
  readonly shortage?: Shortage | undefined;
};

/** The number of the shipment where it has none, and an SSCC for every unit without one. */
export async function numberGoods(
  shipping: Shipping,
  partner: string,
  content: Shipment,
  before: Shipment | undefined,
): Promise<NumberedGoods> {
  const number = content.number ?? (await takeShipmentNumber(shipping));
  const kept = keepSsccs({ ...content, number }, before);
  const { company, tx } = shipping;
  const bare = listUnits(kept).filter(({ unit }) => unit.sscc === undefined);
  const wanted = partnerOf(shipping, partner)?.file.send['856']?.labels !== 'none';
  if (bare.length === 0 || !wanted || company.gs1 === undefined) return { number, content: kept };
  const series = ssccSeries(company.gs1);
  const [taken] = await takeNumbers(tx, [{ series, count: bare.length }]);
  assert(taken !== undefined, 'numbers are taken for each request');
  const dealt = new Map(bare.map(({ place }, i) => [place, taken.numbers[i]!]));
  const numbered = rewritePacked(kept, {
    unit: (unit, place) => ({ ...unit, ...pickSscc(dealt.get(place)) }),
  });
  return { number, content: numbered, shortage: findShortage(series, taken) };
}

/** Warehouses give numbers as well: one that is there already is passed over. */
async function takeShipmentNumber({ tx, company, now }: Shipping): Promise<string> {
  const series = chooseSeries(company.numbers, 'shipment', now.slice(0, 10));
  for (;;) {
    const [taken] = await takeNumbers(tx, [{ series, count: 1 }]);
    const number = taken!.numbers[0]!;
    if ((await findShipmentByNumber(tx, number)) === undefined) return number;
  }
}

/** A correction that names no SSCC leaves the labels on the cartons: the same id has the same, else the same place. */
function keepSsccs(content: Shipment, before: Shipment | undefined): Shipment {
  if (before === undefined) return content;
  const claimed = new Set(listUnits(content).flatMap(({ unit }) => unit.sscc ?? []));
  const known = listUnits(before).filter(({ unit }) => unit.sscc !== undefined && !claimed.has(unit.sscc));
  return rewritePacked(content, {
    unit: (unit, place) => {
      if (unit.sscc !== undefined) return unit;
      const same = known.find((one) => isSame(one, unit, place))?.unit.sscc;
      if (same === undefined || claimed.has(same)) return unit;
      claimed.add(same);
      return { ...unit, sscc: same };
    },
  });
}

function isSame(
  known: { readonly unit: HandlingUnit; readonly place: string },
  { id, kind }: HandlingUnit,
  place: string,
): boolean {
  if (id !== undefined || known.unit.id !== undefined) return known.unit.id === id;
  return known.unit.kind === kind && known.place === place;
}

function pickSscc(sscc: string | undefined): Pick<HandlingUnit, 'sscc'> {
  return sscc === undefined ? {} : { sscc };
}
