import type { Decimal } from '../../lib/decimal.ts';
import { amendHeader } from './amend-header.ts';
import { amendLine } from './amend-line.ts';
import type { ChangeOfLine } from './change-decision.ts';
import type { QuantityMeaning } from './change-quantity.ts';
import { type AmendedLine, at, deleteLine, type LineLimits, type Question } from './line-limits.ts';
import type { OrderChange, OrderChangeLine } from './order-change.ts';
import type { LineStatus, Reason } from './order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';

/** What bounds a change, beside what it says. */
export type AmendState = {
  /** By line number: shipped, or released from a blanket order. */
  readonly drawn: ReadonlyMap<string, Decimal>;
  readonly drawnBy: LineLimits['drawnBy'];
  readonly meaning?: QuantityMeaning | undefined;
  readonly rulings: readonly Ruling[];
  /** Lines of the change, by their place in it, that are refused for what the changed order would lead to. */
  readonly refused: ReadonlyMap<number, Refusal>;
};

export type Refusal = { readonly status: LineStatus; readonly reasons: readonly Reason[] };

export type Amendment = {
  readonly order: PurchaseOrder;
  /** What was done for each line of the change, and each line that a replacement leaves out. */
  readonly lines: readonly LineAmendment[];
  /** What of the heading, or of the change as a whole, was not made. */
  readonly refused: readonly Reason[];
  readonly questions: readonly (Question & { readonly line?: string | undefined })[];
};

export type LineAmendment = {
  /** Place in the change; absent for a line that it does not name. */
  readonly index?: number | undefined;
  readonly number: string;
  readonly change: ChangeOfLine;
  readonly result: AmendedLine['kind'] | 'added';
  readonly reasons: readonly Reason[];
  /** A line that is not in the amended order: as it was, or as it was asked for. */
  readonly gone?: PurchaseOrderLine | undefined;
  readonly status?: LineStatus | undefined;
};

/** The order as the change would have it, and line by line what was done or why it was not. */
export function amendOrder(order: PurchaseOrder, change: OrderChange, state: AmendState): Amendment {
  const header = amendHeader(order, change, state.drawnBy === 'shipped' ? state.drawn : new Map());
  const sheet: Sheet = { lines: [...order.lines], done: [], questions: [] };
  change.lines.forEach((asked, index) => {
    const refusal = state.refused.get(index);
    takeLine(
      sheet,
      { asked: change.purpose === 'replace' ? restate(asked, order) : asked, index, refusal },
      state,
    );
  });
  if (change.purpose === 'replace') dropUnnamed(sheet, order, state);
  return {
    order: { ...header.order, lines: sheet.lines },
    lines: sheet.done,
    refused: [...header.refused, ...listUnread(change)],
    questions: sheet.questions,
  };
}

type Sheet = {
  readonly lines: PurchaseOrderLine[];
  readonly done: LineAmendment[];
  readonly questions: (Question & { readonly line?: string | undefined })[];
};

type Asked = {
  readonly asked: OrderChangeLine;
  readonly index: number;
  readonly refusal: Refusal | undefined;
};

function takeLine(sheet: Sheet, { asked, index, refusal: found }: Asked, state: AmendState): void {
  const change = { word: asked.change, code: asked.changeCode };
  const place = findLine(sheet.lines, asked);
  const line = place === undefined ? undefined : sheet.lines[place];
  const number = line?.number ?? asked.number ?? nextNumber(sheet.lines);
  const refusal = found ?? refuseByRuling(number, state.rulings);
  const wanted = (): PurchaseOrderLine => makeLine(asked, number);
  const refuse = ({ status, reasons }: Refusal) =>
    sheet.done.push({
      index,
      number,
      change,
      result: 'refused',
      reasons,
      status,
      gone: line === undefined ? wanted() : undefined,
    });
  if (asked.change === 'add') {
    if (line !== undefined)
      return void refuse(refuseAs('line-exists', `${at(line)}: cannot be added, the order has it already`));
    if (refusal !== undefined) return void refuse(refusal);
    sheet.lines.push(wanted());
    sheet.done.push({ index, number, change, result: 'added', reasons: [] });
    return;
  }
  if (line === undefined || place === undefined)
    return void refuse(refuseAs('line-unknown', missing(asked, sheet.lines)));
  if (refusal !== undefined) return void refuse(refusal);
  const made = amendLine(line, asked, limitsOf(line.number, state));
  record(sheet, place, { index, number, change }, made);
}

function record(
  sheet: Sheet,
  place: number,
  head: Pick<LineAmendment, 'index' | 'number' | 'change'>,
  made: AmendedLine,
): void {
  const line = sheet.lines[place]!;
  switch (made.kind) {
    case 'deleted':
      sheet.lines.splice(place, 1);
      sheet.done.push({ ...head, result: made.kind, reasons: [], gone: line });
      return;
    case 'unclear':
      sheet.questions.push(...made.questions.map((question) => ({ ...question, line: line.number })));
      sheet.done.push({ ...head, result: made.kind, reasons: made.questions });
      return;
    case 'refused':
      sheet.done.push({ ...head, result: made.kind, reasons: made.reasons });
      return;
    default:
      sheet.lines[place] = made.line;
      sheet.done.push({ ...head, result: made.kind, reasons: made.reasons });
  }
}

