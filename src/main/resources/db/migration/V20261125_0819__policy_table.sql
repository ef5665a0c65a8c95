-- The policy tables there were, are and may be: one is in force, and another one only when two people want it.
create table policy_table (
  id            text primary key,
  state         text        not null check (state in ('PROPOSED', 'REJECTED', 'STALE', 'IN_FORCE', 'REPLACED')),
  origin        text        not null check (origin in ('SHIPPED', 'SITE')),
  version       integer unique,
  base_version  integer     not null,
  sha256        text        not null,
  content       bytea       not null,
  -- the decision of the engine that holds it; null while none does
  decision_id   text,
  -- null when it came with the software and nobody proposed it yet
  proposed_tid  text,
  proposed_oid  text,
  proposed_at   timestamptz not null,
  decided_tid   text,
  decided_oid   text,
  decided_at    timestamptz,
  check ((state in ('IN_FORCE', 'REPLACED')) = (version is not null))
);
create unique index policy_table_one_in_force on policy_table (state) where state = 'IN_FORCE';
create index policy_table_waiting on policy_table (id) where state = 'PROPOSED';
create index policy_table_known on policy_table (sha256);
