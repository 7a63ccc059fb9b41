import type { Context } from '../../context.ts';
import { chooseSeries, testSeries } from '../../domain/numbering/number-series.ts';
import type { Reason } from '../../domain/reason.ts';
import {
  type AskedLine,
  authoriseReturn,
  type Received,
  type ReturnableLine,
  type ReturnedLine,
  receiveReturn,
} from '../../domain/return/goods-return.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { findInvoices, lockInvoice, type StoredInvoice } from '../../store/invoices.ts';
import { takeNumbers } from '../../store/number-series.ts';
import {
  findReturns,
  loadShippedForInvoice,
  lockReturn,
  type Restocked,
  restock,
  type ShippedForInvoice,
  saveReturn,
} from '../../store/returns.ts';
import { type Credited, CreditRefused, creditWithin } from '../bill/issue-credit.ts';
import { makeEvent } from '../process/records.ts';
import { fillFreed } from '../revise/announce-promises.ts';
import { AnswerNotWritten } from '../revise/save-revision.ts';
import { startRevising } from '../revise/start-revising.ts';

type Refused = { readonly kind: 'refused'; readonly reasons: readonly Reason[] };

export type Authorised = {
  readonly kind: 'authorised';
  /** What the customer writes on the parcel. */
  readonly number: string;
  readonly lines: readonly ReturnedLine[];
};

export type ReturnAsked = {
  readonly invoice: string;
  readonly reason: string;
  readonly lines: readonly AskedLine[];
};

/** Lets goods of an invoice come back, under a number of ours. */
export async function openReturn(context: Context, asked: ReturnAsked): Promise<Authorised | Refused> {
  return await orRefused(context, async (tx) => {
    const invoice = await lockNamed(tx, asked.invoice);
    const { company, maker, partner } = startRevising(context, tx, invoice.partner);
    const { lines, reasons } = authoriseReturn(asked.lines, await listReturnable(tx, invoice));
    if (reasons.length > 0) throw new CreditRefused(reasons);
    const live = chooseSeries(company.numbers, 'return', maker.now.slice(0, 10));
    const [taken] = await takeNumbers(tx, [{ series: invoice.test ? testSeries(live) : live, count: 1 }]);
    const number = taken!.numbers[0]!;
    const { reason } = asked;
    const state = 'authorised' as const;
    const at = maker.now;
    await saveReturn(tx, {
      id: maker.ids(),
      number,
      partner: partner.id,
      invoice: invoice.id,
      reason,
      state,
      at,
      lines,
    });
    const text = `return ${number} authorised against invoice ${invoice.number}: ${reason}`;
    await recordEvents(
      tx,
      listOrders(invoice).map((order) => makeEvent(maker, 'return-authorised', text, { order })),
    );
    return { kind: 'authorised', number, lines };
  });
}

export type ReturnReceived = {
  readonly kind: 'received';
  readonly lines: readonly ReturnedLine[];
  readonly credit: Extract<Credited, { kind: 'credited' }>;
};

export type ReceivedGoods = {
  readonly number: string;
  readonly lines: readonly Received[];
  /** Where it is put back; where it left from otherwise. */
  readonly warehouse?: string | undefined;
  readonly restocking?: Decimal | undefined;
  readonly by: string;
};

