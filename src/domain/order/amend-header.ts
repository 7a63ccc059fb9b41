import { toBig } from '../../lib/decimal.ts';
import { isSameData } from '../../lib/same-data.ts';
import { at } from './line-limits.ts';
import { mergeBy } from './merge-terms.ts';
import type { OrderChange } from './order-change.ts';
import type { Reason } from './order-decision.ts';
import { orderTerms } from './order-terms.ts';
import type { PurchaseOrder } from './purchase-order.ts';

type Field = keyof PurchaseOrder & keyof OrderChange;

const TERMS = Object.keys(orderTerms) as readonly (keyof typeof orderTerms)[];

/** What a change may name of the heading. Number, release and dates of the order in a BCH only say which order it is. */
const NAMED: readonly Field[] = [
  'contractNumber',
  'currency',
  'requestedDelivery',
  'references',
  'notes',
  'parties',
  ...TERMS,
];

/** Lists of which each entry says by itself what it is: the others stay. */
const KEY: Readonly<Partial<Record<Field, string>>> = {
  references: 'qualifier',
  dates: 'qualifier',
  totalAmounts: 'qualifier',
  messages: 'qualifier',
  parties: 'code',
};

/** What may still be said once everything has left. */
const AFTER_SHIPMENT: ReadonlySet<Field> = new Set<Field>([
  'allowanceCharges',
  'paymentTerms',
  'notes',
  'messages',
  'totalAmounts',
]);

export type AmendedHeader = { readonly order: PurchaseOrder; readonly refused: readonly Reason[] };

/** The heading of the order with what the change names of it; what it does not name stays, unless it replaces all. */
export function amendHeader(
  order: PurchaseOrder,
  change: OrderChange,
  shipped: ReadonlyMap<string, string>,
): AmendedHeader {
  const standing = change.purpose === 'replace' ? dropTerms(order) : order;
  const amended: Record<string, unknown> = { ...standing };
  const refused: Reason[] = [];
  for (const field of NAMED) {
    const named = change[field];
    if (named === undefined) continue;
    const value = mergeField(field, order[field], named);
    const reason = isSameData(value, order[field]) ? undefined : refuseField(field, order, value, shipped);
    if (reason === undefined) amended[field] = value;
    else refused.push(reason);
  }
  if (refused.length > 0 && change.purpose === 'replace') return { order, refused };
  return { order: amended as PurchaseOrder, refused };
}

function mergeField(field: Field, standing: unknown, named: unknown): unknown {
  const key = KEY[field];
  if (key === undefined || standing === undefined) return named;
  const entries = named as readonly Record<string, unknown>[];
  const before = standing as readonly Record<string, unknown>[];
  return mergeBy(
    key,
    before,
    field === 'parties' ? entries.map((one) => completeParty(one, before)) : entries,
  );
}

/** The same party as before, named by its id alone, is where it was. */
function completeParty(
  named: Record<string, unknown>,
  before: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const same = before.find(
    ({ code, idQualifier, id }) =>
      id !== undefined &&
      code === named['code'] &&
      id === named['id'] &&
      idQualifier === named['idQualifier'],
  );
  return { ...same, ...named };
}

/** A replacement says all that is agreed; who buys and where it goes stays where it is not said. */
function dropTerms(order: PurchaseOrder): PurchaseOrder {
  const kept: Partial<PurchaseOrder> = { ...order };
  for (const field of [...TERMS, 'notes', 'requestedDelivery'] as const) delete kept[field];
  return kept as PurchaseOrder;
}

function refuseField(
  field: Field,
  order: PurchaseOrder,
  value: unknown,
  shipped: ReadonlyMap<string, string>,
): Reason | undefined {
  const gone = order.lines.filter(({ number }) => toBig(shipped.get(number) ?? '0').gt(0));
  if (gone.length === 0) return undefined;
  const shipTo = (parties: unknown) =>
    (parties as PurchaseOrder['parties'])?.filter(({ role }) => role === 'ship-to');
  if (field === 'parties' && !isSameData(shipTo(order.parties), shipTo(value))) {
    const text = `the ship-to stays as it is: ${gone.map(at).join(', ')} left for it already`;
    return { code: 'ship-to-shipped', text };
  }
  const all = order.lines.every(({ number, quantity }) =>
    toBig(shipped.get(number) ?? '0').gte(quantity ?? '0'),
  );
  if (!all || AFTER_SHIPMENT.has(field)) return undefined;
  return { code: 'order-shipped', text: `${sayField(field)} stays as it is: the whole order is shipped` };
}

/** `requestedDelivery` → `requested delivery` */
export function sayField(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
