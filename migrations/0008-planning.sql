-- What buyers plan and receive of blanket orders, and purchase orders that authorise an amount.

-- Schedules (830, 862) and receiving advices (861) that were acted on, each once.
create table plan_document (
  document_id uuid primary key references document,
  partner text not null,
  kind text not null check (kind in ('planning-schedule', 'shipping-schedule', 'receiving-advice')),
  number text not null,
  test boolean not null,
  content_hash text not null,
  -- Places of its lines, from 1, that are dealt with; the others wait for a person.
  settled int[] not null,
  at timestamptz not null
);
create index plan_document_number on plan_document (partner, kind, number);

-- What a schedule says of a line: the one of the last day counts, those before it are history.
create table blanket_plan (
  document_id uuid not null references plan_document,
  blanket_id uuid not null,
  line text not null,
  kind text not null check (kind in ('planning-schedule', 'shipping-schedule')),
  issued_on date not null,
  starts_on date,
  ends_on date,
  quantities json not null,
  at timestamptz not null,
  primary key (document_id, blanket_id, line),
  foreign key (blanket_id, line) references blanket_line (blanket_id, number)
);
create index blanket_plan_line on blanket_plan (blanket_id, line, kind, issued_on, at);

-- Purchase orders of a customer that authorise no more than an amount; its orders are split over them.
create table purchase_authority (
  customer text not null references customer,
  po_number text not null,
  currency text not null,
  amount numeric not null check (amount >= 0),
  -- By what is not ordered here; and by the orders that are.
  used_elsewhere numeric not null default 0,
  used numeric not null default 0,
  valid_to date,
  primary key (customer, po_number)
);
