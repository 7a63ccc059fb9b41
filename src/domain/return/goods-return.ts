import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Id } from '../exchange/records.ts';
import type { Reason } from '../reason.ts';

/** Goods that come back: authorised against lines of an invoice, received, restocked or scrapped, credited. */
export type GoodsReturn = {
  readonly id: Id;
  /** The number that the customer writes on the parcel. */
  readonly number: string;
  readonly partner: string;
  readonly invoice: Id;
  readonly invoiceNumber: string;
  readonly reason: string;
  readonly state: 'authorised' | 'received' | 'credited' | 'refused';
  readonly lines: readonly ReturnedLine[];
};

/** Quantities in the unit of the line of the invoice. */
export type ReturnedLine = {
  readonly position: number;
  /** Place of the line in the invoice, from 1. */
  readonly invoicePosition: number;
  readonly item: string;
  readonly authorised: Decimal;
  readonly received: Decimal;
  readonly restocked: Decimal;
  readonly scrapped: Decimal;
  readonly serials: readonly string[];
};

/** A line of the invoice, as far as it may come back. */
export type ReturnableLine = {
  readonly position: number;
  readonly item: string;
  readonly unit: string;
  readonly quantity: Decimal;
  /** Credited before, or authorised and not received yet. */
  readonly taken: Decimal;
  /** Of what was shipped; empty where the item is not serialised. */
  readonly serials: readonly string[];
};

export type AskedLine = {
  readonly invoicePosition: number;
  readonly quantity: Decimal;
  readonly serials?: readonly string[] | undefined;
};

/** Lines that may come back, or every reason why they may not. */
export function authoriseReturn(
  asked: readonly AskedLine[],
  invoice: readonly ReturnableLine[],
): { readonly lines: readonly ReturnedLine[]; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const lines: ReturnedLine[] = [];
  const refuse: Refuse = (code, text) => {
    reasons.push({ code, text });
  };
  if (asked.length === 0) refuse('nothing-to-return', 'no line is named to return');
  const seen = new Set<number>();
  for (const { invoicePosition, quantity, serials = [] } of asked) {
    const line = invoice.find(({ position }) => position === invoicePosition);
    if (line === undefined) refuse('line-unknown', `the invoice has no line ${invoicePosition}`);
    else if (seen.has(invoicePosition)) refuse('line-twice', `line ${invoicePosition} is named twice`);
    else {
      seen.add(invoicePosition);
      refuseQuantity(line, quantity, refuse);
      refuseSerials(line, quantity, serials, refuse);
      const nothing = { received: '0', restocked: '0', scrapped: '0' };
      const position = lines.length + 1;
      lines.push({ position, invoicePosition, item: line.item, authorised: quantity, ...nothing, serials });
    }
  }
  return { lines, reasons };
}

type Refuse = (code: string, text: string) => void;

function refuseQuantity(
  { position, quantity, taken, unit }: ReturnableLine,
  asked: Decimal,
  refuse: Refuse,
): void {
  const left = toBig(quantity).minus(taken);
  if (toBig(asked).gt('0') && toBig(asked).lte(left)) return;
  const text = `line ${position}: ${asked} ${unit} cannot come back, ${fromBig(left)} of ${quantity} may`;
  refuse('quantity-too-much', text);
}

function refuseSerials(
  { position, serials: shipped }: ReturnableLine,
  quantity: Decimal,
  serials: readonly string[],
  refuse: Refuse,
): void {
  const foreign = serials.filter((serial) => !shipped.includes(serial));
  if (foreign.length > 0)
    refuse('serial-unknown', `line ${position}: ${foreign.join(', ')} were not shipped with it`);
  if (shipped.length > 0 && !toBig(quantity).eq(String(new Set(serials).size)))
    refuse('serials-missing', `line ${position}: expected ${quantity} serials, got ${serials.length}`);
}

/** What the warehouse found in the parcel. */
export type Received = {
  readonly position: number;
  readonly restocked: Decimal;
  readonly scrapped: Decimal;
  /** Of a serialised item: which came, good or not. */
  readonly restockedSerials?: readonly string[] | undefined;
  readonly scrappedSerials?: readonly string[] | undefined;
};

/** Each piece that came is one of those that were authorised, and each is named. */
function refuseReceivedSerials(
  { position, serials }: ReturnedLine,
  { restocked, scrapped, restockedSerials = [], scrappedSerials = [] }: Received,
  refuse: Refuse,
): void {
  const named = [...restockedSerials, ...scrappedSerials];
  const foreign = named.filter((serial) => !serials.includes(serial));
  if (foreign.length > 0)
    refuse('serial-unknown', `line ${position}: ${foreign.join(', ')} were not authorised to come back`);
  if (serials.length === 0) return;
  const wanted = toBig(restocked).plus(scrapped);
  if (!wanted.eq(String(new Set(named).size)) || !toBig(restocked).eq(String(restockedSerials.length)))
    refuse(
      'serials-missing',
      `line ${position}: expected the serials of the ${fromBig(wanted)} that came, got ${named.length}`,
    );
}

/** The return as it is once it was received; what came beyond what was authorised is refused, and stays the customer's. */
export function receiveReturn(
  goods: Pick<GoodsReturn, 'number' | 'state' | 'lines'>,
  received: readonly Received[],
): { readonly lines: readonly ReturnedLine[]; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const refuse: Refuse = (code, text) => {
    reasons.push({ code, text });
  };
  if (goods.state !== 'authorised')
    refuse('return-not-open', `return ${goods.number} is ${goods.state} already`);
  for (const { position } of received)
    if (!goods.lines.some((line) => line.position === position))
      refuse('line-unknown', `return ${goods.number} has no line ${position}`);
  const lines = goods.lines.map((line) => {
    const own = received.filter(({ position }) => position === line.position);
    const restocked = own.reduce((sum, one) => sum.plus(one.restocked), toBig('0'));
    const scrapped = own.reduce((sum, one) => sum.plus(one.scrapped), toBig('0'));
    const came = restocked.plus(scrapped);
    if (own.some((one) => toBig(one.restocked).lt('0') || toBig(one.scrapped).lt('0')))
      refuse('quantity-negative', `line ${line.position}: a quantity below zero`);
    for (const one of own) refuseReceivedSerials(line, one, refuse);
    if (came.gt(line.authorised))
      refuse(
        'received-over-authorised',
        `line ${line.position}: ${fromBig(came)} came, ${line.authorised} are authorised`,
      );
    const back = own.flatMap(({ restockedSerials = [] }) => restockedSerials);
    const serials = line.serials.length === 0 ? [] : back;
    const sums = { received: fromBig(came), restocked: fromBig(restocked), scrapped: fromBig(scrapped) };
    return { ...line, ...sums, serials };
  });
  if (lines.every((line) => toBig(line.received).eq('0')))
    refuse('nothing-received', `nothing of return ${goods.number} came`);
  return { lines, reasons };
}
