import type { Big } from '../../lib/big.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, roundMoney } from '../../lib/money.ts';
import type { Party } from '../document.ts';
import type { Reason } from '../reason.ts';
import { adjustPart, type InvoiceAdjustment, readAdjustments, writeAdjustment } from './adjust.ts';
import { type BilledLines, billLines, listPaying, repeatReferences } from './bill-lines.ts';
import type { Bill, BillingFacts, FigureSource } from './billing.ts';
import { chooseTerms } from './choose-terms.ts';
import type { Invoice } from './invoice.ts';
import { matchInvoice } from './match-invoice.ts';

/**
 * The invoice for what was shipped (X12 810): shipped quantities at the price that the order was answered with, charges and
 * allowances, freight, tax, terms. It is matched against order and shipment by a second reckoning before it may leave.
 */
export function billShipments(facts: BillingFacts): Bill {
  const { today, number, orders, currency, remitTo } = facts;
  const goods = billLines(facts);
  const { lines, billed, figures } = goods;
  const summed = sumUp(facts, goods);
  const { terms, due, discount } = chooseTerms(facts, summed.net);
  const [paying, ...others] = listPaying(facts);
  const [only] = orders.length === 1 && others.length === 0 ? orders : [];
  const parties = [remitTo, ...listParties(facts)];
  const ofShipments = listReferences(facts);
  const repeated = only === undefined ? [] : repeatReferences(only, facts);
  const references = [...ofShipments, ...repeated];
  const invoice: Invoice = {
    kind: 'invoice',
    invoiceDate: today,
    invoiceNumber: number,
    type: 'debit-invoice',
    ...(only === undefined || paying === undefined ? {} : nameOrder(only.order, paying)),
    currency,
    ...(references.length === 0 ? {} : { references }),
    parties,
    paymentTerms: [terms],
    dates: [{ qualifier: '011', date: lastShipDate(facts) }],
    lines: [...lines],
    totals: {
      amount: fromBig(summed.amount),
      ...(discount === undefined
        ? {}
        : {
            discountable: fromBig(summed.net),
            discounted: fromBig(summed.amount.minus(discount)),
            discount,
          }),
    },
    ...(summed.taxes.length === 0 ? {} : { taxes: summed.taxes }),
    ...describeCarriage(facts),
    ...(summed.allowanceCharges.length === 0 ? {} : { allowanceCharges: summed.allowanceCharges }),
    ...describeLoad(facts),
  };
  return {
    invoice,
    lines: billed,
    amount: invoice.totals.amount,
    currency,
    due,
    figures: [
      ...figures,
      ...summed.figures,
      ...headFigures(facts),
      ...repeated.map((_, i) => ({ path: `references[${ofShipments.length + i}]`, from: 'the order, REF' })),
    ],
    reasons: [...goods.reasons, ...summed.reasons, ...matchInvoice(invoice, billed, facts)],
  };
}

type Summed = {
  /** Before tax and freight: what a terms discount is taken of. */
  readonly net: Big;
  readonly amount: Big;
  readonly allowanceCharges: InvoiceAdjustment[];
  readonly taxes: NonNullable<Invoice['taxes']>;
  readonly figures: readonly FigureSource[];
  readonly reasons: readonly Reason[];
};

/** An amount for the order as a whole is billed at once. */
const WHOLE = { before: '0', now: '1', whole: '1' };

function sumUp(
  { orders, shipments, currency, rounding, taxes: rates }: BillingFacts,
  { billed, amount: goods }: BilledLines,
): Summed {
  const decimals = decimalsOf(currency);
  const round = (value: Big) => roundMoney(value, rounding, decimals);
  const allowanceCharges: InvoiceAdjustment[] = [];
  const figures: FigureSource[] = [];
  const reasons: Reason[] = [];
  let net = goods;
  const add = (written: InvoiceAdjustment, from: string) => {
    figures.push({ path: `allowanceCharges[${allowanceCharges.length}]`, from });
    allowanceCharges.push(written);
  };
  for (const { id, order, chargesBilled } of orders) {
    const own = billed.filter((line) => line.order === id);
    const base = own.reduce((sum, { amount }) => sum.plus(amount), toBig('0'));
    for (const adjustment of readAdjustments(order.allowanceCharges, `${order.poNumber}, SAC of the order`)) {
      const { rate, indicator, code } = adjustment;
      if (rate.kind === 'per-unit') {
        const text = `${order.poNumber}: ${indicator} ${code} is ${rate.amount} for each of something that the order does not name`;
        reasons.push({ code: 'charge-unclear', text });
        continue;
      }
      if (rate.kind === 'amount' && chargesBilled) continue;
      const amount = adjustPart(adjustment, base, WHOLE, round);
      const written = writeAdjustment(adjustment, amount);
      if (written === undefined) continue;
      add(written, adjustment.from);
      net = indicator === 'charge' ? net.plus(amount) : net.minus(amount);
    }
  }
  let freight = toBig('0');
  for (const { number, content } of shipments) {
    if (content.freight === undefined || toBig(content.freight.amount).eq('0')) continue;
    const amount = round(toBig(content.freight.amount));
    freight = freight.plus(amount);
    const charge = { indicator: 'charge', code: 'D240', amount: fromBig(amount), handling: '06' } as const;
    add({ ...charge, description: 'FREIGHT' }, `shipment ${number}: its freight`);
  }
  const taxes = rates.flatMap(({ type, percent, jurisdiction, onFreight }, i) => {
    const base = onFreight ? net.plus(freight) : net;
    const amount = round(base.times(percent).times('0.01'));
    figures.push({ path: `taxes[${i}]`, from: `${percent} % of ${fromBig(base)}, tax rate ${type}` });
    return [
      {
        type,
        amount: fromBig(amount),
        percent,
        ...(jurisdiction === undefined ? {} : { jurisdictionQualifier: 'CD', jurisdiction }),
      },
    ];
  });
  const tax = taxes.reduce((sum, one) => sum.plus(one.amount), toBig('0'));
  return { net, amount: net.plus(freight).plus(tax), allowanceCharges, taxes, figures, reasons };
}

