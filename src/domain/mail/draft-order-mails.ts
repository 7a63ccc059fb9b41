import { isSameData } from '../../lib/same-data.ts';
import type { Id } from '../exchange/records.ts';
import type { OrderDecision } from '../order/order-decision.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import { describeChange, describeOrder } from './describe-order.ts';
import type { MailModels, MailOrder } from './mail-model.ts';
import type { MailDraft } from './mail-record.ts';

type Decided = { readonly content: PurchaseOrder; readonly decision: OrderDecision };

/** An order in a version that was decided just now. */
export type OrderVersionTold = Decided & {
  readonly order: Id;
  readonly version: number;
  readonly test: boolean;
  readonly state: 'open' | 'closed' | 'cancelled';
  /** The version before it; absent of the first. */
  readonly before?: Decided | undefined;
};

type About = Pick<MailModels['order-confirmed'], 'company' | 'partner'>;

/**
 * What a customer is told of a version: that we have it, when it is decided what we do, later what is different. While a
 * person has to decide, nothing more is told.
 */
export function draftOrderMails(one: OrderVersionTold, about: About, currency: string): readonly MailDraft[] {
  const { order, version, test, content, decision, before } = one;
  const common = { orders: [order], test };
  const now = describeOrder(content, decision, currency);
  const told = tellsBefore(before) ? describeOrder(before.content, before.decision, currency) : undefined;
  const plain = (
    kind: 'order-received' | 'order-confirmed' | 'order-rejected' | 'backordered',
  ): MailDraft => ({
    ...common,
    kind,
    key: `${kind}:${order}:${version}`,
    model: { ...about, order: now },
  });
  return [
    ...(before === undefined ? [plain('order-received')] : []),
    ...draftDecision(one, now, told, plain, (changed) => ({
      ...common,
      kind: 'order-changed',
      key: `order-changed:${order}:${version}`,
      model: { ...about, order: changed },
    })),
  ];
}

function draftDecision(
  { decision: { outcome }, state, before }: OrderVersionTold,
  now: MailOrder,
  told: MailOrder | undefined,
  plain: (kind: 'order-confirmed' | 'order-rejected' | 'backordered') => MailDraft,
  changed: (order: MailModels['order-changed']['order']) => MailDraft,
): readonly MailDraft[] {
  if (state === 'closed') return [];
  if (state === 'cancelled')
    return before?.decision.outcome === 'rejected' ? [] : [changed(describeChange(told ?? now, now, true))];
  if (outcome === 'held') return [];
  if (outcome === 'rejected') return [plain('order-rejected')];
  if (told === undefined)
    return [plain('order-confirmed'), ...(isBackordered(now) ? [plain('backordered')] : [])];
  if (isSameData(told, now)) return [];
  const waits = isBackordered(now) && !isBackordered(told);
  return [changed(describeChange(told, now, false)), ...(waits ? [plain('backordered')] : [])];
}

/** Whether the customer was told of a decision that a change could be measured against. */
function tellsBefore(before: Decided | undefined): before is Decided {
  return before !== undefined && before.decision.outcome !== 'held' && before.decision.outcome !== 'rejected';
}

function isBackordered({ lines }: MailOrder): boolean {
  return lines.some(({ status }) => status === 'backordered' || status === 'partly-backordered');
}
