import type { ChangeRecord, Id, Revision } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import type { Ruling } from '../domain/order/ruling.ts';
import { packDecision } from '../domain/order/stored-decision.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

const REVISE: Statement = {
  name: 'order-revise',
  text: `
    with given as (
      select * from json_to_record($1::json) as r("order" uuid, version int, before json, "changedBy" uuid,
        difference json, at timestamptz, next json)
    ), kept as (
      insert into order_version (order_id, version, content, decision, changed_by, difference, at)
      select "order", version, before->'content', before->'decision', "changedBy", difference, at from given
    ), gone as (
      delete from purchase_order_line l using given g where l.order_id = g."order"
    )
    update purchase_order o set version = n.version, state = n.state, content = n.content, decision = n.decision,
      outcome = n.outcome, amount = n.amount,
      shipped_amount = case when n.state = 'closed' then coalesce(n.amount, 0) else o.shipped_amount end,
      po_number = coalesce(n.content->>'poNumber', o.po_number)
    from given g, json_to_record(g.next) as n(version int, state text, content json, decision json, outcome text,
      amount numeric)
    where o.id = g."order" and o.version = g.version
    returning o.id`,
};

/* What has left keeps its line when another line is taken out before it. */
const MOVE: Statement = {
  name: 'order-revise-places',
  text: `
    with moved as (
      select * from json_to_recordset($2::json) as r("from" int, "to" int)
    ), shipped as (
      update shipment_line l set order_position = m."to" from moved m
      where l.order_id = $1 and l.order_position = m."from"
    ), billed as (
      update invoice_line l set order_position = m."to" from moved m
      where l.order_id = $1 and l.order_position = m."from"
    )
    update allocation a set position = m."to" from moved m
    where a.order_id = $1 and a.position = m."from" and a.state = 'shipped'`,
};

const LINES: Statement = {
  name: 'order-revise-lines',
  text: `
    insert into purchase_order_line (order_id, position, number, item, quantity, unit, ordered_price, price, outcome)
    select "order", position, number, item, quantity, unit, "orderedPrice", price, outcome
    from json_to_recordset($1::json) as r("order" uuid, position int, number text, item text, quantity numeric,
      unit text, "orderedPrice" numeric, price numeric, outcome text)`,
};

const CHANGES: Statement = {
  name: 'order-changes-save',
  text: `
    insert into order_change as t (document_id, partner, po_number, release_number, test, sequence, content_hash,
      state, decision, order_id, at)
    select document, partner, "poNumber", "releaseNumber", test, sequence, "contentHash", state, decision, "order", at
    from json_to_recordset($1::json) as r(document uuid, partner text, "poNumber" text, "releaseNumber" text,
      test boolean, sequence int, "contentHash" text, state text, decision json, "order" uuid, at timestamptz)
    on conflict (document_id) do update
      set state = excluded.state, decision = excluded.decision, order_id = excluded.order_id`,
};

/** Raised when an order is not in the version that was decided on: somebody else was faster. */
export class OrderMoved extends Error {
  override readonly name = 'OrderMoved';
}

/** Next versions of orders, one after the other; what they draw on is stored apart. */
export async function saveRevisions(tx: Database, revisions: readonly Revision[]): Promise<void> {
  for (const {
    lines,
    allocations: _allocations,
    blanket: _blanket,
    overtaken = [],
    ...revision
  } of revisions) {
    const done = await run<{ id: Id }>(tx, REVISE, [toJson(packRevision(revision))]);
    if (done.length === 0)
      throw new OrderMoved(`order ${revision.order} is not in version ${revision.version}`);
    await run(tx, LINES, [toJson(lines)]);
    const moved = listMoved(revision.before.content, revision.next.content);
    if (moved.length > 0) await run(tx, MOVE, [revision.order, toJson(moved)]);
    await overtakeRulings(tx, revision.order, revision.at, overtaken);
  }
}

/** Lines that have another place in the next version; of a number that the order has twice, each its own. */
function listMoved(before: unknown, next: unknown) {
  const nameLines = (content: unknown) => {
    const seen = new Map<string, number>();
    return (content as PurchaseOrder).lines.map(({ number }) => {
      seen.set(number, (seen.get(number) ?? 0) + 1);
      return `${number} ${seen.get(number)}`;
    });
  };
  const now = nameLines(next);
  return nameLines(before).flatMap((name, i) => {
    const place = now.indexOf(name);
    return place < 0 || place === i ? [] : [{ from: i + 1, to: place + 1 }];
  });
}

function packRevision<R extends Pick<Revision, 'before' | 'next'>>({ before, next, ...revision }: R) {
  const pack = (decision: unknown) => packDecision(decision as OrderDecision);
  return {
    ...revision,
    before: { ...before, decision: pack(before.decision) },
    next: { ...next, decision: pack(next.decision) },
  };
}

export async function saveChanges(tx: Database, changes: readonly ChangeRecord[]): Promise<void> {
  if (changes.length === 0) return;
  // Of several decisions on one change in one file the last counts.
  const last = new Map(changes.map((change) => [change.document, change]));
  await run(tx, CHANGES, [toJson([...last.values()])]);
}

const RULE: Statement = {
  name: 'ruling-save',
  text: `
    insert into ruling (id, order_id, change_id, at, "by", reason, line, choice)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** What a person ruled on an order, or on a change of one. */
export async function saveRuling(
  tx: Database,
  id: Id,
  on: { readonly order: Id } | { readonly change: Id },
  { at, by, reason, line, choice }: Ruling,
): Promise<void> {
  const [order, change] = 'order' in on ? [on.order, null] : [null, on.change];
  await run(tx, RULE, [id, order, change, at, by, reason ?? null, line ?? null, toJson(choice)]);
}

const OVERTAKE: Statement = {
  name: 'ruling-overtake',
  text: `
    update ruling r set overtaken_at = $2
    from json_to_recordset($3::json) as o(at timestamptz, "by" text, line text)
    where r.order_id = $1 and r.at = o.at and r."by" = o."by" and r.line is not distinct from o.line`,
};

async function overtakeRulings(
  tx: Database,
  order: Id,
  at: string,
  rulings: readonly Ruling[],
): Promise<void> {
  if (rulings.length > 0) await run(tx, OVERTAKE, [order, at, toJson(rulings)]);
}
