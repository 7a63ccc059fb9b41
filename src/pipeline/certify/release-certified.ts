import type { Context } from '../../context.ts';
import { type Awaiting, listAwaiting } from '../../store/certificates.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { resolveException } from '../../store/exceptions.ts';
import { lockShipmentNumber } from '../../store/shipment-facts.ts';
import { findShipment } from '../../store/shipments.ts';
import { billAgain } from '../bill/bill-again.ts';
import { reviewShipment } from '../ship/review-shipment.ts';
import { partnerOf, startShipping } from '../ship/shipping.ts';
import { loadCertificatesOf } from './load-certificates.ts';

const BY = 'causeway';

/**
 * Ship notices and invoices that waited for certificates leave once all are there. Whoever brings a certificate and whoever
 * ships wakes this lane with the commit, so neither can miss the other.
 */
export async function releaseCertified(context: Context, signal: AbortSignal): Promise<void> {
  for (const awaiting of await listAwaiting(context.db)) {
    if (signal.aborted) return;
    await inTransaction(context.db, async (tx) => await release(context, tx, awaiting));
  }
}

async function release(
  context: Context,
  tx: Transaction,
  { exception, waits, partner, shipments }: Awaiting,
): Promise<void> {
  const shipping = startShipping(context, tx);
  const policy = partnerOf(shipping, partner)?.file.send.certificates;
  const found = await Promise.all(shipments.map((id) => findShipment(tx, id)));
  const goods = found.filter((one) => one !== undefined);
  for (const { number } of goods) await lockShipmentNumber(tx, number);
  for (const { lines } of goods) {
    if (policy !== undefined && (await loadCertificatesOf(tx, { lines }, policy)).missing.length > 0) return;
  }
  if (waits === 'notice') {
    for (const one of goods) await reviewShipment(shipping, one, BY);
    return;
  }
  const resolution = { at: shipping.now, by: BY, resolution: 'each of the goods has its certificate' };
  if (await resolveException(tx, exception, resolution)) await billAgain(tx, exception, 'again');
}
