import type { Context } from '../../context.ts';
import type { Party } from '../../domain/document.ts';
import type { Invoice } from '../../domain/invoice/invoice.ts';
import { totalInvoice } from '../../domain/invoice/total-invoice.ts';
import { writeAddress, writeOwnAddress } from '../../domain/partner/describe-company.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { unitsPerBasis } from '../../domain/pricing/price-basis.ts';
import { assert } from '../../lib/assert.ts';
import { fromBig, negate, toBig } from '../../lib/decimal.ts';
import type { Addressee } from '../../render/page/models/addressee.ts';
import type { CreditMemoPage, InvoicePage } from '../../render/page/models/billing-models.ts';
import type { InvoiceRecord } from '../../store/invoices.ts';
import { printPage } from './print-page.ts';

type Printed = Pick<InvoiceRecord, 'partner' | 'kind' | 'content' | 'currency' | 'due'> & {
  /** One for each line of the content: our item number. */
  readonly lines: readonly { readonly item?: string | undefined }[];
};

/** The PDF of an invoice or credit memo: the same figures as on its 810. */
export function printInvoice(context: Context, invoice: Printed): Uint8Array {
  const { company, partners } = context.configuration();
  assert(company !== undefined, 'who bills has a company file');
  const { partner, kind, content } = invoice;
  const rounding = partners.get(partner)?.file.orders.rounding ?? 'half-up';
  const page = describeBill(invoice, company, partners.get(partner)?.file.name ?? partner, rounding);
  if (kind === 'invoice') return printPage(context, partner, 'documents/invoice', page);
  return printPage(context, partner, 'documents/credit-memo', describeCredit(page, content));
}

function describeBill(
  { content, currency, due, lines: billed }: Printed,
  company: CompanyFile,
  customer: string,
  rounding: 'half-up' | 'half-even',
): InvoicePage {
  const { parties = [], lines, totals, poNumber } = content;
  const sums = totalInvoice(content, rounding);
  const shipTo = parties.find(({ role }) => role === 'ship-to');
  const billTo = parties.find(({ role }) => role === 'bill-to') ?? shipTo;
  const remitTo = parties.find(({ role }) => role === 'remit-to');
  const charges = [
    ...lines.flatMap(({ number = '', allowanceCharges = [] }) =>
      allowanceCharges.map((one) => label(one, `line ${number}`)),
    ),
    ...(content.allowanceCharges ?? []).map((one) => label(one)),
  ];
  const [terms] = content.paymentTerms ?? [];
  const poNumbers = poNumber === undefined ? listPoNumbers(content) : [poNumber];
  return {
    date: content.invoiceDate,
    number: content.invoiceNumber,
    currency,
    seller: describeSeller(company),
    billTo: billTo === undefined ? { name: customer, address: [] } : describeParty(billTo),
    ...(shipTo === undefined ? {} : { shipTo: describeParty(shipTo) }),
    poNumbers,
    lines: lines.map((line, i) => describeLine(line, billed[i]?.item, sums?.lines[i] ?? '0')),
    subtotal: fromBig((sums?.lines ?? []).reduce((sum, one) => sum.plus(one), toBig('0'))),
    charges,
    taxes: (content.taxes ?? []).map(({ type, percent = '', amount = '0' }) => ({
      label: `${TAXES[type] ?? type} ${percent} %`,
      amount,
    })),
    total: totals.amount,
    ...(due === undefined ? {} : { due }),
    ...(terms === undefined ? {} : { terms: describeTerms(terms) }),
    ...(terms?.discountDate === undefined || totals.discount === undefined || totals.discounted === undefined
      ? {}
      : { discount: { until: terms.discountDate, amount: totals.discount, payable: totals.discounted } }),
    shipments: (content.references ?? [])
      .filter(({ qualifier, value }) => qualifier === 'PK' && value !== undefined)
      .map(({ value }) => ({
        number: value!,
        date: content.dates?.find(({ qualifier }) => qualifier === '011')?.date ?? content.invoiceDate,
      })),
    ...(remitTo === undefined ? {} : { remitTo: describeParty(remitTo) }),
  };
}

type Line = Invoice['lines'][number];

