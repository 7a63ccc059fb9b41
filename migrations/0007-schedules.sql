-- Who may call the API, what was answered to whom, calendars, release schedules, quotes.

-- Of a token only its hash is kept: who reads the table cannot use it.
create table api_token (
  id uuid primary key,
  name text not null unique,
  hash text not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);

-- The answer to each request that came under an Idempotency-Key; null while it is being worked on.
create table api_request (
  token_id uuid not null references api_token,
  key text not null,
  -- Over method, path, query and body: under one key there is one request.
  fingerprint text not null,
  claimed_at timestamptz not null,
  status int,
  answer json,
  primary key (token_id, key)
);
create index api_request_claimed on api_request (claimed_at);

create index feed_message_open on feed_message (state) where state <> 'acknowledged';

-- The days on which a warehouse ships, and `us` work. ISO 8601: 1 is Monday.
create table calendar (
  owner text primary key,
  days int[] not null default '{1,2,3,4,5}' check (cardinality(days) > 0 and days <@ '{1,2,3,4,5,6,7}'),
  holidays date[] not null default '{}'
);

-- Standing orders: what is released of a blanket order by calendar.
create table release_schedule (
  id text primary key check (length(id) <= 20),
  partner text not null,
  po_number text not null,
  -- [{"line":"1","quantity":"100"}]
  lines json not null,
  -- `every monday`, …
  rule text not null,
  when_closed text not null default 'next' check (when_closed in ('next', 'last', 'same')),
  valid_from date not null,
  valid_to date,
  delivery_days int,
  ship_to text,
  state text not null default 'active' check (state in ('active', 'paused', 'cancelled')),
  -- Up to which due day a person was told of what was not made.
  told_to date
);
create index release_schedule_blanket on release_schedule (partner, po_number);

-- What became of a schedule on each day that its rule names. What was made is never made again.
create table scheduled_release (
  schedule text not null references release_schedule,
  day date not null,
  due date not null,
  kind text not null check (kind in ('made', 'skipped', 'failed')),
  -- The order as it was made.
  file_id uuid references file,
  at timestamptz not null,
  "by" text not null,
  primary key (schedule, day),
  check ((kind = 'made') = (file_id is not null))
);

-- What we offered customers: the prices of orders that name it.
create table quote (
  number text primary key,
  customer text not null references customer,
  currency text not null,
  valid_from date,
  valid_until date not null,
  state text not null default 'open' check (state in ('open', 'approved', 'expired', 'used')),
  -- once: by one order. many: by any.
  reuse text not null default 'once' check (reuse in ('once', 'many'))
);
create index quote_customer on quote (customer);

create table quote_line (
  quote text not null references quote,
  line text not null,
  item text not null references item,
  quantity numeric not null check (quantity > 0),
  unit text not null,
  price numeric not null,
  price_basis text not null default 'PE',
  primary key (quote, line)
);

-- Orders that were decided under a quote. Those that were rejected or cancelled have not used it.
create table quote_use (
  quote text not null references quote,
  order_id uuid not null references purchase_order,
  primary key (quote, order_id)
);
