-- What is ordered by the case is filled in whole cases, and a line may be wanted in parts.

alter table allocation
  -- How many of the item's unit stay together; null: filled as it comes.
  add column each numeric check (each > 0),
  -- Of a line that is wanted on several days or at several places, which part it is, from 1.
  add column part int check (part > 0);
