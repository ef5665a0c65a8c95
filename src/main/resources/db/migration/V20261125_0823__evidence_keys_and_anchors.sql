-- Roots of the tree's perfect parts of 2^8, 2^16 and so on leaves, for proofs. A wrong one makes a proof fail, never pass.
create table evidence_node (
  height smallint not null,
  index  bigint   not null,
  hash   bytea    not null check (octet_length(hash) = 32),
  primary key (height, index)
);

-- The keys that signed, as text for a verifier, each from the number of entries at which it took over.
create table evidence_key (
  ordinal   integer     primary key,
  vkey      text        not null unique,
  from_size bigint      not null,
  at        timestamptz not null
);

-- Which checkpoint was kept where, outside this database.
create table evidence_anchor (
  store text        not null,
  size  bigint      not null references evidence_checkpoint (size),
  at    timestamptz not null,
  primary key (store, size)
);

create index evidence_checkpoint_at on evidence_checkpoint (at, size);

create trigger evidence_node_guard before update or delete or truncate on evidence_node
  for each statement execute function evidence_refuse_change();
create trigger evidence_key_guard before update or delete or truncate on evidence_key
  for each statement execute function evidence_refuse_change();
create trigger evidence_anchor_guard before update or delete or truncate on evidence_anchor
  for each statement execute function evidence_refuse_change();
alter table evidence_node enable always trigger evidence_node_guard;
alter table evidence_key enable always trigger evidence_key_guard;
alter table evidence_anchor enable always trigger evidence_anchor_guard;

call evidence_rights();
