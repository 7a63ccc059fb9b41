import type { Big } from '../../lib/big.ts';
import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import type { Reason } from '../reason.ts';
import type { RouteWeights, Stock, Warehouse } from './stock.ts';

/** Every warehouse: those that may ship the line, the best first, then those that may not and why. */
export type RouteDecision = readonly (RankedWarehouse | WarehouseOut)[];

export type RankedWarehouse = {
  readonly kind: 'ranked';
  readonly warehouse: string;
  /** Sum of the criteria, each times its weight. */
  readonly score: number;
  /** From 0 to 1, the more the better. */
  readonly criteria: Readonly<Record<keyof RouteWeights, number>>;
  /** What it could send now. */
  readonly available: Decimal;
};

export type WarehouseOut = {
  readonly kind: 'out';
  readonly warehouse: string;
  readonly reasons: readonly Reason[];
};

export type LineToRoute = {
  readonly item: Item;
  readonly quantity: Big;
  readonly zone?: string | undefined;
  /** `US-OH`, or `US` where no region is known. */
  readonly destination?: string | undefined;
  /** What a warehouse has of it in hand, and what it will have on the day wanted. */
  readonly outlook: (warehouse: Warehouse) => { readonly now: Big; readonly inTime: Big };
  /** Warehouses that could ship every line of the order. */
  readonly wholeOrder: ReadonlySet<string>;
};

/** Ties go to the one that has more in hand, then by id. */
export function routeLine(
  line: LineToRoute,
  { warehouses, weights }: Pick<Stock, 'warehouses' | 'weights'>,
): RouteDecision {
  const { fit, out } = findWays(line, warehouses);
  const ranked = fit.map(({ warehouse, cost, load }): RankedWarehouse => {
    const { now, inTime } = line.outlook(warehouse);
    const criteria = {
      wholeLine: now.gte(line.quantity) ? 1 : 0,
      wholeOrder: line.wholeOrder.has(warehouse.id) ? 1 : 0,
      meetsDate: inTime.gte(line.quantity) ? 1 : 0,
      cost,
      load,
    };
    return {
      kind: 'ranked',
      warehouse: warehouse.id,
      score: addUp(criteria, weights),
      criteria,
      available: fromBig(now),
    };
  });
  return [...ranked.sort(byRank), ...out];
}

function byRank(a: RankedWarehouse, b: RankedWarehouse): number {
  return (
    b.score - a.score ||
    toBig(b.available).cmp(toBig(a.available)) ||
    (a.warehouse < b.warehouse ? -1 : a.warehouse > b.warehouse ? 1 : 0)
  );
}

function addUp(criteria: RankedWarehouse['criteria'], weights: RouteWeights): number {
  const { wholeLine, wholeOrder, meetsDate, cost, load } = criteria;
  return round(
    wholeLine * weights.wholeLine +
      wholeOrder * weights.wholeOrder +
      meetsDate * weights.meetsDate +
      cost * weights.cost +
      load * weights.load,
  );
}

/** What of a ranking is the same for every line of a hazard class that goes to one place. */
type Ways = {
  readonly fit: readonly (Standing & { readonly warehouse: Warehouse })[];
  readonly out: readonly WarehouseOut[];
};

/** What speaks for a warehouse whatever is ordered. */
type Standing = Pick<RankedWarehouse['criteria'], 'cost' | 'load'>;

type Way = Pick<LineToRoute, 'zone' | 'destination'> & Pick<Item, 'hazard'>;

/** By the warehouses of a file's facts. */
const WAYS = new WeakMap<readonly Warehouse[], Map<string, Ways>>();

function findWays({ item: { hazard }, zone, destination }: LineToRoute, all: readonly Warehouse[]): Ways {
  const known = WAYS.get(all) ?? new Map<string, Ways>();
  WAYS.set(all, known);
  const key = JSON.stringify([hazard, zone, destination]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = judgeWays({ hazard, zone, destination }, all);
  known.set(key, made);
  return made;
}

function judgeWays(way: Way, warehouses: readonly Warehouse[]): Ways {
  const judged = warehouses.map((warehouse) => ({ warehouse, reasons: findObstacles(way, warehouse) }));
  const fit = judged.filter(({ reasons }) => reasons.length === 0).map(({ warehouse }) => warehouse);
  const out = judged
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ warehouse, reasons }): WarehouseOut => ({ kind: 'out', warehouse: warehouse.id, reasons }));
  return {
    fit: compareStanding(fit, way.zone),
    out: out.sort((a, b) => (a.warehouse < b.warehouse ? -1 : 1)),
  };
}

function findObstacles({ hazard, destination }: Way, warehouse: Warehouse): Reason[] {
  const reasons: Reason[] = [];
  if (hazard !== undefined && !warehouse.hazards.includes(hazard)) {
    reasons.push({
      code: 'warehouse-not-certified',
      text: `${warehouse.id} is not certified for hazard class ${hazard}`,
    });
  }
  const { destinations } = warehouse;
  if (destinations !== undefined && !reaches(destinations, destination)) {
    const where = destination === undefined ? 'where this goes is not known' : `this goes to ${destination}`;
    reasons.push({
      code: 'warehouse-not-for-destination',
      text: `${warehouse.id} ships to ${destinations.join(', ') || 'nowhere'} only, and ${where}`,
    });
  }
  return reasons;
}

/** `US` takes in `US-OH`; the other way round nobody knows. */
function reaches(destinations: readonly string[], destination: string | undefined): boolean {
  if (destination === undefined) return false;
  return destinations.includes(destination) || destinations.includes(destination.split('-')[0]!);
}

function compareStanding(fit: readonly Warehouse[], zone: string | undefined): Ways['fit'] {
  const cost = compareLeast(fit.map((one) => costOf(one, zone)));
  const load = compareLeast(fit.map((one) => toBig(String(one.load))));
  return fit.map((warehouse) => ({
    warehouse,
    cost: cost(costOf(warehouse, zone)),
    load: load(toBig(String(warehouse.load))),
  }));
}

function costOf(warehouse: Warehouse, zone: string | undefined): Big | undefined {
  const cost = zone === undefined ? undefined : warehouse.zones.get(zone)?.cost;
  return cost === undefined ? undefined : toBig(cost);
}

/** 1 for the least of these values, 0 for the greatest and for one that is not known. */
function compareLeast(values: readonly (Big | undefined)[]): (value: Big | undefined) => number {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a.cmp(b));
  const least = known[0];
  const greatest = known.at(-1);
  return (value) => {
    if (value === undefined || least === undefined || greatest === undefined) return 0;
    if (least.eq(greatest)) return 1;
    return round(greatest.minus(value).div(greatest.minus(least)).toNumber());
  };
}

/** A score is for comparing and for reading: four places are enough, and equal ones are to be equal. */
function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
