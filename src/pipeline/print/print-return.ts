import type { Context } from '../../context.ts';
import { writeOwnAddress } from '../../domain/partner/describe-company.ts';
import { assert } from '../../lib/assert.ts';
import { findInvoices } from '../../store/invoices.ts';
import type { StoredReturn } from '../../store/returns.ts';
import { describeParty } from './print-invoice.ts';
import { printPage } from './print-page.ts';

/** What the customer puts into the parcel with what comes back. */
export async function printReturn(context: Context, goods: StoredReturn): Promise<Uint8Array> {
  const { company, partners } = context.configuration();
  const [invoice] = await findInvoices(context.db, { id: goods.invoice });
  assert(company !== undefined && invoice !== undefined, `return ${goods.number} has an invoice of ours`);
  const { content, lines: billed } = invoice;
  const shipTo = content.parties?.find(({ role }) => role === 'ship-to');
  const named = content.poNumber === undefined ? [] : [content.poNumber];
  const name = partners.get(goods.partner)?.file.name ?? goods.partner;
  return printPage(context, goods.partner, 'documents/return-authorisation', {
    date: goods.at.slice(0, 10),
    number: goods.number,
    customer: shipTo === undefined ? { name, address: [] } : describeParty(shipTo),
    returnTo: { name: company.name, address: [...writeOwnAddress(company.address)] },
    invoiceNumber: goods.invoiceNumber,
    poNumbers: named,
    reason: goods.reason,
    lines: goods.lines.map(({ position, invoicePosition, item, authorised, serials }) => {
      const line = content.lines[invoicePosition - 1];
      return {
        line: String(position),
        item,
        ...(line?.description === undefined ? {} : { description: line.description }),
        quantity: authorised,
        unit: billed.find((one) => one.position === invoicePosition)?.unit ?? '',
        ...(serials.length === 0 ? {} : { serials: [...serials] }),
      };
    }),
  });
}
