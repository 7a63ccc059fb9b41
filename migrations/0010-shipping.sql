-- From picked goods to money asked for: shipments, certificates, invoices, credits, returns.

-- What warehouses told, kept before it is looked at; one lane works it off.
create table shipment_report (
  id uuid primary key,
  seq bigint generated always as identity,
  -- api, import, 945, command
  origin text not null,
  -- Names the same report when it comes again.
  key text not null unique,
  document_id uuid references document,
  content json not null,
  at timestamptz not null,
  -- waiting: it corrects what has not been told yet.
  state text not null default 'received' check (state in ('received', 'waiting', 'done', 'refused')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  -- Number of the shipment that it names.
  number text,
  -- What it led to, or why it was refused: [{"code":…,"text":…}].
  shipment_id uuid,
  version int,
  reasons json
);
create index shipment_report_next on shipment_report (seq) where state = 'received';
create index shipment_report_waiting on shipment_report (number) where state = 'waiting';

create table shipment (
  id uuid primary key,
  number text not null unique,
  partner text not null,
  test boolean not null,
  version int not null default 1,
  state text not null check (state in ('shipped', 'cancelled')),
  warehouse text references warehouse,
  ship_date date not null,
  content json not null,
  -- Of the carrier, of the shipment and of its units.
  tracking text[] not null default '{}',
  at timestamptz not null,
  -- The 856: none (the partner wants none), waiting, stopped (a person was asked), sent, cancelled.
  notice text not null check (notice in ('none', 'waiting', 'stopped', 'sent', 'cancelled')),
  notice_by timestamptz,
  -- The version that the last notice told.
  noticed_version int,
  billing text not null default 'due' check (billing in ('none', 'due', 'stopped', 'billed')),
  -- Billed from then on, with what else is due; owed to the partner by then.
  bill_from timestamptz,
  bill_by timestamptz,
  -- Sets that a person was told are owed soon: 856, 810.
  owed_told text[] not null default '{}',
  -- The exception that asks why it is not invoiced.
  stopped_by uuid,
  -- What goes with the goods: none (the partner wants none), due, sent.
  certificates text not null default 'none' check (certificates in ('none', 'due', 'sent'))
);
create index shipment_partner on shipment (partner, at);
create index shipment_tracking on shipment using gin (tracking);
create index shipment_notice on shipment (notice_by) where notice in ('waiting', 'stopped');
create index shipment_certificates on shipment (at) where certificates = 'due';
create index shipment_billing on shipment (partner, bill_by) where billing in ('due', 'stopped');

create table shipment_version (
  shipment_id uuid not null references shipment,
  version int not null,
  -- What was told, and how it is kept: with every number filled in.
  report_id uuid not null references shipment_report,
  content json not null,
  -- Of a cancellation: what is taken back.
  lines json not null,
  at timestamptz not null,
  primary key (shipment_id, version)
);

-- Of one line of an order, as the shipment stands.
create table shipment_line (
  shipment_id uuid not null references shipment,
  position int not null,
  order_id uuid not null references purchase_order,
  order_position int not null,
  item text not null,
  quantity numeric not null check (quantity > 0),
  unit text not null,
  stock_quantity numeric not null,
  lots text[] not null default '{}',
  serials text[] not null default '{}',
  -- What it adds to shipped and not invoiced, in the currency of its order; 0 where that is not counted.
  amount numeric not null default 0,
  primary key (shipment_id, position)
);
create index shipment_line_order on shipment_line (order_id, order_position);
create index shipment_line_serial on shipment_line using gin (serials);

create table handling_unit (
  sscc text primary key,
  shipment_id uuid not null references shipment,
  kind text not null,
  -- Place in the tree: 1, 1.2, …; null where a correction took it out. Its number is not dealt again.
  place text,
  at timestamptz not null
);
create index handling_unit_shipment on handling_unit (shipment_id);

-- What a person let pass of a shipment: exactly what was asked.
create table shipment_ruling (
  id uuid primary key,
  shipment_id uuid not null references shipment,
  kind text not null,
  message text not null,
  at timestamptz not null,
  "by" text not null,
  reason text
);
create index shipment_ruling_shipment on shipment_ruling (shipment_id);

-- What left of a line, from where and with which serials, is an allocation that goes with its shipment.
alter table allocation add column shipment_id uuid references shipment;
alter table allocation drop constraint allocation_state_check;
alter table allocation add constraint allocation_state_check
  check (state in ('reserved', 'waiting', 'released', 'shipped'));
alter table allocation add constraint allocation_shipment_check
  check ((state = 'shipped') = (shipment_id is not null));
create index allocation_shipment on allocation (shipment_id) where shipment_id is not null;

alter table event add column shipment_id uuid;
create index event_shipment on event (shipment_id) where shipment_id is not null;

alter table exception add column shipment_id uuid;
alter table exception add column report_id uuid;
create index exception_shipment on exception (shipment_id) where shipment_id is not null;
create index exception_report on exception (report_id) where report_id is not null;

-- Value of what was shipped of an order: what is accepted and not shipped is amount − shipped_amount.
alter table purchase_order add column shipped_amount numeric not null default 0;

create table certificate (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('conformance', 'calibration', 'material-test')),
  partner text,
  content json not null,
  -- SHA-256 of the content in canonical JSON, and of the PDF.
  content_hash text not null,
  file_hash text,
  pdf bytea,
  -- Unguessable, in the address that the QR code leads to.
  code text not null unique,
  order_id uuid references purchase_order,
  order_line text,
  item text not null,
  lot text,
  at timestamptz not null,
  -- What it was issued with, where that was a shipment.
  shipment_id uuid references shipment,
  superseded_by uuid references certificate,
  -- Its goods did not leave after all.
  withdrawn_at timestamptz,
  -- The exception that asks why there is no PDF of it.
  stopped_by uuid,
  -- Issued here, or brought as a PDF by a laboratory.
  origin text not null check (origin in ('issued', 'brought'))
);
create index certificate_order on certificate (order_id) where order_id is not null;
create index certificate_shipment on certificate (shipment_id) where shipment_id is not null;
create index certificate_unprinted on certificate (id) where pdf is null;
create index certificate_lot on certificate (item, lot) where lot is not null;

