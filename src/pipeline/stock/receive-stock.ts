import { comesInPieces } from '../../domain/allocation/outlook.ts';
import type { Reason } from '../../domain/reason.ts';
import { isDecimal, toBig } from '../../lib/decimal.ts';
import {
  type BookedReceipt,
  bookReceipt,
  openReceipt,
  type ReceiptFacts,
  type StockReceipt,
} from '../../store/backorders.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { type ChangedPromise, fillWaiting } from './fill-waiting.ts';

export type ReceivedStock =
  | {
      readonly kind: 'booked';
      readonly unit: string;
      /** Scheduled receipts that have come with it. */
      readonly receipts: readonly BookedReceipt[];
      readonly changes: readonly ChangedPromise[];
    }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] };

/** Tells partners of promises that are others now, in the same transaction. */
export type Announce = (tx: Database, changes: readonly ChangedPromise[]) => Promise<unknown>;

type Here = {
  readonly db: Database;
  readonly clock: () => string;
  readonly ids: () => string;
  readonly announce?: Announce;
};

/** Books what came in and fills what waits for it, in one transaction; what does not fit changes nothing. */
export async function receiveStock(
  { db, clock, ids, announce }: Here,
  receipt: StockReceipt,
): Promise<ReceivedStock> {
  const today = clock().slice(0, 10);
  if (!isDecimal(receipt.quantity) || toBig(receipt.quantity).lte(0)) {
    const text = `quantity "${receipt.quantity}": expected a number above zero`;
    return { kind: 'refused', reasons: [{ code: 'quantity-not-positive', text }] };
  }
  try {
    return await inTransaction(db, async (tx): Promise<ReceivedStock> => {
      const facts = await openReceipt(tx, receipt);
      const reasons = judgeReceipt(receipt, facts);
      if (facts === undefined || reasons.length > 0) throw new ReceiptRefused(reasons);
      const receipts = await bookReceipt(tx, receipt);
      const changes = await fillWaiting(tx, [receipt.item], today, ids);
      await announce?.(tx, changes);
      return { kind: 'booked', unit: facts.unit, receipts, changes };
    });
  } catch (error) {
    if (error instanceof ReceiptRefused) return { kind: 'refused', reasons: error.reasons };
    throw error;
  }
}

/** Rolls back what the judging had to lock. */
class ReceiptRefused extends Error {
  override readonly name = 'ReceiptRefused';
  readonly reasons: readonly Reason[];

  constructor(reasons: readonly Reason[]) {
    super(reasons.map((one) => one.text).join('; '));
    this.reasons = reasons;
  }
}

function judgeReceipt(receipt: StockReceipt, facts: ReceiptFacts | undefined): readonly Reason[] {
  const { item, warehouse, quantity, reference, serials } = receipt;
  if (facts === undefined) return [{ code: 'item-unknown', text: `there is no item ${item}` }];
  const reasons: Reason[] = [];
  const refuse = (code: string, text: string) => reasons.push({ code, text });
  if (!facts.warehouses.includes(warehouse)) {
    const known = facts.warehouses.join(', ') || 'none';
    refuse('warehouse-unknown', `there is no warehouse ${warehouse}; known are ${known}`);
  } else if (reference !== undefined && !facts.expected) {
    refuse('receipt-unknown', `no receipt ${reference} of item ${item} is expected in ${warehouse}`);
  }
  const whole = toBig(quantity).eq(toBig(quantity).round(0, 'down'));
  if (comesInPieces({ unit: facts.unit, serialised: facts.serialised }) && !whole)
    refuse('quantity-not-whole', `quantity ${quantity}: item ${item} comes in whole ${facts.unit} only`);
  if (facts.serialised && !toBig(quantity).eq(String(serials.length))) {
    const text = `item ${item} is serialised: expected ${quantity} serials, got ${serials.length}`;
    refuse('serials-missing', text);
  }
  if (!facts.serialised && serials.length > 0)
    refuse('serials-not-kept', `item ${item} is not serialised: it takes no serials`);
  const twice = serials.filter((serial, index) => serials.indexOf(serial) !== index);
  if (twice.length > 0) refuse('serial-twice', `given twice: ${[...new Set(twice)].join(', ')}`);
  if (facts.known.length > 0)
    refuse('serial-known', `item ${item} has these serials already: ${facts.known.join(', ')}`);
  return reasons;
}
