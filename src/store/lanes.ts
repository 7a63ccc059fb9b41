import type { Instant } from '../lib/dates.ts';
import { BILLING_DUE } from './billing.ts';
import { CERTIFICATES_DUE, UNPRINTED_CERTIFICATE } from './certificates.ts';
import { FREE_MESSAGE } from './feed.ts';
import { FREE_MAIL, SERVER_FREE } from './mail-sending.ts';
import { type Database, run, type Statement } from './query.ts';

/** Work that waits in our own tables, whatever the queue says: what the safety sweep compares it with. */
export type WaitingWork =
  | { readonly kind: 'process'; readonly partner: string }
  | { readonly kind: 'deliver'; readonly partner: string; readonly channel: string }
  | { readonly kind: 'feed' }
  | { readonly kind: 'mail' }
  | { readonly kind: 'ship' }
  | { readonly kind: 'certify' }
  | { readonly kind: 'bill' };

/*
 * The loose index scan visits each partner once, however many files wait: only the oldest file of a partner
 * can be claimed, so only its moment counts.
 */
const WAITING: Statement = {
  name: 'lane-waiting',
  text: `
    with recursive partners as (
      (select partner from file where state = 'received' order by partner limit 1)
      union all
      select (select partner from file f where f.state = 'received' and f.partner > p.partner
        order by partner limit 1)
      from partners p where p.partner is not null
    )
    select 'process' as kind, p.partner, null as channel
    from partners p
    cross join lateral (
      select next_attempt_at from file f where f.state = 'received' and f.partner = p.partner
      order by seq limit 1
    ) oldest
    where p.partner is not null and (oldest.next_attempt_at is null or oldest.next_attempt_at <= $1)
    union all
    select distinct 'deliver', partner, channel from delivery
    where state = 'pending' and (next_attempt_at is null or next_attempt_at <= $1)
    union all
    (select 'feed', null, null from feed_message m
      where ${FREE_MESSAGE} and (m.next_attempt_at is null or m.next_attempt_at <= $1) limit 1)
    union all
    (select 'mail', null, null from mail_recipient r join mail m on m.id = r.mail_id
      where ${FREE_MAIL} and (r.next_attempt_at is null or r.next_attempt_at <= $1) and ${SERVER_FREE} limit 1)
    union all
    (select 'mail', null, null from mail_recipient where state = 'sending' limit 1)
    union all
    (select 'ship', null, null from shipment_report
      where state = 'received' and (next_attempt_at is null or next_attempt_at <= $1) limit 1)
    union all
    (select 'certify', null, null from certificate c where ${UNPRINTED_CERTIFICATE} limit 1)
    union all
    (select 'certify', null, null from shipment s where ${CERTIFICATES_DUE} limit 1)
    union all
    (select 'bill', null, null from shipment s where ${BILLING_DUE} limit 1)`,
};

export async function listWaitingWork(db: Database, now: Instant): Promise<readonly WaitingWork[]> {
  return await run<WaitingWork>(db, WAITING, [now]);
}