/** BIG04 names who pays; the date and the release are those of the order that was shipped. */
function nameOrder({ orderDate, releaseNumber }: BillingFacts['orders'][number]['order'], poNumber: string) {
  return {
    ...(orderDate === undefined ? {} : { orderDate }),
    poNumber,
    ...(releaseNumber === undefined ? {} : { releaseNumber }),
  };
}

/** Where it goes and who pays, as the order names them. */
function listParties({ orders }: BillingFacts): readonly Party[] {
  const [first] = orders;
  const wanted = (first?.order.parties ?? []).filter(({ role }) => role === 'ship-to' || role === 'bill-to');
  return wanted.map(({ contacts: _contacts, references: _references, ...party }) => party);
}

function listReferences({ shipments }: BillingFacts) {
  const packing = shipments.map(({ number }) => ({ qualifier: 'PK', value: number }));
  const lading = shipments.flatMap(({ content }) => content.carrier?.billOfLading ?? []);
  return [...packing, ...[...new Set(lading)].map((value) => ({ qualifier: 'BM', value }))];
}

function lastShipDate({ shipments, today }: BillingFacts) {
  return (
    shipments
      .map(({ shipDate }) => shipDate)
      .toSorted()
      .at(-1) ?? today
  );
}

/** CAD wants the carrier or its routing. */
function describeCarriage({ shipments }: BillingFacts): Pick<Invoice, 'carriage'> {
  const [first, ...more] = shipments;
  const { scac, name, mode, proNumber, tracking = [] } = first?.content.carrier ?? {};
  if (more.length > 0 || (scac === undefined && name === undefined)) return {};
  const reference = proNumber ?? tracking[0];
  return {
    carriage: {
      ...(mode === undefined ? {} : { mode }),
      ...(scac === undefined ? {} : { carrier: scac }),
      ...(name === undefined ? {} : { routing: name }),
      ...(reference === undefined ? {} : { referenceQualifier: 'CN', reference }),
    },
  };
}

function describeLoad({ shipments }: BillingFacts): Pick<Invoice, 'shipments'> {
  const weighed = shipments.flatMap(({ content }) => content.weight ?? []);
  if (weighed.length === 0) return {};
  return { shipments: weighed.map(({ value, unit }) => ({ weight: value, weightUnit: unit })) };
}

function headFigures({ orders }: BillingFacts): readonly FigureSource[] {
  const agreed = orders[0]?.order.paymentTerms?.length;
  const terms = agreed === undefined || agreed === 0 ? 'our terms with the customer' : 'the order, ITD';
  return [
    { path: 'invoiceNumber', from: 'our series of invoice numbers' },
    { path: 'invoiceDate', from: 'the day on which it was billed' },
    { path: 'currency', from: 'the order, CUR02, or our own currency' },
    { path: 'references', from: 'the shipments that are billed' },
    { path: 'parties', from: 'the order, N1' },
    { path: 'parties[0]', from: 'company.yaml: where the money goes' },
    { path: 'dates', from: 'the last shipment that is billed' },
    { path: 'carriage', from: 'the shipment' },
    { path: 'shipments', from: 'the weight of each shipment' },
    { path: 'poNumber', from: 'the order, BEG03' },
    { path: 'orderDate', from: 'the order, BEG05' },
    { path: 'paymentTerms[0]', from: terms },
    { path: 'totals.amount', from: 'lines, less allowances, with charges, freight and tax' },
    { path: 'totals.discountable', from: 'lines, less allowances, with charges; without freight and tax' },
    { path: 'totals.discounted', from: 'the total, less the discount of the terms' },
    { path: 'totals.discount', from: terms },
    { path: 'type', from: 'it asks for money for what was shipped: BIG07 DI' },
  ];
}
