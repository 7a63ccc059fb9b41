-- What orders are decided by: items in full, customers, agreements, stock, blankets; and orders that change.

alter table item
  add column status text not null default 'active'
    check (status in ('active', 'phase-out', 'discontinued', 'blocked')),
  add column hazard text,
  add column serialised boolean not null default false,
  add column minimum numeric,
  add column maximum numeric,
  add column multiple numeric,
  -- Customers that may buy it; null for anybody.
  add column customers text[],
  -- US-CA, CU: where it may not be sent.
  add column barred text[] not null default '{}';
update item set status = 'discontinued' where not active;
alter table item drop column active;

create table item_unit (
  item text not null references item,
  unit text not null,
  -- How many of the item's own unit one of this unit holds.
  factor numeric not null check (factor > 0),
  primary key (item, unit)
);

create table item_relation (
  item text not null references item,
  kind text not null check (kind in ('substitute', 'incompatible', 'requires')),
  other text not null references item,
  rank int not null default 1,
  primary key (item, kind, other)
);
create index item_relation_other on item_relation (other);

create table item_cost (
  item text not null references item,
  currency text not null,
  valid_from date not null,
  cost numeric not null,
  primary key (item, currency, valid_from)
);

create table customer (
  number text primary key,
  name text not null,
  price_group text,
  priority int not null default 0,
  -- Null: no limit.
  credit_limit numeric,
  credit_currency text,
  grace_days int not null default 0,
  payment_terms text,
  -- Of orders that were accepted and not shipped, shipped and not invoiced: kept with each decision, under its lock.
  accepted_not_shipped numeric not null default 0,
  shipped_not_invoiced numeric not null default 0
);

create table ship_to (
  customer text not null references customer,
  code text not null,
  name text,
  zone text,
  country text,
  region text,
  postal_code text,
  primary key (customer, code)
);

-- Invoices that are not paid, as the books have them.
create table receivable (
  customer text not null references customer,
  number text not null,
  currency text not null,
  amount numeric not null,
  due date not null,
  primary key (customer, number)
);

-- Contracts with a customer or a group of customers, and price lists (which bind nobody: holder '').
create table agreement (
  kind text not null check (kind in ('contract', 'group-contract', 'list')),
  number text not null,
  version int not null check (version > 0),
  holder text not null,
  currency text not null,
  date_rule text not null default 'order-date' check (date_rule in ('order-date', 'requested-ship-date')),
  valid_from date not null,
  valid_to date,
  primary key (number, version)
);
create index agreement_holder on agreement (holder, kind);

create table price_term (
  agreement text not null,
  version int not null,
  position int not null,
  item text not null references item,
  unit text not null,
  price_basis text not null default 'PE',
  -- {"kind":"fixed","price":"3.25"}, {"kind":"line-tiers","tiers":[…]}, …
  form json not null,
  minimum_quantity numeric,
  zone text,
  promotion text,
  bundle text,
  valid_from date,
  valid_to date,
  adjustments json not null default '[]',
  primary key (agreement, version, position),
  foreign key (agreement, version) references agreement (number, version)
);
create index price_term_item on price_term (item, agreement, version);

create table price_bundle (
  agreement text not null,
  version int not null,
  bundle text not null,
  item text not null references item,
  quantity numeric not null check (quantity > 0),
  primary key (agreement, version, bundle, item),
  foreign key (agreement, version) references agreement (number, version)
);

-- Ordered to date under an agreement, in the item's unit: what cumulative tiers go by.
create table agreement_ordered (
  agreement text not null,
  item text not null references item,
  customer text not null,
  quantity numeric not null,
  primary key (agreement, item, customer)
);

create table warehouse (
  id text primary key,
  name text not null,
  hazards text[] not null default '{}',
  -- Null: anywhere.
  destinations text[],
  -- Zone of the ship-to → {"cost":"12.50","days":2}.
  zones json not null default '{}',
  load int not null default 0
);

create table stock (
  item text not null references item,
  warehouse text not null references warehouse,
  on_hand numeric not null default 0,
  allocated numeric not null default 0,
  safety numeric not null default 0,
  primary key (item, warehouse)
);

create table stock_receipt (
  item text not null references item,
  warehouse text not null references warehouse,
  reference text not null,
  expected date not null,
  quantity numeric not null check (quantity > 0),
  primary key (item, warehouse, reference)
);

-- What of a line is reserved in a warehouse, or waits for a receipt; in the item's unit.
create table allocation (
  id uuid primary key,
  order_id uuid not null references purchase_order,
  position int not null,
  item text not null references item,
  warehouse text,
  quantity numeric not null check (quantity > 0),
  state text not null check (state in ('reserved', 'waiting', 'released')),
  priority int not null default 0,
  ships date,
  at timestamptz not null,
  -- How a waiting one may be filled: from these warehouses (null: any), not in parts, and sent no earlier than asked.
  eligible text[],
  whole boolean not null default false,
  not_before date,
  -- What the serials of it must have.
  requires json not null default '{}',
  check (warehouse is not null or state <> 'reserved')
);
create index allocation_order on allocation (order_id);
create index allocation_waiting on allocation (item, priority desc, at) where state = 'waiting';

