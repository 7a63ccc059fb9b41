import { exposureOf } from '../../domain/credit/check-credit.ts';
import type { CreditAccount } from '../../domain/credit/credit.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import type { Ruling } from '../../domain/order/ruling.ts';
import type { BookedOnBlanket, ChangeOfOrder, Paper } from '../../store/explain.ts';
import { describeLine } from './describe-line.ts';
import type { ExplainedOrder, Step } from './explain-order.ts';
import { labelled, sayMoment, sayWait } from './phrases.ts';

/** The order as somebody reads it to the customer on the phone; of one line alone, with all that was considered. */
export function describeOrder(order: ExplainedOrder, only?: string): string[] {
  const lines = only === undefined ? order.lines : order.lines.filter(({ number }) => number === only);
  return [
    describeHeading(order),
    ...(only === undefined
      ? describeWhole(order)
      : labelled('waits', order.waits.map(sayWait(order.reasons)))),
    ...lines.flatMap((line) => ['', ...describeLine(line, order.currency, only !== undefined)]),
    ...(only === undefined ? describeHistory(order) : []),
  ];
}

function describeHeading(order: ExplainedOrder): string {
  const { partner, name, orderDate, shipTo, test, state, version, id } = order;
  const said = [
    `${test ? 'test ' : ''}order ${nameOrder(order)} of ${name ?? partner}`,
    order.type === 'standalone' ? '' : order.type,
    orderDate === undefined ? '' : `dated ${orderDate}`,
    shipTo === '' ? '' : `for ${shipTo}`,
    state === 'open' ? '' : state,
    version === 1 ? '' : `version ${version}`,
    sayOutcome(order),
  ];
  return `${said.filter((one) => one !== '').join(', ')}  [${id}]`;
}

function sayOutcome({ outcome, amount, currency }: ExplainedOrder): string {
  const sum = amount === undefined ? '' : `, ${amount} ${currency} in all`;
  return `${outcome.replaceAll('-', ' ')}${sum}`;
}

function describeWhole(order: ExplainedOrder): string[] {
  return [
    ...labelled(
      'because',
      order.reasons.map(({ text }) => text),
    ),
    ...labelled('credit', order.credit === undefined ? [] : [describeCredit(order.credit)]),
    ...labelled('waits', order.waits.map(sayWait(order.reasons))),
    ...labelled('blanket', order.bookings.map(describeBooking)),
  ];
}

/** What it owes today: what it owed when the order was decided is in the reason. */
function describeCredit(account: CreditAccount): string {
  const { customer, currency, limit, openInvoices, shippedNotInvoiced, acceptedNotShipped } = account;
  const { oldestDue, graceDays } = account;
  const parts = `open invoices ${openInvoices}, shipped and not invoiced ${shippedNotInvoiced}, accepted and not shipped ${acceptedNotShipped}`;
  const due =
    oldestDue === undefined
      ? ''
      : `; its oldest open invoice was due ${oldestDue}, ${graceDays} days of grace`;
  return `today ${customer} owes ${exposureOf(account)} of its limit of ${limit} ${currency}: ${parts}${due}`;
}

function describeBooking({
  poNumber,
  line,
  item,
  unit,
  quantity,
  committed,
  released,
}: BookedOnBlanket): string {
  return `drew ${quantity} ${unit} of ${item} on line ${line} of blanket order ${poNumber}; now ${released} of ${committed} are released`;
}

function describeHistory(order: ExplainedOrder): string[] {
  const told = [
    ...labelled('papers', order.papers.map(describePaper)),
    ...labelled('changes', order.changes.map(describeChange)),
    ...labelled('people', order.rulings.map(describeRuling)),
    ...order.steps.flatMap((step) =>
      labelled(`v${step.from} → v${step.from + 1}`, describeStep(step, order)),
    ),
  ];
  return told.length === 0 ? [] : ['', 'how it came about', ...told];
}

function describePaper({ direction, set, control, acknowledgement, at, id }: Paper): string {
  const answer = acknowledgement === 'none' ? '' : `, 997 ${acknowledgement}`;
  return `${sayMoment(at)} ${direction === 'in' ? 'came' : 'went'} ${set} ${control}${answer}  [${id}]`;
}

function describeChange({ sequence, state, decision, at }: ChangeOfOrder): string {
  const reasons = (decision.reasons ?? []).map(({ text }) => text).join('; ');
  return `${sayMoment(at)} change ${sequence} ${state}${reasons === '' ? '' : `: ${reasons}`}`;
}

function describeRuling({ at, by, reason, line, choice: { kind, ...given } }: Ruling): string {
  const what = Object.entries(given).map(([name, value]) => `, ${name} ${String(value)}`);
  const about = line === undefined ? '' : `line ${line}: `;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${sayMoment(at)} ${by} chose ${about}${kind.replaceAll('-', ' ')}${what.join('')}${why}`;
}

function describeStep({ at, changedBy, outcome, differences }: Step, { papers }: ExplainedOrder): string[] {
  const paper = papers.find(({ id }) => id === changedBy);
  const cause =
    changedBy === undefined
      ? 'decided again here'
      : `by ${paper?.set ?? 'change'} ${paper?.control ?? changedBy}`;
  const { before, after } = outcome;
  return [
    `${sayMoment(at)} ${cause}${before === after ? '' : `, ${before} → ${after}`}`,
    ...(differences.length === 0 ? ['what was ordered stayed the same'] : differences),
  ];
}
