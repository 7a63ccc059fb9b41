import type { Instant, PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { LineToPromise } from './outlook.ts';
import type { LinesToPromise, PromisedLine } from './promise-lines.ts';

/** What of an order's line is reserved in a warehouse, or waits for stock; in the item's unit. */
export type Allocation = {
  readonly id: string;
  readonly order: string;
  /** Place of the line in the order, from 1. */
  readonly position: number;
  readonly item: string;
  /** Where it is reserved, or from whose receipts it was promised. */
  readonly warehouse?: string | undefined;
  readonly quantity: Decimal;
  readonly state: 'reserved' | 'waiting';
  /** The customer's: the greater, the earlier it is filled. */
  readonly priority: number;
  /** What was promised. */
  readonly ships?: PlainDate | undefined;
  readonly at: Instant;
  /** Warehouses that may fill it. */
  readonly eligible: readonly string[];
  /** Not filled in parts. */
  readonly whole: boolean;
  /** It is not to leave before. */
  readonly notBefore?: PlainDate | undefined;
  readonly requires: Readonly<Record<string, string>>;
  readonly serials?: readonly string[] | undefined;
  /** How many of the item's unit stay together: what is ordered by the case is filled in whole cases. */
  readonly each?: Decimal | undefined;
  /** Which part of the line, where its buyer wants it in parts. */
  readonly part?: number | undefined;
};

export type Claim = Pick<Allocation, 'order' | 'position' | 'priority' | 'at'>;

/** What is to be stored of a promise. `asked` is the line, or the part of one, as it was given to `promiseLines`. */
export function allocateLine(
  promised: Pick<PromisedLine, 'item' | 'parts' | 'route'>,
  asked: Pick<LineToPromise, 'requestedShip' | 'requires' | 'each'> & { readonly part?: number | undefined },
  short: LinesToPromise['short'],
  claim: Claim,
  nextId: () => string,
): readonly Allocation[] {
  const eligible = promised.route.filter((one) => one.kind === 'ranked').map((one) => one.warehouse);
  return promised.parts.map(({ kind, quantity, warehouse, ships, serials }) => ({
    ...claim,
    id: nextId(),
    item: promised.item,
    warehouse,
    quantity,
    state: kind === 'now' ? 'reserved' : 'waiting',
    ships,
    eligible,
    whole: short === 'wait',
    notBefore: asked.requestedShip,
    requires: asked.requires ?? {},
    serials,
    each: asked.each,
    part: asked.part,
  }));
}