function describeLine(line: Line, ours: string | undefined, amount: string): InvoicePage['lines'][number] {
  const {
    number = '',
    quantity = '0',
    unit = '',
    unitPrice = '0',
    priceBasis = 'PE',
    ids,
    description,
  } = line;
  const per = unitsPerBasis(priceBasis) ?? 1;
  const reference = (qualifier: string) => line.references?.find((one) => one.qualifier === qualifier)?.value;
  const poNumber = reference('PO');
  const customerItem = findId(ids, ['BP', 'IN', 'PN', 'SK']);
  return {
    ...(poNumber === undefined ? {} : { poNumber }),
    line: reference('LI') ?? number,
    item: ours ?? findId(ids, ['VP', 'VN']) ?? ids[0]?.value ?? '',
    ...(customerItem === undefined ? {} : { customerItem }),
    ...(description === undefined ? {} : { description }),
    quantity,
    unit,
    price: unitPrice,
    ...(per === 1 ? {} : { per: String(per) }),
    amount,
  };
}

function findId(ids: Line['ids'], qualifiers: readonly string[]): string | undefined {
  return ids.find(({ qualifier }) => qualifiers.includes(qualifier))?.value;
}

function listPoNumbers({ lines }: Invoice): string[] {
  const named = lines.flatMap(({ references = [] }) =>
    references.filter(({ qualifier }) => qualifier === 'PO'),
  );
  return [...new Set(named.flatMap(({ value }) => value ?? []))];
}

type Charge = NonNullable<Invoice['allowanceCharges']>[number];

/** SAC02 in words, where the invoice gives none. */
const CHARGES: Readonly<Record<string, string>> = {
  C310: 'Discount',
  D240: 'Freight',
  D500: 'Handling',
  D750: 'Restocking',
  F050: 'Allowance',
};

/** TXI01 in words. */
const TAXES: Readonly<Record<string, string>> = {
  ST: 'Sales tax',
  SU: 'Sales and use tax',
  GS: 'Goods and services tax',
  VA: 'Value added tax',
  LS: 'Local sales tax',
};

function label({ indicator, code = '', description, percent, amount = '0' }: Charge, of?: string) {
  const name = description ?? CHARGES[code] ?? (indicator === 'charge' ? 'Charge' : 'Allowance');
  const share = percent === undefined ? '' : ` ${percent} %`;
  return {
    label: `${name}${share}${of === undefined ? '' : `, ${of}`}`,
    amount: indicator === 'charge' ? amount : fromBig(toBig(amount).times('-1')),
  };
}

type Terms = NonNullable<Invoice['paymentTerms']>[number];

function describeTerms({ discountPercent, discountDays, netDays, description }: Terms): string {
  if (description !== undefined) return description;
  const discount = discountPercent === undefined ? '' : `${discountPercent} % ${discountDays ?? ''} days, `;
  return `${discount}net ${netDays ?? ''} days`;
}

function describeSeller({ name, address, contact }: CompanyFile): Addressee {
  const reach = [contact.phone, contact.mail, contact.web].filter((one) => one !== undefined).join(' · ');
  return { name, address: [...writeOwnAddress(address)], ...(reach === '' ? {} : { contact: reach }) };
}

export function describeParty({ name, id, names = [], address }: Party): Addressee {
  return {
    name: name ?? id ?? '',
    address: [...names, ...writeAddress(address)],
    ...(id === undefined ? {} : { number: id }),
  };
}

/** A credit memo shows what is given back above zero, whatever sign its 810 carries. */
function describeCredit(
  {
    due: _due,
    terms: _terms,
    discount: _discount,
    shipments: _shipments,
    remitTo: _remitTo,
    payment: _payment,
    ...bill
  }: InvoicePage,
  content: Invoice,
): CreditMemoPage {
  const reference = (wanted: string) =>
    content.references?.find(({ qualifier }) => qualifier === wanted)?.value;
  const returned = reference('RZ');
  const signed = bill.total.startsWith('-');
  const turn = <T extends { readonly amount: string }>(one: T): T =>
    signed ? { ...one, amount: negate(one.amount) } : one;
  return {
    ...bill,
    lines: bill.lines.map((line) => ({
      ...turn(line),
      quantity: signed ? negate(line.quantity) : line.quantity,
    })),
    subtotal: signed ? negate(bill.subtotal) : bill.subtotal,
    charges: bill.charges.map(turn),
    taxes: bill.taxes.map(turn),
    total: signed ? negate(bill.total) : bill.total,
    invoiceNumber: reference('IV') ?? '',
    reason: returned === undefined ? 'Correction' : 'Return of goods',
    ...(returned === undefined ? {} : { returnNumber: returned }),
  };
}
