import { fromBig, toBig } from '../../lib/decimal.ts';
import type { ReceivingAdvice } from '../receiving/receiving-advice.ts';
import { matchPlanLine, type NamedLine, type PlanMatch } from './match-plan-line.ts';
import { convertQuantity } from './match-release-line.ts';
import type { PlanDecision, PlanFacts } from './plan.ts';
import { askOf, type PlanSheet, placeOf, startSheet, tellOf } from './plan-sheet.ts';

type ReceivedLine = ReceivingAdvice['lines'][number];

/** Books what arrived of blanket orders; what arrived otherwise than it should is asked of a person. */
export function decideReceipt(advice: ReceivingAdvice, facts: PlanFacts): PlanDecision {
  const sheet = startSheet();
  if (advice.purpose !== 'original' && advice.purpose !== 'duplicate') {
    const text = `purpose ${advice.purposeCode ?? `"${advice.purpose}"`} is not processed by rule: nothing is booked`;
    askOf(sheet, 'BRA', 'plan-unclear', text);
    return { ...sheet, repeated: false };
  }
  if (facts.settled === undefined) tellCondition(advice, sheet);
  for (const [index, line] of advice.lines.entries()) {
    if (facts.settled?.has(index + 1) === true) continue;
    const place = placeOf('RCD', index);
    if (takeLine(line, nameLine(line, advice), place, { advice, facts, sheet }))
      sheet.settled.push(index + 1);
  }
  return { ...sheet, repeated: false };
}

/** BRA06: what is wrong with all of it. */
function tellCondition({ condition, conditionCode, adviceNumber }: ReceivingAdvice, sheet: PlanSheet): void {
  if (condition === undefined || condition === 'good') return;
  const name = condition === 'other' ? `code ${conditionCode}` : condition;
  askOf(sheet, 'BRA', 'receipt-differs', `receiving advice ${adviceNumber} as a whole: ${name}`);
}

/** PRF of the line, or else of the whole. */
function nameLine({ items = [], orders, references = [] }: ReceivedLine, advice: ReceivingAdvice): NamedLine {
  const order = orders?.[0] ?? advice.orders?.[0];
  const ids = items.flatMap((item) => item.ids);
  const id = (code: string) => ids.find(({ qualifier }) => qualifier === code)?.value;
  return {
    ids,
    poNumber: order?.poNumber ?? id('PO') ?? references.find(({ qualifier }) => qualifier === 'PO')?.value,
    contractNumber: order?.contractNumber,
    poLine: order?.line ?? id('PL'),
  };
}

type Receiving = { readonly advice: ReceivingAdvice; readonly facts: PlanFacts; readonly sheet: PlanSheet };

/** True when nothing of the line is left to book. */
function takeLine(line: ReceivedLine, named: NamedLine, place: string, receiving: Receiving): boolean {
  const { facts, sheet } = receiving;
  const { poNumber } = named;
  const isBlanket = facts.blankets.some((blanket) => blanket.poNumber === poNumber);
  if (poNumber !== undefined && !isBlanket && facts.orders.has(poNumber)) {
    tellOf(sheet, place, 'received', `order ${poNumber} is no blanket order: nothing is booked on one`);
    tellDifferences(line, place, `order ${poNumber}`, undefined, sheet);
    return true;
  }
  const match = matchPlanLine(named, facts.blankets, facts.catalogue);
  if (match.kind === 'unmatched') {
    askOf(sheet, place, 'plan-line-unknown', match.text);
    return false;
  }
  return bookReceived(line, match, place, receiving);
}

function bookReceived(
  line: ReceivedLine,
  { blanket, line: on, item }: Extract<PlanMatch, { kind: 'matched' }>,
  place: string,
  { advice, sheet }: Receiving,
): boolean {
  const name = `line ${on.number} of blanket order ${blanket.poNumber}`;
  const unit = line.receivedUnit ?? on.unit;
  const quantity = line.received === undefined ? '0' : convertQuantity(item, line.received, unit, on.unit);
  if (quantity === undefined) {
    const text = `${line.received} ${unit} cannot be counted in ${on.unit}, the unit of ${name}`;
    askOf(sheet, place, 'plan-unclear', text, on.number);
    return false;
  }
  if (!toBig(quantity).eq(0)) {
    const reference = `receiving advice ${advice.adviceNumber}`;
    sheet.bookings.push({ blanket: blanket.id, line: on.number, kind: 'receive', quantity, reference });
    tellOf(sheet, place, 'received', `${name}: ${quantity} ${on.unit} received`);
  }
  tellDifferences(line, place, name, on.number, sheet);
  const received = toBig(on.received).plus(quantity);
  // Where shipments are not booked here, there is nothing to set it against.
  if (toBig(on.shipped).gt(0) && received.gt(on.shipped)) {
    const text = `${name}: ${fromBig(received)} ${on.unit} received in all, ${on.shipped} shipped`;
    askOf(sheet, place, 'receipt-differs', text, on.number);
  }
  return true;
}

/** RCD04 to RCD20: what was sent back, damaged, short, over. */
function tellDifferences(
  { discrepancies = [], returned, returnedUnit }: ReceivedLine,
  place: string,
  name: string,
  number: string | undefined,
  sheet: PlanSheet,
): void {
  const wrong = discrepancies
    .filter(({ condition }) => condition !== 'good')
    .map(({ quantity, unit, condition, conditionCode }) => {
      const what = condition === 'other' ? `under condition code ${conditionCode}` : condition;
      return `${quantity} ${unit} ${what}`;
    });
  if (returned !== undefined && !toBig(returned).eq(0))
    wrong.push(`${returned} ${returnedUnit ?? ''} sent back`);
  if (wrong.length > 0) askOf(sheet, place, 'receipt-differs', `${name}: ${wrong.join(', ')}`, number);
}
