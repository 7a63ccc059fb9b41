import type { Certificate } from '../certificate/certificate.ts';
import type { Id } from '../exchange/records.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { HandlingUnit } from '../shipment/shipment.ts';
import type { ShippedGoods } from '../shipment/shipped.ts';
import { dropAbsent } from './describe-order.ts';
import type { MailModels } from './mail-model.ts';
import type { MailAttachment, MailDraft } from './mail-record.ts';

type About = Pick<MailModels['shipped'], 'company' | 'partner'>;

/** What stands behind all mails that are drafted here. */
type Drafting = {
  readonly about: About;
  /** Orders that it is about, the first one's thread is that of the mail. */
  readonly orders: readonly { readonly id: Id; readonly content: PurchaseOrder }[];
  readonly test: boolean;
  readonly attachments?: readonly MailAttachment[] | undefined;
};

/** Once for each version of a shipment that is told. `links`: by SCAC, where tracking numbers are looked up. */
export function draftShippedMail(
  { id, number, version, shipDate, content, lines }: ShippedGoods,
  links: Readonly<Record<string, string>>,
  { about, orders, test, attachments }: Drafting,
): MailDraft {
  const { carrier, units = [], expectedDelivery } = content;
  const all = units.flatMap(listUnits);
  const numbers = new Set([...(carrier?.tracking ?? []), ...all.flatMap(({ tracking }) => tracking ?? [])]);
  const link = carrier?.trackingUrl ?? links[carrier?.scac ?? ''];
  return {
    kind: 'shipped',
    key: `shipped:${id}:${version}`,
    orders: orders.map((order) => order.id),
    test,
    attachments,
    model: {
      ...about,
      shipment: dropAbsent({
        number,
        date: shipDate,
        expectedDelivery,
        carrier: carrier?.name ?? carrier?.scac,
        packages: all.length,
        tracking: [...numbers].map((one) => dropAbsent({ number: one, url: linkTo(link, one) })),
        orders: orders.map(({ content: { poNumber, releaseNumber, orderDate } }) =>
          dropAbsent({ poNumber, releaseNumber, orderDate }),
        ),
        lines: lines.map(({ poNumber, line, item, quantity, unit, lots, serials }) => ({
          poNumber,
          number: line,
          item,
          quantity,
          unit,
          lots: [...lots],
          serials: [...serials],
        })),
      }),
    },
  };
}

function listUnits(unit: HandlingUnit): readonly HandlingUnit[] {
  return [unit, ...(unit.units ?? []).flatMap(listUnits)];
}

/** Only a web address: what a warehouse tells is put into mails as it is. */
function linkTo(link: string | undefined, number: string): string | undefined {
  if (link === undefined || !/^https?:\/\/\S+$/.test(link)) return undefined;
  return link.replaceAll('{number}', encodeURIComponent(number));
}

/** Once for each invoice or credit memo; `due` as its terms have it. */
export function draftInvoiceMail(
  id: Id,
  invoice: Invoice,
  terms: { readonly currency: string; readonly due?: string | undefined },
  { about, orders, test, attachments }: Drafting,
): MailDraft {
  return {
    kind: 'invoice',
    key: `invoice:${id}`,
    orders: orders.map((order) => order.id),
    test,
    attachments,
    model: {
      ...about,
      invoice: dropAbsent({
        number: invoice.invoiceNumber,
        credit: invoice.type === 'credit-memo' || invoice.type === 'credit-invoice',
        date: invoice.invoiceDate,
        due: terms.due,
        currency: invoice.currency ?? terms.currency,
        amount: invoice.totals.amount,
        poNumber: invoice.poNumber,
        lines: invoice.lines.map(({ number, ids, description, quantity, unit, unitPrice }) =>
          dropAbsent({
            number,
            item: ids.find(({ qualifier }) => qualifier === 'VP')?.value,
            description,
            quantity,
            unit,
            price: unitPrice,
          }),
        ),
      }),
    },
  };
}

/** A certificate, and where the page is that confirms it. */
export type CertificateTold = {
  readonly id: Id;
  readonly content: Pick<Certificate, 'number' | 'kind' | 'date' | 'subject' | 'replaces'>;
  readonly url?: string | undefined;
};

/** One mail for certificates that are sent together; `key` says what they belong to: a shipment, a request. */
export function draftCertificateMail(
  key: string,
  certificates: readonly CertificateTold[],
  {
    about,
    orders,
    test,
    attachments,
  }: Omit<Drafting, 'orders'> & { readonly orders: readonly { readonly id: Id }[] },
): MailDraft {
  return {
    kind: 'certificate',
    key: `certificate:${key}`,
    orders: orders.map((order) => order.id),
    test,
    attachments,
    model: {
      ...about,
      certificates: certificates.map(({ content: { number, kind, date, subject, replaces }, url }) =>
        dropAbsent({
          number,
          kind,
          date,
          poNumber: subject.poNumber,
          line: subject.line,
          item: subject.item,
          description: subject.description,
          lot: subject.lot,
          serials: [...(subject.serials ?? [])],
          replaces: replaces?.number,
          url,
        }),
      ),
    },
  };
}
