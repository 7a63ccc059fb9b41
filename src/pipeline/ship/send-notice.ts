import { describeCompany } from '../../domain/partner/describe-company.ts';
import { buildNotice } from '../../domain/shipment/build-notice.ts';
import type { NoticeOrder } from '../../domain/shipment/describe-levels.ts';
import type { ShippedGoods } from '../../domain/shipment/shipped.ts';
import { assert } from '../../lib/assert.ts';
import type { Revising, Sent } from '../revise/save-revision.ts';
import { sendUnasked } from '../revise/send-unasked.ts';

export type NoticeTask = {
  readonly goods: ShippedGoods;
  /** In the order in which the lines of the shipment name them. */
  readonly orders: readonly NoticeOrder[];
  readonly purpose: 'original' | 'replace' | 'cancel';
};

/**
 * Sends the 856 of a shipment in the transaction that books it. Throws AnswerNotWritten, before anything is stored,
 * where the partner's map cannot write it.
 */
export async function sendNotice(revising: Revising, task: NoticeTask): Promise<Sent> {
  const { partner, company, maker } = revising;
  const policy = partner.file.send['856'];
  assert(policy !== undefined, `${partner.id} wants no 856`);
  const { goods, orders, purpose } = task;
  const document = buildNotice(goods, {
    purpose,
    today: maker.now.slice(0, 10),
    time: maker.now.slice(11, 16),
    policy,
    shipFrom: describeCompany(company, { role: 'ship-from', code: 'SF' }),
    orders,
  });
  const order = orders[0]?.id;
  return await sendUnasked(revising, { set: '856', functionalId: 'SH', document, order, test: goods.test });
}