/** A replacement states every line in full, whatever its code says has changed. */
function restate(asked: OrderChangeLine, order: PurchaseOrder): OrderChangeLine {
  if (asked.change === 'delete') return asked;
  if (findLine(order.lines, asked) === undefined) return { ...asked, change: 'add' };
  if (asked.change === 'add') return { ...asked, change: 'replace' };
  const kept = ['replace', 'quantity-increase', 'quantity-decrease', 'other'].includes(asked.change);
  return kept ? asked : { ...asked, change: 'change' };
}

function dropUnnamed(sheet: Sheet, order: PurchaseOrder, state: AmendState): void {
  const named = new Set(sheet.done.map(({ number }) => number));
  for (const { number } of order.lines) {
    if (named.has(number)) continue;
    const place = sheet.lines.findIndex((line) => line.number === number);
    const made = deleteLine(sheet.lines[place]!, limitsOf(number, state));
    record(sheet, place, { number, change: { word: 'delete', code: 'DI' } }, made);
  }
}

/** Takes out everything: what a cancelled order amounts to. */
export function cancelLines(order: PurchaseOrder, state: AmendState): Amendment {
  const sheet: Sheet = { lines: [...order.lines], done: [], questions: [] };
  dropUnnamed(sheet, order, state);
  return { order: { ...order, lines: sheet.lines }, lines: sheet.done, refused: [], questions: [] };
}

function limitsOf(number: string, { drawn, drawnBy, meaning, rulings }: AmendState): LineLimits {
  const own = rulings.filter(({ line }) => line === undefined || line === number);
  const quantity = own.flatMap(({ choice, line }) =>
    choice.kind === 'set-quantity' && line === number ? [choice.quantity] : [],
  );
  return {
    drawn: drawn.get(number) ?? '0',
    drawnBy,
    meaning,
    ruledQuantity: quantity.at(-1),
    overridden: new Set(own.flatMap(({ choice }) => (choice.kind === 'override' ? choice.codes : []))),
  };
}

function refuseByRuling(number: string, rulings: readonly Ruling[]): Refusal | undefined {
  const ruling = rulings.find(({ line, choice }) => line === number && choice.kind === 'reject');
  if (ruling === undefined) return undefined;
  return refuseAs(
    'refused-by-person',
    `line ${number}: refused by ${ruling.by}${ruling.reason === undefined ? '' : `: ${ruling.reason}`}`,
  );
}

function refuseAs(code: string, text: string): Refusal {
  return { status: 'IR', reasons: [{ code, text }] };
}

function missing({ number, ids }: OrderChangeLine, lines: readonly PurchaseOrderLine[]): string {
  const twice = lines.some((line) => line.number === number);
  if (twice) return `line ${number}: the order has more than one line of this number`;
  if (number !== undefined) return `line ${number}: the order has no such line`;
  const named = ids.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ') || 'no product id';
  return `a line without a number (${named}): it is not clear which line of the order is meant`;
}

/** By POC01; where the buyer writes `1` for `001`, or no number at all, the one line that it can be. */
function findLine(
  lines: readonly PurchaseOrderLine[],
  { number, ids, change }: OrderChangeLine,
): number | undefined {
  const places = (is: (line: PurchaseOrderLine) => boolean) =>
    lines.flatMap((line, i) => (is(line) ? [i] : []));
  const only = (found: readonly number[]) => (found.length === 1 ? found[0] : undefined);
  if (number !== undefined) {
    const bare = number.replace(/^0+(?=.)/, '');
    const exact = places((line) => line.number === number);
    // A number that the order has twice is taken, and a change of it could mean either line.
    if (exact.length > 0) return change === 'add' ? exact[0] : only(exact);
    return only(places((line) => line.number.replace(/^0+(?=.)/, '') === bare));
  }
  if (change === 'add') return undefined;
  return only(
    places((line) =>
      line.ids.some((own) => ids.some((id) => id.qualifier === own.qualifier && id.value === own.value)),
    ),
  );
}

function nextNumber(lines: readonly PurchaseOrderLine[]): string {
  const numbers = lines.map(({ number }) => (/^\d{1,9}$/.test(number) ? Number(number) : 0));
  return String(Math.max(0, lines.length, ...numbers) + 1);
}

function makeLine(asked: OrderChangeLine, number: string): PurchaseOrderLine {
  const { change: _change, changeCode: _code, quantityLeft: _left, ...line } = asked;
  return { ...line, number };
}

/** What no field holds is kept with the change, and told: it might have been meant to change something. */
function listUnread({ unmapped = [] }: OrderChange): Reason[] {
  if (unmapped.length === 0) return [];
  const places = [...new Set(unmapped.map((segment) => segment.at))].join(', ');
  return [{ code: 'not-processed', text: `not processed by rule, and so without effect: ${places}` }];
}