/** Books what came back, puts the good on the shelf, fills what waits for it, and credits all of it: at once or not at all. */
export async function bookReturn(
  context: Context,
  received: ReceivedGoods,
): Promise<ReturnReceived | Refused> {
  return await orRefused(context, async (tx) => {
    await lockReturn(tx, received.number);
    const [goods] = await findReturns(tx, { number: received.number });
    if (goods === undefined)
      throw new CreditRefused([{ code: 'return-unknown', text: `there is no return ${received.number}` }]);
    const { lines, reasons } = receiveReturn(goods, received.lines);
    if (reasons.length > 0) throw new CreditRefused(reasons);
    const back = await listRestocked(tx, goods.invoice, lines, received.warehouse);
    await restock(tx, back);
    const credit = await creditWithin(context, tx, {
      invoice: goods.invoiceNumber,
      reason: 'return',
      lines: lines
        .filter((line) => toBig(line.received).gt('0'))
        .map((line) => ({
          kind: 'quantity',
          position: line.invoicePosition,
          quantity: line.received,
          serials: received.lines
            .filter(({ position }) => position === line.position)
            .flatMap(({ restockedSerials = [], scrappedSerials = [] }) => [
              ...restockedSerials,
              ...scrappedSerials,
            ]),
        })),
      restocking: received.restocking,
      reference: goods.number,
      by: received.by,
    });
    await saveReturn(tx, { ...goods, state: 'credited', lines });
    const items = [...new Set(back.map(({ item }) => item))];
    await fillFreed(context, tx, items);
    return { kind: 'received', lines, credit: credit as ReturnReceived['credit'] };
  });
}

async function orRefused<T>(context: Context, work: (tx: Transaction) => Promise<T>): Promise<T | Refused> {
  try {
    return await inTransaction(context.db, work);
  } catch (error) {
    if (error instanceof CreditRefused) return { kind: 'refused', reasons: error.reasons };
    if (error instanceof AnswerNotWritten)
      return { kind: 'refused', reasons: [{ code: 'answer-not-written', text: error.message }] };
    throw error;
  }
}

async function lockNamed(tx: Transaction, number: string): Promise<StoredInvoice> {
  const [invoice] = await findInvoices(tx, { number });
  if (invoice === undefined || invoice.kind !== 'invoice')
    throw new CreditRefused([{ code: 'invoice-unknown', text: `there is no invoice ${number}` }]);
  await lockInvoice(tx, invoice.id);
  return invoice;
}

/** What is billed, less what was credited and what is under way already. */
async function listReturnable(tx: Transaction, invoice: StoredInvoice): Promise<readonly ReturnableLine[]> {
  const memos = await findInvoices(tx, { credits: invoice.id });
  const open = (await findReturns(tx, { invoice: invoice.id })).filter(({ state }) => state === 'authorised');
  const shipped = await loadShippedForInvoice(tx, invoice.id);
  return invoice.lines.map(({ position, item = '', unit = '', quantity }) => {
    const credited = memos.flatMap(({ lines }) => lines).filter((line) => line.credits === position);
    const underWay = open.flatMap(({ lines }) => lines).filter((line) => line.invoicePosition === position);
    const taken = [...credited.map((line) => line.quantity), ...underWay.map((line) => line.authorised)];
    const sum = taken.reduce((all, one) => all.plus(one), toBig('0'));
    const serials = shipped.find((one) => one.position === position)?.serials ?? [];
    return { position, item, unit, quantity, taken: fromBig(sum), serials };
  });
}

async function listRestocked(
  tx: Transaction,
  invoice: string,
  lines: readonly ReturnedLine[],
  warehouse: string | undefined,
): Promise<readonly Restocked[]> {
  const shipped = await loadShippedForInvoice(tx, invoice);
  return lines.flatMap((line) => {
    const left = shipped.find(({ position }) => position === line.invoicePosition);
    const to = warehouse ?? left?.warehouse ?? undefined;
    if (left === undefined || to === undefined || toBig(line.restocked).eq('0')) return [];
    return [
      { item: line.item, warehouse: to, quantity: inStockUnit(line.restocked, left), serials: line.serials },
    ];
  });
}

function inStockUnit(quantity: Decimal, { quantity: of, stockQuantity }: ShippedForInvoice): Decimal {
  return fromBig(divide(toBig(quantity).times(stockQuantity), toBig(of)));
}

function listOrders({ lines }: StoredInvoice): readonly string[] {
  return [...new Set(lines.flatMap(({ order }) => order ?? []))];
}
