-- One row a series of numbers that are given once each: invoices, certificates, SSCCs, …
create table number_series (
  series text primary key,
  last bigint not null check (last >= 1)
);
