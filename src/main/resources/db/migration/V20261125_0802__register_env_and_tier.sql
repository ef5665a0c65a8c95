-- That a machine is for development, and how much hangs on it, counts only when two people said so.
alter table asset_register
  add column env text check (env in ('Prod', 'Dev')),
  add column clinical_tier text check (clinical_tier in ('1', '2', '3'));
