import { draftInvoiceMail } from '../../domain/mail/draft-shipping-mails.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { enqueue } from '../../jobs/lanes.ts';
import type { InvoiceRecord } from '../../store/invoices.ts';
import { getsMails, planMails } from '../mail/plan-mails.ts';
import { printInvoice } from '../print/print-invoice.ts';
import type { Revising } from '../revise/save-revision.ts';

/** The mail that tells of an invoice or a credit memo, with its PDF, in the transaction that makes it. */
export async function mailInvoice(
  { context, tx, company, partner, maker }: Revising,
  invoice: InvoiceRecord & { readonly lines: readonly { readonly item?: string | undefined }[] },
  orders: readonly { readonly id: string; readonly content: PurchaseOrder }[],
): Promise<void> {
  const { mails } = partner.file;
  if (mails === undefined || !mails.send.includes('invoice') || !getsMails({ company, partner })) return;
  const { id, number, content, currency, due, test } = invoice;
  const pdf = mails.attach.includes('invoice')
    ? [{ name: `${number}.pdf`, type: 'application/pdf', bytes: printInvoice(context, invoice) }]
    : [];
  const about = { company: { name: company.name }, partner: { name: partner.file.name } };
  const draft = draftInvoiceMail(id, content, { currency, due }, { about, orders, test, attachments: pdf });
  const { ids, now } = maker;
  await enqueue(tx, await planMails(tx, { company, partner, ids, now }, [draft]));
}
