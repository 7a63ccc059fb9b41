import { assert } from '../../lib/assert.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { acknowledgeLine, nameParty } from './acknowledge-order.ts';
import type { ChangeDecision, ChangedLine, ChangeOfLine, OrderVersion } from './change-decision.ts';
import type { OrderChange } from './order-change.ts';
import type {
  OrderChangeAcknowledgement,
  OrderChangeAcknowledgementLine,
} from './order-change-acknowledgement.ts';
import type { LineDecision } from './order-decision.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

type AnswerTerms = { readonly today: PlainDate; readonly split: 'BP' | 'IA-IB' };

/**
 * The answer to a change: the whole order as it stands, every line once with its outcome (X12 865). Undefined where
 * nothing is to be answered yet.
 */
export function acknowledgeChange(
  change: OrderChange,
  decision: ChangeDecision,
  terms: AnswerTerms,
): OrderChangeAcknowledgement | undefined {
  const type = chooseType(decision);
  if (type === undefined) return undefined;
  const order = decision.stands?.order;
  const { purpose, purposeCode, changeSequence, requestNumber, changeDate, orderDate } = change;
  return {
    ...stateOrder(decision.stands, terms.today),
    purpose,
    ...pick({ purposeCode, type, changeSequence, requestNumber, changeDate }),
    poNumber: change.poNumber,
    ...pick({ releaseNumber: change.releaseNumber, orderDate: orderDate ?? order?.orderDate ?? terms.today }),
    ...(order === undefined ? { orderType: change.type, ...pick({ orderTypeCode: change.typeCode }) } : {}),
    lines: decision.lines.map((line) => answerLine(line, terms.split)),
  };
}

/**
 * The same of our own accord, when a person has ruled on an order that was answered before: what differs from that
 * answer is what we ask the buyer to agree to. BCA02 stays empty, as no change is answered.
 */
export function announceChange(
  before: OrderVersion,
  after: OrderVersion,
  shipped: ReadonlyMap<string, Decimal>,
  terms: AnswerTerms,
): OrderChangeAcknowledgement {
  assert(
    after.order.lines.length === after.decision.lines.length,
    'a decision answers every line of its order',
  );
  const { poNumber, releaseNumber, orderDate } = after.order;
  return {
    ...stateOrder(after, terms.today),
    purpose: after.state === 'cancelled' ? 'cancel' : 'change',
    poNumber,
    ...pick({ releaseNumber, orderDate: orderDate ?? terms.today }),
    lines: after.order.lines.map((line, i) => {
      const decision = after.decision.lines[i]!;
      const was = before.decision.lines[before.order.lines.findIndex(({ number }) => number === line.number)];
      const change = nameOurChange(line, was, decision);
      const sent = shipped.get(line.number) ?? '0';
      return answerLine(
        { line, change, status: decision.status, decision, reasons: [], shipped: sent },
        terms.split,
      );
    }),
  };
}

/** BCA02. */
function chooseType({ outcome, repeats, lines }: ChangeDecision): string | undefined {
  switch (outcome === 'repeated' ? (repeats ?? 'waiting') : outcome) {
    case 'accepted':
      return 'AT';
    case 'accepted-with-changes':
      return 'AC';
    case 'held':
      return lines.every(({ status }) => ['IH', 'IE', 'IF'].includes(status)) ? 'AH' : 'AC';
    case 'rejected':
      return lines.length === 0 ? 'RJ' : 'RD';
    default:
      return undefined;
  }
}

function stateOrder(stands: OrderVersion | undefined, today: PlainDate) {
  const head = { kind: 'order-change-acknowledgement', acknowledgedOn: today } as const;
  if (stands === undefined) return head;
  const { source: _source, lines: _lines, unmapped: _unmapped, kind: _kind, ...order } = stands.order;
  const {
    purpose: _purpose,
    purposeCode: _code,
    acknowledgementType: _type,
    customerOrderNumber: _number,
    ...terms
  } = order;
  const { type: orderType, typeCode, parties, totalAmounts: _totals, load: _load, ...rest } = terms;
  return {
    ...head,
    ...rest,
    ...pick({ orderType, orderTypeCode: typeCode, parties: parties?.map(nameParty) }),
  };
}

function answerLine(changed: ChangedLine, split: AnswerTerms['split']): OrderChangeAcknowledgementLine {
  const { line, change, status, shipped } = changed;
  const decision: LineDecision = {
    ...(changed.decision ?? { reasons: [], price: line.unitPrice, priceBasis: line.priceBasis }),
    status,
  };
  const { outcomes, ...answered } = acknowledgeLine(line, decision, split);
  const { quantity, unit } = answered;
  return {
    ...line,
    ...answered,
    ...pick({ references: joinReferences(line, answered) }),
    change: change.word as OrderChangeAcknowledgementLine['change'],
    changeCode: change.code,
    // POC03 takes POC04 and POC05 with it (C030405 in 004010); what is deleted has nothing left to come.
    ...(quantity === undefined || unit === undefined
      ? {}
      : { quantityLeft: leaveOver(quantity, shipped, status) }),
    outcomes: status === 'ID' ? [{ status }] : outcomes,
  };
}

function joinReferences(
  { references: own = [] }: PurchaseOrderLine,
  { references = [] }: Pick<OrderChangeAcknowledgementLine, 'references'>,
) {
  const all = [...own, ...references];
  return all.length === 0 ? undefined : all;
}

function leaveOver(quantity: Decimal, shipped: Decimal, status: string): Decimal {
  if (status === 'ID') return '0';
  const left = toBig(quantity).minus(shipped);
  return left.lt(0) ? '0' : fromBig(left);
}

/** POC02 of what our new answer changes against the one before. */
function nameOurChange(
  line: PurchaseOrderLine,
  was: LineDecision | undefined,
  now: LineDecision,
): ChangeOfLine {
  if (was === undefined) return { word: 'change', code: 'CA' };
  if (now.status === 'ID') return { word: 'delete', code: 'DI' };
  const repriced = was.price !== now.price || was.priceBasis !== now.priceBasis;
  const requantified = (was.quantity ?? line.quantity) !== (now.quantity ?? line.quantity);
  const redated = firstDay(was) !== firstDay(now);
  if (was.item !== now.item) return { word: 'change', code: 'CA' };
  if (repriced && requantified) return { word: 'price-and-quantity-change', code: 'PQ' };
  if (repriced) return { word: 'price-change', code: 'PC' };
  if (requantified && redated) return { word: 'reschedule-and-quantity-change', code: 'RQ' };
  if (requantified) {
    const less = toBig(now.quantity ?? line.quantity ?? '0').lt(was.quantity ?? line.quantity ?? '0');
    return less ? { word: 'quantity-decrease', code: 'QD' } : { word: 'quantity-increase', code: 'QI' };
  }
  if (redated) return { word: 'reschedule', code: 'RS' };
  return was.status === now.status ? { word: 'no-change', code: 'NC' } : { word: 'change', code: 'CA' };
}

function firstDay({ promises, ships }: LineDecision): PlainDate | undefined {
  return promises?.[0]?.ships ?? ships;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that nothing stands under: absent is absent. */
function pick<T extends Readonly<Record<string, unknown>>>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
