-- Master data: our items, what partners call them, and what they cost.

create table item (
  number text primary key,
  description text,
  unit text not null,
  active boolean not null
);

create table item_cross_reference (
  partner text not null,
  qualifier text not null,
  value text not null,
  item text not null references item,
  primary key (partner, qualifier, value)
);
create index item_cross_reference_item on item_cross_reference (item);

create table price (
  partner text not null,
  item text not null references item,
  unit text not null,
  currency text not null,
  price numeric not null,
  price_basis text not null,
  valid_from date not null,
  valid_to date,
  primary key (partner, item, unit, currency, valid_from)
);
create index price_item on price (item);
