-- What orders are decided by is kept in each process, ready-made, for as long as this stays as it is.

-- One row. No two states of the master data ever have the same version, nor has one that was rolled back or restored.
create table master_data_version (
  one boolean primary key default true check (one),
  version uuid not null
);
insert into master_data_version (version) values (gen_random_uuid());

-- Before each statement, whoever sends it: who writes master data first waits here for who wrote before and has not
-- committed. So writers hold this row before any row of master data and never wait for one another in a circle (but for a
-- truncate or an alter, which hold their table first); who sees the version sees all that was written up to it; and
-- nobody who only reads, as all who decide orders do, waits at all.
create function renew_master_data_version() returns trigger
language plpgsql as $$
begin
  insert into master_data_version as v (version) values (gen_random_uuid())
  on conflict (one) do update set version = excluded.version;
  return null;
end $$;

-- All tables that src/store/catalogue.ts reads.
create trigger renew_version before insert or update or delete or truncate on item
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on item_cross_reference
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on item_unit
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on item_relation
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on item_cost
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on price
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on agreement
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on price_term
  for each statement execute function renew_master_data_version();
create trigger renew_version before insert or update or delete or truncate on price_bundle
  for each statement execute function renew_master_data_version();
-- Of a customer only its group is kept: every order updates what it owes.
create trigger renew_version before insert or update of number, price_group or delete or truncate on customer
  for each statement execute function renew_master_data_version();