create table stock_serial (
  item text not null references item,
  serial text not null,
  warehouse text not null references warehouse,
  attributes json not null default '{}',
  -- Null: free.
  allocation_id uuid references allocation,
  primary key (item, serial)
);
create index stock_serial_free on stock_serial (item, warehouse) where allocation_id is null;
create index stock_serial_allocation on stock_serial (allocation_id) where allocation_id is not null;

create table blanket (
  id uuid primary key,
  -- The order that it came with.
  order_id uuid not null references purchase_order,
  partner text not null,
  po_number text not null,
  contract_number text,
  firm boolean not null,
  test boolean not null,
  valid_from date,
  valid_to date,
  state text not null default 'open' check (state in ('open', 'closed')),
  -- Null: more than the commitment is told, and not refused.
  allowance numeric check (allowance >= 0),
  -- Alerts that were told.
  told text[] not null default '{}',
  unique (partner, po_number, test)
);
create index blanket_contract on blanket (partner, contract_number) where contract_number is not null;

create table blanket_line (
  blanket_id uuid not null references blanket,
  number text not null,
  item text not null,
  unit text not null,
  price numeric,
  price_basis text,
  committed numeric not null,
  released numeric not null default 0,
  shipped numeric not null default 0,
  received numeric not null default 0,
  returned numeric not null default 0,
  -- What the buyer's last schedule counts as received, and up to which day.
  cumulative numeric,
  cumulative_on date,
  primary key (blanket_id, number)
);

-- Append-only: the sums in blanket_line are its sums.
create table blanket_entry (
  -- The order in which they were booked.
  id bigint generated always as identity primary key,
  blanket_id uuid not null,
  line text not null,
  kind text not null check (kind in ('commit', 'release', 'ship', 'receive', 'return', 'adjust', 'close')),
  quantity numeric not null,
  at timestamptz not null,
  reference text not null,
  order_id uuid references purchase_order,
  foreign key (blanket_id, line) references blanket_line (blanket_id, number)
);
create index blanket_entry_line on blanket_entry (blanket_id, line, at);
create index blanket_entry_order on blanket_entry (order_id) where order_id is not null;

-- The order as it stands: `content` where it is not what its document says any more.
alter table purchase_order
  add column version int not null default 1,
  add column content json,
  add column state text not null default 'open' check (state in ('open', 'closed', 'cancelled')),
  add column amount numeric;

-- Versions that an order had before, and what led to the next.
create table order_version (
  order_id uuid not null references purchase_order,
  version int not null,
  content json not null,
  decision json not null,
  -- The change document, or none where a person ruled.
  changed_by uuid references document,
  difference json not null,
  at timestamptz not null,
  primary key (order_id, version)
);

-- Changes that came in, in the order of their sequence; `waiting` for the order that they outran.
create table order_change (
  document_id uuid primary key references document,
  partner text not null,
  po_number text not null,
  release_number text not null,
  test boolean not null,
  sequence int not null,
  content_hash text not null,
  -- held: a person was asked.
  state text not null check (state in ('waiting', 'held', 'applied', 'refused')),
  decision json not null,
  order_id uuid references purchase_order,
  at timestamptz not null
);
create index order_change_order on order_change (partner, po_number, release_number);
create index order_change_waiting on order_change (partner, po_number, release_number) where state = 'waiting';

create table ruling (
  id uuid primary key,
  -- An order, or a change of one.
  order_id uuid references purchase_order,
  change_id uuid references order_change,
  at timestamptz not null,
  "by" text not null,
  reason text,
  line text,
  choice json not null,
  -- The buyer has changed what it was about.
  overtaken_at timestamptz,
  check (num_nonnulls(order_id, change_id) = 1)
);
create index ruling_order on ruling (order_id, at) where order_id is not null;
create index ruling_change on ruling (change_id, at) where change_id is not null;

alter table exception
  add column severity text not null default 'normal' check (severity in ('low', 'normal', 'high', 'urgent')),
  -- PO101 of the line that it asks about.
  add column line text,
  -- Steps of escalation that were taken, and when the next one comes; null where none does.
  add column escalated int not null default 0,
  add column escalate_at timestamptz,
  -- As it was due when it was raised: a step may give more time.
  add column first_due_at timestamptz;
update exception set first_due_at = due_at, escalate_at = case when state = 'open' then due_at end;
alter table exception alter column first_due_at set not null;
create index exception_escalates on exception (escalate_at) where state = 'open';
