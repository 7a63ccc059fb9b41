-- Mails to people: what each says, who is to get it, and whether it arrived.

create table mail (
  id uuid primary key,
  -- What it is about, and in which version: there is no second mail under it.
  key text not null unique,
  kind text not null,
  partner text not null,
  test boolean not null,
  -- The order whose thread it belongs to.
  order_id uuid references purchase_order,
  at timestamptz not null,
  language text not null,
  model json not null,
  message_id text not null unique,
  in_reply_to text,
  "references" text[] not null,
  -- "Re: …" in a thread that the customer began.
  thread_subject text,
  -- Once it is written: byte for byte as every address gets it.
  subject text,
  raw bytea
);
create index mail_order on mail (order_id, id) where order_id is not null;
create index mail_partner on mail (partner, id);

create table mail_recipient (
  mail_id uuid not null references mail,
  -- As it stands in the header, a name with it where there is one.
  address text not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'doubtful')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  -- When the server was last given its content.
  started_at timestamptz,
  settled_at timestamptz,
  -- The server's words, or ours.
  answer text,
  -- What asks a person about it.
  exception_id uuid,
  primary key (mail_id, address)
);
create index mail_recipient_open on mail_recipient (next_attempt_at nulls first, mail_id)
  where state in ('pending', 'sending');
create index mail_recipient_exception on mail_recipient (exception_id) where exception_id is not null;

-- Until the mail is written, which holds them from then on.
create table mail_attachment (
  mail_id uuid not null references mail,
  position int not null,
  name text not null,
  type text not null,
  bytes bytea not null,
  primary key (mail_id, position)
);

-- While our mail server does not work, no mail is tried: at most one row.
create table mail_server_trouble (
  single boolean primary key default true check (single),
  failures int not null,
  next_attempt_at timestamptz not null,
  since timestamptz not null,
  error text not null
);

-- Of a file that came by mail: what answers to it must name.
create table mail_origin (
  file_id uuid primary key references file,
  message_id text not null,
  "references" text[] not null,
  subject text not null,
  sender text not null,
  automatic boolean not null
);
