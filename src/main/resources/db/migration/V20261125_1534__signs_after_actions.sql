-- What is seen of a machine after it was isolated or released, until that is as it should be or a person was asked.
create table action_follow_up (
  permit_id     text primary key references execution_permit (id),
  case_id       text        not null references incident_case (id),
  mde_device_id text        not null,
  arc_id        text,
  action        text        not null check (action in ('ISOLATE', 'UNISOLATE')),
  ended_at      timestamptz not null,
  state         text        not null check (state in ('OPEN', 'AS_EXPECTED', 'DOUBTFUL', 'OVER')),
  verdict       text,
  next_look     timestamptz,
  paged         boolean     not null default false
);
create index action_follow_up_due on action_follow_up (next_look) where next_look is not null;
create index action_follow_up_doubtful on action_follow_up (case_id) where state = 'DOUBTFUL';
create index execution_permit_succeeded on execution_permit (settled_at) where state = 'SUCCEEDED' and action in ('ISOLATE', 'UNISOLATE');
