-- What the ERP is told of orders, and whether it said that it has it.

create table feed_message (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  -- Of the order's messages: one goes out after all those before it.
  sequence int not null check (sequence > 0),
  kind text not null check (kind in ('order', 'release', 'change')),
  partner text not null,
  at timestamptz not null,
  -- As it is sent, byte for byte.
  payload json not null,
  state text not null default 'pending'
    check (state in ('pending', 'sent', 'acknowledged', 'rejected', 'overdue', 'failed')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  -- Where it goes as a file as well: when that was done.
  filed_at timestamptz,
  sent_at timestamptz,
  -- Null: no acknowledgement is owed.
  acknowledge_by timestamptz,
  settled_at timestamptz,
  -- Why the ERP rejected it.
  reason text,
  unique (order_id, sequence)
);
create index feed_message_pending on feed_message (next_attempt_at nulls first, id) where state = 'pending';
create index feed_message_holding on feed_message (order_id, sequence) where state in ('pending', 'failed', 'rejected');
create index feed_message_sent on feed_message (sent_at);
create index feed_message_owed on feed_message (acknowledge_by) where state = 'sent';
