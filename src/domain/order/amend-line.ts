import { type Decimal, toBig } from '../../lib/decimal.ts';
import { isSameData } from '../../lib/same-data.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import { readQuantity } from './change-quantity.ts';
import {
  compareIds,
  compareUnits,
  DIRECTION,
  findOtherIds,
  findStaleSplit,
  type Said,
} from './change-questions.ts';
import {
  type AmendedLine,
  at,
  deleteLine,
  isFinished,
  type LineLimits,
  PRICE,
  refuseAfterShipment,
  sayFinished,
} from './line-limits.ts';
import { mergeBy } from './merge-terms.ts';
import type { OrderChangeLine } from './order-change.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

type Field = keyof PurchaseOrderLine;

const QUANTITY = ['quantity', 'unit', 'schedule', 'destinations', 'quantities'] as const;
const DATES = ['requestedDelivery', 'dates', 'schedule'] as const;

/** What counts of a POC under its code (POC02); the rest of the segment only says which line is meant. */
const COUNTED: Readonly<Partial<Record<OrderChangeLine['change'], readonly Field[]>>> = {
  'no-change': [],
  delete: [],
  'date-change': DATES,
  reschedule: DATES,
  'price-change': PRICE,
  'quantity-increase': QUANTITY,
  'quantity-decrease': QUANTITY,
  'price-and-quantity-change': [...PRICE, ...QUANTITY],
  'reschedule-and-quantity-change': [...QUANTITY, ...DATES],
};

/** What one POC makes of the line that it names. */
export function amendLine(line: PurchaseOrderLine, change: OrderChangeLine, limits: LineLimits): AmendedLine {
  if (change.change === 'other')
    return ask('change-code-unknown', `${at(line)}: POC02 ${change.changeCode} is not processed by rule`);
  const said = listSaid(line, change);
  const questions = [
    ...(COUNTED[change.change] === undefined ? [] : compareIds(line, change)),
    ...compareUnits(line, change, said),
  ];
  const open = questions.filter(({ code }) => !limits.overridden.has(code));
  if (open.length > 0) return { kind: 'unclear', questions: open };
  if (change.change === 'delete') return deleteLine(line, limits);
  if (DIRECTION[change.change] !== undefined && isFinished(line, limits))
    return { kind: 'refused', reasons: [sayFinished(line)] };

  const quantity =
    said.quantity === undefined ? undefined : findQuantity(line, change, said.quantity, limits);
  if (quantity?.kind === 'unclear') return ask('change-quantity-unclear', `${at(line)}: ${quantity.text}`);
  // A quantity that is restated to nothing takes the line out.
  if (quantity !== undefined && toBig(quantity.quantity).eq(0)) return deleteLine(line, limits);
  const whole = change.change === 'replace' ? { number: line.number, ids: line.ids } : line;
  const amended = applySaid(
    line,
    whole,
    quantity === undefined ? said : { ...said, quantity: quantity.quantity },
  );
  return weigh(line, amended, said, limits);
}

/** The fields that the change names and that count under its code; item numbers only where they may change. */
function listSaid(line: PurchaseOrderLine, change: OrderChangeLine): Said {
  const { change: _change, changeCode: _code, quantityLeft: _left, number: _number, ids, ...fields } = change;
  const counted = COUNTED[change.change];
  const said = Object.entries(fields).filter(
    ([field, value]) =>
      value !== undefined && (counted === undefined || (counted as readonly string[]).includes(field)),
  );
  const named = counted !== undefined || ids.length === 0 ? undefined : ids;
  // Numbers of the same item add up; another item has none of those that the line had.
  const kept =
    named === undefined || findOtherIds(line, change).length > 0
      ? named
      : mergeBy('qualifier', line.ids, named);
  return { ...Object.fromEntries(said), ...(kept === undefined ? {} : { ids: kept }) };
}

function applySaid(line: PurchaseOrderLine, whole: PurchaseOrderLine, said: Said): PurchaseOrderLine {
  const amended: Record<string, unknown> = { ...whole, ...said };
  for (const field of ['dates', 'references'] as const) {
    const named = said[field];
    if (named !== undefined && whole === line)
      amended[field] = mergeBy('qualifier', line[field] ?? [], named);
  }
  return amended as PurchaseOrderLine;
}

function findQuantity(
  line: PurchaseOrderLine,
  change: OrderChangeLine,
  quantity: Decimal,
  limits: LineLimits,
) {
  if (limits.ruledQuantity !== undefined) return { kind: 'read', quantity: limits.ruledQuantity } as const;
  const direction = DIRECTION[change.change];
  // With another unit, or no quantity yet, there is nothing to compare with.
  if (direction === undefined && (line.quantity === undefined || (change.unit ?? line.unit) !== line.unit)) {
    return { kind: 'read', quantity } as const;
  }
  return readQuantity({
    direction: direction ?? 'any',
    quantity,
    left: change.quantityLeft,
    ordered: line.quantity ?? '0',
    shipped: limits.drawnBy === 'shipped' ? limits.drawn : '0',
    meaning: limits.meaning,
  });
}

/** The amended line against what is shipped, and against itself. */
function weigh(
  line: PurchaseOrderLine,
  amended: PurchaseOrderLine,
  said: Said,
  limits: LineLimits,
): AmendedLine {
  const touched = (Object.keys({ ...line, ...amended }) as Field[]).filter(
    (field) => !isSame(field, line[field], amended[field]),
  );
  if (touched.length === 0) return { kind: 'unchanged', line, reasons: [] };
  const refused = refuseAfterShipment(line, amended, touched, limits);
  if (refused !== undefined) return { kind: 'refused', reasons: [refused] };
  const split = findStaleSplit(line, amended, said);
  if (split !== undefined && !limits.overridden.has(split.code))
    return { kind: 'unclear', questions: [split] };
  return { kind: 'made', line: followSchedule(amended, said), reasons: [] };
}

/** `800` and `800.0` are the same number. */
function isSame(field: Field, before: unknown, after: unknown): boolean {
  if ((field === 'quantity' || field === 'unitPrice') && before !== undefined && after !== undefined) {
    return toBig(before as Decimal).eq(after as Decimal);
  }
  return isSameData(before, after);
}

/** A line that is wanted on one day: its one schedule entry has the quantity and day of the line. */
function followSchedule(amended: PurchaseOrderLine, said: Said): PurchaseOrderLine {
  const [only, ...more] = amended.schedule ?? [];
  if (said.schedule !== undefined || only === undefined || more.length > 0) return amended;
  return {
    ...amended,
    schedule: [
      {
        ...only,
        ...(said.quantity === undefined || only.quantity === undefined
          ? {}
          : { quantity: amended.quantity! }),
        ...(said.unit === undefined || only.unit === undefined ? {} : { unit: said.unit }),
        ...(said.requestedDelivery === undefined || only.date === undefined
          ? {}
          : { date: said.requestedDelivery }),
      },
    ],
  };
}

function ask(code: ExceptionKind, text: string): AmendedLine {
  return { kind: 'unclear', questions: [{ code, text }] };
}
