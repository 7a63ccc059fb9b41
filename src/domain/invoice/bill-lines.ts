import type { Big } from '../../lib/big.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, roundMoney } from '../../lib/money.ts';
import { nameOrder } from '../order/name-order.ts';
import type { Reason } from '../reason.ts';
import type { ShippedGoods, ShippedLine } from '../shipment/shipped.ts';
import {
  type Adjustment,
  adjustPart,
  agreedAdjustments,
  type InvoiceAdjustment,
  readAdjustments,
  writeAdjustment,
} from './adjust.ts';
import type { BilledLine, BilledOrder, BillingFacts, FigureSource } from './billing.ts';
import type { InvoiceLine } from './invoice.ts';
import { extendLine } from './total-invoice.ts';

export type BilledLines = {
  readonly lines: readonly InvoiceLine[];
  readonly billed: readonly BilledLine[];
  /** Of all lines, with their allowances and charges. */
  readonly amount: Big;
  readonly figures: readonly FigureSource[];
  readonly reasons: readonly Reason[];
};

/** IT1: one for each line of an order in each shipment, at the price that the order was answered with. */
export function billLines(facts: BillingFacts): BilledLines {
  const lines: InvoiceLine[] = [];
  const billed: BilledLine[] = [];
  const figures: FigureSource[] = [];
  const reasons: Reason[] = [];
  const before = new Map<string, Big>();
  let amount = toBig('0');
  const several = listPaying(facts).length > 1;
  for (const shipment of facts.shipments) {
    for (const shipped of shipment.lines) {
      const one = billLine(facts, shipment, shipped, before);
      if ('code' in one) {
        reasons.push(one);
        continue;
      }
      const position = lines.length;
      const poNumber = findPaying(facts, shipped);
      lines.push(several ? nameEachOrder(one.line, { ...shipped, poNumber }, position, facts) : one.line);
      billed.push({ ...one.billed, position: position + 1 });
      figures.push(...one.figures.map(({ path, from }) => ({ path: `lines[${position}].${path}`, from })));
      amount = amount.plus(one.billed.amount);
    }
  }
  return { lines, billed, amount, figures, reasons };
}

type Billed = {
  readonly line: InvoiceLine;
  readonly billed: Omit<BilledLine, 'position'>;
  readonly figures: readonly FigureSource[];
};

