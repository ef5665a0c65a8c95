-- What is looked for in Defender's own tables before and after an action; one row is one question about one machine and span.
create table action_hunt (
  id            text primary key,
  case_id       text        not null references incident_case (id),
  permit_id     text        not null references execution_permit (id),
  hunt          text        not null,
  period        text        not null check (period in ('BEFORE', 'AFTER')),
  mde_device_id text        not null,
  from_at       timestamptz not null,
  to_at         timestamptz not null,
  outcome       text check (outcome in ('COUNTED', 'NOT_PERMITTED', 'FAILED')),
  failures      integer     not null default 0,
  next_run      timestamptz,
  claimed_by    text,
  claimed_until timestamptz,
  unique (permit_id, hunt, period)
);
create index action_hunt_due on action_hunt (next_run) where next_run is not null;
