-- Whose turn it is to ask Defender for everybody's actions; one row for all nodes.
create table action_watch (
  one           boolean primary key check (one),
  watermark     timestamptz not null,
  next_run      timestamptz not null,
  claimed_by    text,
  claimed_until timestamptz,
  last_ok       timestamptz
);

-- Isolations and releases that no permit stands behind. The case is the one that was open on the machine.
create table out_of_band_action (
  mde_action_id text primary key,
  mde_device_id text        not null,
  action        text        not null check (action in ('ISOLATE', 'UNISOLATE')),
  state         text        not null check (state in ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  case_id       text references incident_case (id),
  made          timestamptz not null,
  seen_at       timestamptz not null
);
create index out_of_band_action_case on out_of_band_action (case_id, made);
create index out_of_band_action_machine on out_of_band_action (mde_device_id, action, made);
create index out_of_band_action_pending on out_of_band_action (seen_at) where state = 'PENDING';
-- by machine, whatever its state: whether an action is ours, and whether a machine was released since
create index execution_permit_machine on execution_permit (mde_device_id, action, intended_at);
