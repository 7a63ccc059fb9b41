import type { Context } from '../../context.ts';
import type { Awaiting } from '../../store/certificates.ts';
import type { Transaction } from '../../store/database.ts';
import { resolveException } from '../../store/exceptions.ts';
import { findShipment } from '../../store/shipments.ts';
import { billAgain } from '../bill/bill-again.ts';
import { reviewShipment } from '../ship/review-shipment.ts';
import { partnerOf, startShipping } from '../ship/shipping.ts';
import { loadCertificatesOf } from './load-certificates.ts';

const BY = 'causeway';

/**
 * The ship notice, or the invoice, that waited for certificates leaves once all are there. Whoever brings a certificate and
 * whoever ships wakes the lane that asks this with its commit, so neither can miss the other.
 */
export async function releaseCertified(
  context: Context,
  tx: Transaction,
  { exception, waits, partner, shipments }: Awaiting,
): Promise<void> {
  const shipping = startShipping(context, tx);
  const policy = partnerOf(shipping, partner)?.file.send.certificates;
  for (const id of shipments) {
    const goods = (await findShipment(tx, id))!;
    if (policy !== undefined && (await loadCertificatesOf(tx, goods, policy)).missing.length > 0) return;
    if (waits === 'notice') await reviewShipment(shipping, goods, BY);
  }
  if (waits === 'notice') return;
  const resolution = { at: shipping.now, by: BY, resolution: 'each of the goods has its certificate' };
  if (await resolveException(tx, exception, resolution)) await billAgain(tx, exception, 'again');
}
