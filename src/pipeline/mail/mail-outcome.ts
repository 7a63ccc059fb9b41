import type { Outcome, Revision } from '../../domain/exchange/records.ts';
import { draftOrderMails, type OrderVersionTold } from '../../domain/mail/draft-order-mails.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { Job } from '../../jobs/lanes.ts';
import type { Database } from '../../store/database.ts';
import { loadThreads } from '../../store/mails.ts';
import { getsMails, planMails, type Telling } from './plan-mails.ts';

/** The mails on what was decided, in the transaction that has saved it. Returns the lane to wake. */
export async function mailOutcome(
  tx: Database,
  outcome: Pick<Outcome, 'orders' | 'documents' | 'revisions'>,
  telling: Telling,
): Promise<readonly Job[]> {
  const { company, partner } = telling;
  if (company === undefined || !getsMails(telling)) return [];
  const about = { company: { name: company.name }, partner: { name: partner.file.name } };
  const versions = [...listNew(outcome), ...(await listRevised(tx, outcome.revisions))];
  const drafts = versions.flatMap((one) => draftOrderMails(one, about, company.currency));
  return await planMails(tx, telling, drafts);
}

function listNew({ orders, documents }: Pick<Outcome, 'orders' | 'documents'>): readonly OrderVersionTold[] {
  const contents = new Map(documents.map(({ id, canonical }) => [id, canonical]));
  return orders.map((order) => ({
    order: order.id,
    version: 1,
    test: order.test,
    state: 'open',
    content: (order.content ?? contents.get(order.document)) as PurchaseOrder,
    decision: order.decision as OrderDecision,
  }));
}

async function listRevised(
  tx: Database,
  revisions: readonly Revision[],
): Promise<readonly OrderVersionTold[]> {
  const threads = await loadThreads(tx, [...new Set(revisions.map(({ order }) => order))]);
  return revisions.map(({ order, before, next }) => ({
    order,
    version: next.version,
    test: threads.get(order)?.test ?? false,
    state: next.state,
    content: next.content as PurchaseOrder,
    decision: next.decision as OrderDecision,
    before: { content: before.content as PurchaseOrder, decision: before.decision as OrderDecision },
  }));
}
