import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import {
  type Authority,
  checkAuthorisedValue,
  type LineAmount,
  readAuthorisedValue,
  splitByAuthority,
} from '../credit/authorised-value.ts';
import { type Docket, holdOrder, isFirmOrder, refuseOrder } from './docket.ts';
import { findRuling, hold, isFirm, type LineDraft, note, stands } from './line-draft.ts';
import { amountOf, foreignCurrency, sumLines } from './price-lines.ts';

/** What the lines that stand come to is not more than the purchase order authorises. */
export function checkValue(docket: Docket): void {
  const { order, facts } = docket;
  const { amount: stated, reason } = readAuthorisedValue(order);
  if (reason !== undefined) holdOrder(docket, 'po-value-exceeded', reason.text);
  const currency = order.currency ?? facts.currency;
  const own = findOwn(docket, stated, currency);
  if (own === undefined) return;
  for (const text of tellForeign(docket, stands))
    holdOrder(docket, 'po-value-exceeded', `${text}, the total that the order authorises in ${currency}`);
  const payers = choosePayers(docket);
  const paidHere = (draft: LineDraft) => stands(draft) && !payers.has(draft);
  const total = sumLines(docket, paidHere);
  if (total === undefined) return;
  const over = checkAuthorisedValue(order.poNumber, [total], own.left, currency);
  const split = facts.policy['over-authority'] === 'split';
  if (over !== undefined && !split) {
    if (facts.policy['over-authority'] === 'reject') refuseOrder(docket, 'po-value-exceeded', over.text);
    else holdOrder(docket, 'po-value-exceeded', over.text);
  } else if (over !== undefined || payers.size > 0) splitLines(docket, own, payers, currency);
}

/** What is left of the order's own authority: of its total (AMT*TT) and of what the customer has listed, the lesser. */
function findOwn(
  { order, facts }: Docket,
  stated: Decimal | undefined,
  currency: string,
): Authority | undefined {
  const { poNumber } = order;
  const listed = facts.authorities?.find((one) => one.poNumber === poNumber && one.currency === currency);
  if (stated === undefined || listed === undefined)
    return stated === undefined ? listed : { poNumber, left: stated, currency };
  return toBig(stated).lt(listed.left) ? { ...listed, left: stated } : listed;
}

/** Lines that a person has put under another purchase order. */
function choosePayers({ drafts }: Docket): ReadonlyMap<LineDraft, string> {
  return new Map(
    drafts.flatMap((draft) => {
      const own = draft.rulings.filter(({ line }) => line !== undefined);
      const ruling = findRuling(own, 'set-po-number');
      return ruling === undefined || !stands(draft) ? [] : [[draft, ruling.choice.poNumber] as const];
    }),
  );
}

/**
 * Each line goes whole to the first purchase order that has enough left: that of the order, then the others of the
 * customer in their order. What none has enough for waits for the number of another one.
 */
function splitLines(
  docket: Docket,
  own: Authority,
  payers: ReadonlyMap<LineDraft, string>,
  currency: string,
): void {
  const { facts } = docket;
  const others = (facts.authorities ?? []).filter(
    ({ poNumber, left }) => poNumber !== own.poNumber && toBig(left).gt(0),
  );
  const named = [...new Set(payers.values())].filter((number) =>
    others.every((one) => one.poNumber !== number),
  );
  let left: readonly Authority[] = [own, ...others];
  for (const [draft, poNumber] of payers) {
    if (named.includes(poNumber)) pay(draft, poNumber, own);
    else left = payFrom(docket, [draft], left, own, currency, poNumber);
  }
  const rest = docket.drafts.filter((draft) => stands(draft) && !payers.has(draft));
  payFrom(docket, rest, left, own, currency);
}

/** What is left after the lines; those that no authority, or not the named one, has enough for are held. */
function payFrom(
  docket: Docket,
  drafts: readonly LineDraft[],
  authorities: readonly Authority[],
  own: Authority,
  currency: string,
  only?: string,
): readonly Authority[] {
  // By place: several lines may have one number.
  const amounts = drafts.flatMap((draft, i): LineAmount[] => {
    const amount = foreignCurrency(docket, draft) === undefined ? amountOf(draft) : undefined;
    return amount === undefined ? [] : [{ line: String(i), amount: fromBig(amount) }];
  });
  const usable = authorities.filter(({ poNumber }) => only === undefined || poNumber === only);
  const { shares, unauthorised } = splitByAuthority(amounts, usable, currency);
  for (const { poNumber, lines } of shares)
    for (const place of lines) pay(drafts[Number(place)]!, poNumber, own);
  for (const { line: place, amount } of unauthorised) {
    const told = usable.map(({ poNumber, left }) => `${poNumber}: ${left}`).join(', ');
    const text = `its ${amount} ${currency} are more than any purchase order has left (${told}): the number of another one is needed`;
    hold(drafts[Number(place)]!, 'IH', 'needs-po-number', text);
  }
  const after = new Map(shares.map(({ poNumber, left }) => [poNumber, left]));
  return authorities.map((one) => ({ ...one, left: after.get(one.poNumber) ?? one.left }));
}

function pay(draft: LineDraft, poNumber: string, own: Authority): void {
  if (poNumber === own.poNumber) return;
  draft.paidBy = poNumber;
  note(draft, 'authority-split', `done and billed under purchase order ${poNumber}`);
}

/** What the lines that stand in the end use of the authorities that the customer has listed. */
export function sumAuthorised(
  docket: Docket,
): readonly { readonly poNumber: string; readonly amount: Decimal }[] {
  const { order, facts, drafts } = docket;
  if (!isFirmOrder(docket)) return [];
  const listed = new Set(facts.authorities?.map(({ poNumber }) => poNumber));
  const used = Map.groupBy(
    drafts.filter((draft) => isFirm(draft) && foreignCurrency(docket, draft) === undefined),
    ({ paidBy = order.poNumber }) => paidBy,
  );
  return [...used]
    .filter(([poNumber]) => listed.has(poNumber))
    .map(([poNumber, lines]) => {
      const amount = lines.reduce((sum, draft) => sum.plus(amountOf(draft) ?? 0), toBig('0'));
      return { poNumber, amount: fromBig(amount) };
    });
}

export function tellForeign(docket: Docket, which: (draft: LineDraft) => boolean): string[] {
  return docket.drafts.filter(which).flatMap((draft) => {
    const foreign = foreignCurrency(docket, draft);
    return foreign === undefined ? [] : [`line ${draft.line.number} is in ${foreign}`];
  });
}