function billLine(
  { orders, currency, rounding }: BillingFacts,
  { id: shipment, number }: ShippedGoods,
  shipped: ShippedLine,
  before: Map<string, Big>,
): Billed | Reason {
  const order = orders.find(({ id }) => id === shipped.order)!;
  const ordered = order.order.lines[shipped.orderPosition - 1];
  const decision = order.decision.lines[shipped.orderPosition - 1];
  const named = `${nameOrder(shipped)} line ${shipped.line}`;
  if (ordered === undefined || decision === undefined)
    return { code: 'line-unknown', text: `${named} was shipped and is not in the order any more` };
  const price = decision.price ?? ordered.unitPrice;
  const basis = decision.priceBasis ?? ordered.priceBasis ?? 'PE';
  if (price === undefined) return { code: 'price-missing', text: `${named} has no price to bill` };
  const { quantity, unit } = shipped;
  const decimals = decimalsOf(currency);
  const goods = extendLine({ quantity, unitPrice: price, priceBasis: basis }, rounding, decimals);
  if (goods === undefined)
    return { code: 'price-basis-unknown', text: `${named}: price basis ${basis} cannot be reckoned with` };

  const key = `${shipped.order} ${shipped.orderPosition}`;
  const billedBefore = before.get(key) ?? toBig(order.invoiced.get(shipped.orderPosition) ?? '0');
  before.set(key, billedBefore.plus(quantity));
  const whole = decision.quantity ?? ordered.quantity ?? quantity;
  const share = { before: fromBig(billedBefore), now: quantity, whole };
  const round = (value: Big) => roundMoney(value, rounding, decimals);
  const adjusted = listAdjustments(order, shipped.orderPosition - 1, named).flatMap((adjustment) => {
    const part = adjustPart(adjustment, goods, share, round);
    const written = writeAdjustment(adjustment, part);
    return written === undefined ? [] : [{ adjustment, part, written }];
  });
  const amount = adjusted.reduce(
    (sum, { adjustment, part }) => (adjustment.indicator === 'charge' ? sum.plus(part) : sum.minus(part)),
    goods,
  );
  const allowanceCharges: InvoiceAdjustment[] = adjusted.map(({ written }) => written);
  return {
    line: {
      number: shipped.line,
      quantity,
      unit,
      unitPrice: price,
      priceBasis: basis,
      ids: ordered.ids,
      ...(ordered.description === undefined ? {} : { description: ordered.description }),
      ...(allowanceCharges.length === 0 ? {} : { allowanceCharges }),
    },
    billed: {
      order: shipped.order,
      orderPosition: shipped.orderPosition,
      shipment,
      item: shipped.item,
      quantity,
      unit,
      price,
      basis,
      amount: fromBig(amount),
    },
    figures: [
      { path: 'number', from: `${named}, PO101` },
      { path: 'quantity', from: `shipment ${number}: what was packed of ${named}` },
      { path: 'unit', from: `shipment ${number}` },
      {
        path: 'unitPrice',
        from: `${named}, ${decision.price === undefined ? 'as ordered' : 'as it was answered'}`,
      },
      { path: 'priceBasis', from: named },
      { path: 'ids', from: `${named}, as the buyer names the item` },
      { path: 'description', from: named },
      ...adjusted.map(({ adjustment }, i) => ({
        path: `allowanceCharges[${i}]`,
        from: adjustment.from,
      })),
    ],
  };
}

/** The orders that pay for what was shipped: the one that ordered it, or the one that a line was split off to. */
export function listPaying(facts: BillingFacts): readonly string[] {
  const named = facts.shipments.flatMap(({ lines }) =>
    lines.map((line) => JSON.stringify([findPaying(facts, line), line.releaseNumber])),
  );
  return [...new Set(named)].map((one) => (JSON.parse(one) as [string])[0]);
}

function findPaying({ orders }: BillingFacts, { order: id, orderPosition, poNumber }: ShippedLine): string {
  const decided = orders.find((order) => order.id === id)?.decision.lines[orderPosition - 1];
  return decided?.paidBy ?? poNumber;
}

/** What our agreement says counts; what the order asks for, where there is none. */
function listAdjustments({ order, decision }: BilledOrder, at: number, named: string): readonly Adjustment[] {
  const agreed = agreedAdjustments(decision.lines[at]!, `${named}: the agreement that its price comes from`);
  return agreed.length > 0 ? agreed : readAdjustments(order.lines[at]!.allowanceCharges, `${named}, SAC`);
}

/** BIG04 names one order; where an invoice is for several, each line names its own. */
function nameEachOrder(
  line: InvoiceLine,
  { order, poNumber, releaseNumber, line: number }: ShippedLine,
  at: number,
  facts: BillingFacts,
): InvoiceLine {
  const own = facts.orders.find(({ id }) => id === order);
  return {
    ...line,
    number: String(at + 1),
    references: [
      { qualifier: 'PO', value: poNumber },
      ...(releaseNumber === '' ? [] : [{ qualifier: 'RE', value: releaseNumber }]),
      { qualifier: 'LI', value: number },
      ...(own === undefined ? [] : repeatReferences(own, facts)),
    ],
  };
}

/** Those of the order that the partner wants on the invoice as well, such as the department. */
export function repeatReferences(
  { order }: Pick<BilledOrder, 'order'>,
  { references: wanted = [] }: Pick<BillingFacts, 'references'>,
) {
  return (order.references ?? []).filter(({ qualifier }) => wanted.includes(qualifier));
}
