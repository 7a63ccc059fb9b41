-- What was exchanged: files, interchanges, documents, orders, and what happened to them.
-- Ids are made by the application (UUID version 7), so that one outcome is saved by one statement.

create table partner_version (
  hash text primary key,
  partner text not null,
  files jsonb not null,
  first_seen timestamptz not null
);
create index partner_version_partner on partner_version (partner, first_seen);

create table file (
  id uuid primary key,
  -- Order of arrival.
  seq bigint generated always as identity,
  direction text not null check (direction in ('in', 'out')),
  partner text not null,
  channel text not null,
  name text not null,
  sha256 text not null,
  size bigint not null,
  at timestamptz not null,
  state text not null check (state in ('received', 'done', 'quarantined', 'ready')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  reason text,
  bytes bytea not null
);
-- Compressing what is read whole and once costs more time than it saves room.
alter table file alter column bytes set storage external;
create index file_next on file (partner, seq) where state = 'received';
create index file_listing on file (partner, direction, at);
create index file_name on file (name);

create table interchange (
  id uuid primary key,
  file_id uuid not null references file,
  direction text not null check (direction in ('in', 'out')),
  partner text not null,
  sender text not null,
  receiver text not null,
  control text not null,
  version text not null,
  usage text not null,
  sha256 text not null,
  "offset" bigint not null,
  length bigint not null,
  status text not null check (status in ('A', 'E', 'R')),
  note text not null,
  answers uuid
);
create unique index interchange_in on interchange (sender, receiver, control, usage)
  where direction = 'in' and status <> 'R';
create unique index interchange_out on interchange (sender, receiver, control, usage)
  where direction = 'out' and status <> 'R';
create index interchange_file on interchange (file_id);
create index interchange_answers on interchange (answers) where answers is not null;
create index interchange_control on interchange (ltrim(control, '0'));

create table document (
  id uuid primary key,
  interchange_id uuid not null references interchange,
  direction text not null check (direction in ('in', 'out')),
  partner text not null,
  set text not null,
  kind text,
  functional_id text not null,
  group_control text not null,
  control text not null,
  version text not null,
  "offset" bigint not null,
  length bigint not null,
  status text not null check (status in ('A', 'E', 'R')),
  -- json, not jsonb: kept as written, in the order written.
  canonical json,
  problems json,
  partner_version text not null,
  acknowledgement text not null
    check (acknowledgement in ('none', 'waiting', 'accepted', 'accepted-with-errors', 'rejected', 'overdue')),
  acknowledge_by timestamptz,
  acknowledged_by uuid,
  answers uuid,
  order_id uuid
);
create index document_interchange on document (interchange_id);
create index document_answers on document (answers) where answers is not null;
create index document_order on document (order_id) where order_id is not null;
create index document_acknowledged_by on document (acknowledged_by) where acknowledged_by is not null;
create index document_group on document (ltrim(group_control, '0'), partner, functional_id);
create index document_control on document (ltrim(control, '0'));
create index document_waiting on document (acknowledge_by) where acknowledgement = 'waiting';

create table purchase_order (
  id uuid primary key,
  partner text not null,
  document_id uuid not null references document,
  po_number text not null,
  release_number text not null,
  ship_to text not null,
  test boolean not null,
  content_hash text not null,
  order_date date,
  currency text,
  outcome text not null,
  decision json not null,
  at timestamptz not null,
  unique (po_number, partner, test, release_number, ship_to)
);
create index purchase_order_document on purchase_order (document_id);
create index purchase_order_at on purchase_order (partner, at);

create table purchase_order_line (
  order_id uuid not null references purchase_order,
  position int not null,
  number text not null,
  item text,
  quantity numeric,
  unit text,
  ordered_price numeric,
  price numeric,
  outcome text not null,
  primary key (order_id, position)
);
create index purchase_order_line_item on purchase_order_line (item) where item is not null;

create table event (
  id uuid primary key,
  at timestamptz not null,
  partner text not null,
  file_id uuid,
  interchange_id uuid,
  document_id uuid,
  order_id uuid,
  kind text not null,
  text text not null
);
create index event_file on event (file_id) where file_id is not null;
create index event_interchange on event (interchange_id) where interchange_id is not null;
create index event_document on event (document_id) where document_id is not null;
create index event_order on event (order_id) where order_id is not null;

create table control_number (
  stream text primary key,
  last bigint not null check (last between 1 and 999999999)
);

create table delivery (
  id uuid primary key,
  file_id uuid not null references file,
  partner text not null,
  channel text not null,
  state text not null check (state in ('pending', 'available', 'delivered', 'failed')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  -- When a hosted partner deleted it from /outbound.
  removed_at timestamptz
);
create index delivery_file on delivery (file_id);
create index delivery_pending on delivery (partner, channel, id) where state = 'pending';
create index delivery_outbound on delivery (partner, id)
  where state in ('available', 'delivered') and removed_at is null and channel = 'sftp-hosted';

create table delivery_attempt (
  delivery_id uuid not null references delivery,
  at timestamptz not null,
  ok boolean not null,
  error text,
  ms int not null
);
create index delivery_attempt_delivery on delivery_attempt (delivery_id, at);

create table exception (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  partner text not null,
  team text not null,
  message text not null,
  due_at timestamptz not null,
  choices jsonb not null,
  file_id uuid,
  document_id uuid,
  order_id uuid,
  state text not null default 'open' check (state in ('open', 'resolved')),
  resolved_at timestamptz,
  resolved_by text,
  resolution text
);
create index exception_open on exception (due_at) where state = 'open';
create index exception_file on exception (file_id) where file_id is not null;
create index exception_document on exception (document_id) where document_id is not null;
create index exception_order on exception (order_id) where order_id is not null;
