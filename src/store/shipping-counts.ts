import type { Instant } from '../lib/dates.ts';
import { BILLING_DUE } from './billing.ts';
import { type Database, run, type Statement } from './query.ts';

const NOTICES: Statement = {
  name: 'shipping-count-notices',
  text: `select partner, notice as state, count(*) as shipments from shipment
    where notice in ('waiting', 'stopped') group by 1, 2`,
};

/** Shipments that the partner has not been told of as they are, for metrics. */
export async function countNotices(
  db: Database,
): Promise<
  readonly { readonly partner: string; readonly state: 'waiting' | 'stopped'; readonly shipments: number }[]
> {
  return await run(db, NOTICES, []);
}

const BILLING: Statement = {
  name: 'shipping-count-billing',
  text: `select s.partner, s.billing as state, count(*) as shipments from shipment s
    where ${BILLING_DUE} or s.billing = 'stopped' group by 1, 2`,
};

/** Shipments that could be on an invoice by now and are not, for metrics. */
export async function countUnbilled(
  db: Database,
  now: Instant,
): Promise<
  readonly { readonly partner: string; readonly state: 'due' | 'stopped'; readonly shipments: number }[]
> {
  return await run(db, BILLING, [now]);
}
