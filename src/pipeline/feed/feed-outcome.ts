import type { Id, Outcome } from '../../domain/exchange/records.ts';
import { type DecidedVersion, makeMessages } from '../../domain/feed/make-message.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { feedJob, type Job } from '../../jobs/lanes.ts';
import type { Database } from '../../store/database.ts';
import { insertMessages, lastTold } from '../../store/feed.ts';
import type { Partner } from '../configuration/configuration.ts';
import { isTold } from '../erp-inbox/erp-mailbox.ts';

type Telling = {
  readonly company: CompanyFile | undefined;
  readonly partner: Pick<Partner, 'id' | 'file'>;
  readonly ids: () => Id;
  readonly now: string;
};

/**
 * What the ERP is told of an outcome, in the transaction that has saved it: with the decision, or not at all. Returns
 * the lane to wake.
 */
export async function feedOutcome(
  tx: Database,
  outcome: Pick<Outcome, 'orders' | 'documents' | 'revisions'>,
  { company, partner, ids, now }: Telling,
): Promise<readonly Job[]> {
  if (company === undefined || !isTold(company.erp)) return [];
  const { erp, currency } = company;
  const versions = listVersions(outcome);
  const told = await lastTold(tx, [...new Set(versions.map(({ order }) => order))]);
  const live = versions.filter(({ order }) => told.has(order));
  const customer = partner.file.customer ?? partner.id;
  const messages = makeMessages(live, told, { ids, now, partner: partner.id, customer, currency, erp });
  await insertMessages(tx, messages);
  return messages.length === 0 ? [] : [feedJob()];
}

/** New orders before what follows on them. */
function listVersions({
  orders,
  documents,
  revisions,
}: Parameters<typeof feedOutcome>[1]): readonly DecidedVersion[] {
  const contents = new Map(documents.map(({ id, canonical }) => [id, canonical]));
  return [
    ...orders.map(
      (order): DecidedVersion => ({
        order: order.id,
        version: 1,
        state: 'open',
        content: (order.content ?? contents.get(order.document)) as PurchaseOrder,
        decision: order.decision as OrderDecision,
      }),
    ),
    ...revisions.map(
      ({ order, next, difference }): DecidedVersion => ({
        order,
        version: next.version,
        state: next.state,
        content: next.content as PurchaseOrder,
        decision: next.decision as OrderDecision,
        differences: difference as DecidedVersion['differences'],
      }),
    ),
  ];
}
