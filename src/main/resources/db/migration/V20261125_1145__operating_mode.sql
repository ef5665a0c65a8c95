-- What the installation is run for, the same for all its nodes. Without a row it is LIVE, as it always was.
create table operating_mode (
  one   boolean primary key default true check (one),
  mode  text        not null check (mode in ('LIVE', 'SHADOW', 'DRILL')),
  since timestamptz not null
);

-- What would have been sent to Defender in SHADOW; it counts as done at once, so that the playbooks go on.
create table held_action (
  id         text primary key,
  case_id    text        references incident_case (id),
  type       text        not null,
  machine_id text        not null,
  comment    text        not null,
  held_at    timestamptz not null
);
create index held_action_machine on held_action (machine_id, held_at);
create index held_action_case on held_action (case_id);
