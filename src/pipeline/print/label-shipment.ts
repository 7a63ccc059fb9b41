import type { Context } from '../../context.ts';
import { describeCompany } from '../../domain/partner/describe-company.ts';
import { assert } from '../../lib/assert.ts';
import { describeLabels } from '../../render/label/describe-labels.ts';
import type { StoredShipment } from '../../store/shipments.ts';
import type { LabelJob } from './print-labels.ts';
import { NotPrinted } from './print-page.ts';
import type { PrintedOrder } from './printed-order.ts';

/** A label for each unit of a shipment that has an SSCC. */
export function labelShipment(
  { configuration }: Pick<Context, 'configuration'>,
  goods: StoredShipment,
  orders: readonly PrintedOrder[],
  template?: string,
): LabelJob {
  const { company } = configuration();
  assert(company !== undefined, 'who ships has a company file');
  const shipFrom = describeCompany(company, { role: 'ship-from', code: 'SF' });
  const labels = describeLabels(goods, { shipFrom, orders });
  if (labels.length === 0)
    throw new NotPrinted(`shipment ${goods.number} is packed in no unit that has an SSCC`);
  return { partner: goods.partner, labels, template };
}
