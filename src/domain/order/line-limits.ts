import { type Decimal, toBig } from '../../lib/decimal.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import type { QuantityMeaning } from './change-quantity.ts';
import type { Reason } from './order-decision.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

/** Asked of a person, under the kind of exception that it raises. */
export type Question = Reason & { readonly code: ExceptionKind };

/** What stands in the way of a change to one line. */
export type LineLimits = {
  /** Shipped, or of a blanket order released; in the unit of the line. */
  readonly drawn: Decimal;
  readonly drawnBy: 'shipped' | 'released';
  readonly meaning: QuantityMeaning | undefined;
  /** The quantity that a person has said is meant. */
  readonly ruledQuantity: Decimal | undefined;
  /** Kinds of questions that a person has overridden. */
  readonly overridden: ReadonlySet<string>;
};

export type AmendedLine =
  | {
      readonly kind: 'made' | 'unchanged';
      readonly line: PurchaseOrderLine;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'cut'; readonly line: PurchaseOrderLine; readonly reasons: readonly Reason[] }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'unclear'; readonly questions: readonly Question[] };

/** What a line may change when nothing else of it may. */
export const PRICE = [
  'unitPrice',
  'priceBasis',
  'prices',
  'currency',
  'exchangeRate',
  'allowanceCharges',
] as const;
/** Takes a line out; what has left or was released of it stays. */
export function deleteLine(
  line: PurchaseOrderLine,
  { drawn, drawnBy }: Pick<LineLimits, 'drawn' | 'drawnBy'>,
): AmendedLine {
  if (toBig(drawn).lte(0)) return { kind: 'deleted' };
  if (line.quantity !== undefined && toBig(line.quantity).gt(drawn)) {
    const text = `${at(line)}: ${drawn} are ${drawnBy} already, the rest is cancelled`;
    const { schedule: _schedule, destinations: _destinations, ...rest } = line;
    return {
      kind: 'cut',
      line: { ...rest, quantity: drawn },
      reasons: [{ code: `cut-to-${drawnBy}`, text }],
    };
  }
  return {
    kind: 'refused',
    reasons: [{ code: `line-${drawnBy}`, text: `${at(line)}: all of it is ${drawnBy} already` }],
  };
}

/** What may not change of a line that is shipped or released, in full or in part. */
export function refuseAfterShipment(
  line: PurchaseOrderLine,
  amended: PurchaseOrderLine,
  touched: readonly (keyof PurchaseOrderLine)[],
  { drawn, drawnBy }: LineLimits,
): Reason | undefined {
  const gone = toBig(drawn);
  if (gone.lte(0)) return undefined;
  const beyondPrice = touched.filter((field) => !(PRICE as readonly string[]).includes(field));
  if (isFinished(line, { drawn, drawnBy }) && beyondPrice.length > 0) return sayFinished(line);
  if (touched.includes('unit') || touched.includes('ids')) {
    return {
      code: `part-${drawnBy}`,
      text: `${at(line)}: ${drawn} are ${drawnBy} already, its item and unit stay`,
    };
  }
  if (gone.gt(amended.quantity ?? '0')) {
    return {
      code: `below-${drawnBy}`,
      text: `${at(line)}: ${drawn} are ${drawnBy} already, ${amended.quantity ?? '0'} would be less`,
    };
  }
  return undefined;
}

/** What is released of a blanket order is no end of it: more may be committed. */
export function isFinished(
  { quantity = '0' }: PurchaseOrderLine,
  { drawn, drawnBy }: Pick<LineLimits, 'drawn' | 'drawnBy'>,
): boolean {
  return drawnBy === 'shipped' && toBig(drawn).gt(0) && toBig(drawn).gte(quantity);
}

export function sayFinished(line: PurchaseOrderLine): Reason {
  return { code: 'line-shipped', text: `${at(line)}: all of it is shipped, only its price may change` };
}

export function at(line: { readonly number: string }): string {
  return `line ${line.number}`;
}