create table certificate_serial (
  certificate_id uuid not null references certificate,
  item text not null,
  serial text not null,
  primary key (item, serial, certificate_id)
);

create table invoice (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('invoice', 'credit-memo')),
  partner text not null,
  customer text,
  test boolean not null,
  currency text not null,
  amount numeric not null,
  issued date not null,
  due date,
  content json not null,
  -- How it was matched before it left, and where each figure came from.
  proof json not null,
  -- The 810, where the partner takes one.
  document_id uuid references document,
  -- Of a credit memo: the invoice that it takes back from, and the return that it is for.
  credits uuid references invoice,
  at timestamptz not null
);
create index invoice_document on invoice (document_id) where document_id is not null;
create index invoice_partner on invoice (partner, at);
create index invoice_credits on invoice (credits) where credits is not null;

create table invoice_line (
  invoice_id uuid not null references invoice,
  position int not null,
  order_id uuid references purchase_order,
  order_position int,
  shipment_id uuid references shipment,
  item text,
  -- Of a credit memo: the line of the invoice, and what it takes back of it.
  credits int,
  quantity numeric not null,
  unit text,
  price numeric,
  amount numeric not null,
  primary key (invoice_id, position)
);
create index invoice_line_order on invoice_line (order_id, order_position) where order_id is not null;
create index invoice_line_shipment on invoice_line (shipment_id) where shipment_id is not null;

create table goods_return (
  id uuid primary key,
  -- The return authorisation number that the customer writes on the parcel.
  number text not null unique,
  partner text not null,
  invoice_id uuid not null references invoice,
  reason text not null,
  state text not null check (state in ('authorised', 'received', 'credited', 'refused')),
  at timestamptz not null
);

create table goods_return_line (
  return_id uuid not null references goods_return,
  position int not null,
  invoice_position int not null,
  authorised numeric not null check (authorised > 0),
  received numeric not null default 0,
  restocked numeric not null default 0,
  scrapped numeric not null default 0,
  serials text[] not null default '{}',
  primary key (return_id, position)
);

create index document_notice on document ((canonical->>'shipmentId')) where direction = 'out' and set = '856';

-- What a partner's application says of documents that we sent (824); the same one counts once.
create table application_advice (
  document_id uuid primary key references document,
  partner text not null,
  number text not null,
  test boolean not null,
  content_hash text not null,
  unique (partner, number, test, content_hash)
);

create table application_result (
  advice_id uuid not null references application_advice,
  position int not null,
  -- Ours; absent where none was found.
  document_id uuid references document,
  outcome text not null,
  primary key (advice_id, position)
);
create index application_result_document on application_result (document_id) where document_id is not null;
