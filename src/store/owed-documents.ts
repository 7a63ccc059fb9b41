import type { Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement } from './query.ts';

/** A ship notice or an invoice that is owed to its partner, and has not been sent. */
export type OwedDocument = {
  readonly shipment: Id;
  readonly number: string;
  readonly partner: string;
  readonly set: '856' | '810';
  readonly by: Instant;
};

/* Told when a fifth of the time is left, and once. */
const TELL: Statement = {
  name: 'owed-tell',
  text: `
    with owed as (
      select id, number, partner, '856' as set, notice_by as by, at from shipment
      where notice in ('waiting', 'stopped') and state = 'shipped' and notice_by is not null
      union all
      select id, number, partner, '810', bill_by, at from shipment
      where billing in ('due', 'stopped') and state = 'shipped' and bill_by is not null
    ), near as (
      select o.* from owed o join shipment s on s.id = o.id
      where o.by - (o.by - o.at) * 0.2 <= $1 and not o.set = any(s.owed_told) and not s.test
    ), told as (
      update shipment s set owed_told = s.owed_told || n.sets
      from (select id, array_agg(set) as sets from near group by id) n where s.id = n.id
    )
    select id as shipment, number, partner, set, by from near order by by, number, set`,
};

/** Those that a person is to be told of now; they are not returned again. */
export async function takeOwedDocuments(tx: Database, now: Instant): Promise<readonly OwedDocument[]> {
  return await run<OwedDocument>(tx, TELL, [now]);
}
