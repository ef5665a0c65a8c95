-- The evidence log. Times come from the application clock.
create table evidence_stage (
  id uuid primary key,
  staged_order bigint generated always as identity,
  state text not null default 'STAGED' check (state in ('STAGED', 'SEQUENCED')),
  type text not null,
  case_id text,
  body bytea,
  check ((state = 'STAGED') = (body is not null))
);
create index evidence_stage_waiting on evidence_stage (staged_order) where state = 'STAGED';

create table evidence_entry (
  seq bigint primary key check (seq >= 0),
  stage_id uuid not null unique,
  case_id text,
  type text not null,
  leaf bytea not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);
create index evidence_entry_case on evidence_entry (case_id, seq) where case_id is not null;

-- The right edge of the tree, so that appending never reads the log again.
create table evidence_tree_state (
  id smallint primary key check (id = 1),
  size bigint not null,
  frontier bytea not null
);
insert into evidence_tree_state (id, size, frontier) values (1, 0, '');

create table evidence_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at timestamptz not null
);

create function evidence_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is append-only: % on % refused', tg_op, tg_table_name;
end
$$;

-- Statement triggers also fire for a statement that matches no row.
create trigger evidence_entry_guard before update or delete or truncate on evidence_entry
  for each statement execute function evidence_refuse_change();
create trigger evidence_checkpoint_guard before update or delete or truncate on evidence_checkpoint
  for each statement execute function evidence_refuse_change();
alter table evidence_entry enable always trigger evidence_entry_guard;
alter table evidence_checkpoint enable always trigger evidence_checkpoint_guard;
