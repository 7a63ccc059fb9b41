import type { RankedWarehouse, WarehouseOut } from '../../domain/allocation/route-line.ts';
import type { RouteWeights } from '../../domain/allocation/stock.ts';
import { isRejected } from '../../domain/order/line-draft.ts';
import type { LinePromise } from '../../domain/order/order-decision.ts';
import { tellPrice } from '../../domain/pricing/explain-price.ts';
import type { StandingAllocation } from '../../store/explain.ts';
import { CRITERIA } from './answer-words.ts';
import type { ExplainedLine, ExplainedPrice } from './explain-order.ts';
import { labelled, sayWait } from './phrases.ts';

/** One line of an order; `whole` with everything that was considered and refused. */
export function describeLine(line: ExplainedLine, currency: string, whole: boolean): string[] {
  const { ordered, decision, price, route, stock, waits } = line;
  const reasons = decision?.reasons ?? [];
  const item =
    decision?.item ?? ordered.ids.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ');
  const description = line.description === undefined ? '' : `  ${line.description}`;
  return [
    `line ${line.number}  ${item}${description}`,
    ...labelled('ordered', [sayOrdered(line, currency)]),
    ...labelled('answered', [sayAnswered(line, currency)]),
    ...labelled(
      'ships',
      (decision?.promises ?? []).map((one) => sayPromise(one, decision?.unit ?? '')),
    ),
    ...labelled('stock now', stock.map(sayStock)),
    ...labelled(
      'because',
      reasons.map(({ text }) => text.replace(/^line \S+: /, '')),
    ),
    ...labelled('waits', waits.map(sayWait(reasons))),
    ...labelled('price', describePrice(price, whole)),
    ...labelled('warehouses', whole ? route.map(sayWarehouse) : sayRanking(route)),
  ];
}

function sayOrdered({ ordered }: ExplainedLine, currency: string): string {
  const { quantity, unit = '', unitPrice, priceBasis, ids } = ordered;
  const price = unitPrice === undefined ? 'no price given' : sayPrice(unitPrice, unit, priceBasis, currency);
  const called = ids.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ');
  return `${quantity ?? 'no quantity'} ${unit}, ${price}${called === '' ? '' : ` (${called})`}`;
}

function sayAnswered({ ordered, decision, answer }: ExplainedLine, currency: string): string {
  if (decision === undefined) return answer;
  const { status, unit = ordered.unit ?? '', price, priceBasis, quantity = ordered.quantity } = decision;
  if (isRejected(decision)) return `${status} ${answer}`;
  const at = price === undefined ? '' : `, ${sayPrice(price, unit, priceBasis, currency)}`;
  return `${status} ${answer}: ${quantity ?? 'no quantity'} ${unit}${at}`;
}

function sayPrice(price: string, unit: string, basis: string | undefined, currency: string): string {
  return tellPrice(price, unit, basis ?? 'PE', currency).replace('  ', ' ');
}

function sayPromise(promise: LinePromise, unit: string): string {
  const { kind, quantity, ships, warehouse, serials = [], shipTo } = promise;
  const from = `${warehouse === undefined ? '' : ` from ${warehouse}`}${shipTo === undefined ? '' : ` to ${shipTo}`}`;
  const which = serials.length === 0 ? '' : `, serials ${serials.join(', ')}`;
  const day = ships === undefined ? 'no day is known' : `on ${ships}`;
  return `${quantity} ${unit} ${SUPPLIED[kind]}${day}${from}${which}`;
}

const SUPPLIED = { now: '', backorder: 'backordered, ', shipped: 'shipped, ' } as const;

/** In the item's own unit. */
function sayStock({ state, quantity, item, warehouse, ships }: StandingAllocation): string {
  if (state === 'shipped')
    return `${quantity} of ${item} shipped${warehouse === undefined ? '' : ` from ${warehouse}`}`;
  const from = warehouse === undefined ? '' : ` in ${warehouse}`;
  const day = ships === undefined ? 'no day is known' : `ships ${ships}`;
  return `${quantity} of ${item} ${state === 'reserved' ? 'reserved' : 'waiting'}${from}, ${day}`;
}

function describePrice(price: ExplainedPrice, whole: boolean): string[] {
  switch (price.kind) {
    case 'none':
      return ['no price was looked for: what stands against the line came first'];
    case 'older':
      return [
        `the proof is of an older version of causeway and cannot be told in words: ${JSON.stringify(price.stored)}`,
      ];
    case 'proven': {
      const { words, others, contradictions } = price;
      const more =
        others.length === 0 ? [] : [`${others.length} more considered: explain the line alone to see them.`];
      const wrong = contradictions.map((one) => `NOT SOUND: ${one}`);
      return [...words, ...(whole ? others : more), ...wrong];
    }
  }
}

function sayRanking(route: readonly (RankedWarehouse | WarehouseOut)[]): string[] {
  if (route.length === 0) return [];
  const told = route.map((one) =>
    one.kind === 'ranked'
      ? `${one.warehouse} scores ${one.score}, ${one.available} at hand`
      : `not ${one.warehouse}: ${one.reasons.map(({ text }) => text).join('; ')}`,
  );
  return [told.join('; ')];
}

function sayWarehouse(one: RankedWarehouse | WarehouseOut): string {
  if (one.kind === 'out') return sayRanking([one])[0]!;
  const criteria = (Object.keys(CRITERIA) as (keyof RouteWeights)[]).map(
    (name) => `${CRITERIA[name]} ${one.criteria[name]}`,
  );
  return `${one.warehouse} scores ${one.score}, ${one.available} at hand: ${criteria.join(', ')} (each from 0 to 1)`;
}
