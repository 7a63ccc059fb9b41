import { draftShippedMail } from '../../domain/mail/draft-shipping-mails.ts';
import type { MailAttachment } from '../../domain/mail/mail-record.ts';
import type { ShippableOrder } from '../../domain/shipment/shipment-facts.ts';
import type { ShippedGoods } from '../../domain/shipment/shipped.ts';
import { enqueue } from '../../jobs/lanes.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import type { Partner } from '../configuration/configuration.ts';
import { getsMails, planMails } from '../mail/plan-mails.ts';
import { printPackingSlip } from '../print/print-packing.ts';
import { NotPrinted } from '../print/print-page.ts';
import { makeException } from '../process/records.ts';
import { makerOf, partnerOf, type Shipping } from './shipping.ts';

/** The packing slip, where the partner wants it; what cannot be printed is asked about, and the mail goes without it. */
async function printSlip(
  shipping: Shipping,
  { file: { mails } }: Partner,
  goods: ShippedGoods,
  orders: readonly ShippableOrder[],
): Promise<readonly MailAttachment[]> {
  if (mails?.attach.includes('packing-slip') !== true) return [];
  const { id, number, partner } = goods;
  try {
    const bytes = printPackingSlip(shipping.context, goods, orders);
    return [{ name: `packing-slip-${number}.pdf`, type: 'application/pdf', bytes }];
  } catch (error) {
    if (!(error instanceof NotPrinted)) throw error;
    const text = `packing slip of shipment ${number}: ${error.message}`;
    const maker = makerOf(shipping, partner);
    await raiseExceptions(shipping.tx, [makeException(maker, 'paper-not-printed', text, { shipment: id })]);
    return [];
  }
}

/** The mail that goods are on their way, once for each version of the shipment, in the transaction that books it. */
export async function mailShipment(
  shipping: Shipping,
  goods: ShippedGoods,
  orders: readonly ShippableOrder[],
): Promise<void> {
  const { tx, company } = shipping;
  const partner = partnerOf(shipping, goods.partner);
  if (partner === undefined || goods.state !== 'shipped' || !getsMails({ company, partner })) return;
  const { ids, now } = makerOf(shipping, partner.id);
  const named = new Set(goods.lines.map(({ order }) => order));
  const about = { company: { name: company.name }, partner: { name: partner.file.name } };
  const draft = draftShippedMail(goods, company.mail?.tracking ?? {}, {
    about,
    orders: orders.filter(({ id }) => named.has(id)).map(({ id, order }) => ({ id, content: order })),
    test: goods.test,
    attachments: await printSlip(shipping, partner, goods, orders),
  });
  await enqueue(tx, await planMails(tx, { company, partner, ids, now }, [draft]));
}
