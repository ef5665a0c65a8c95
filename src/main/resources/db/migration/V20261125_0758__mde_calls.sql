-- The calls that change something at Defender, of all nodes, for as long as they count against its limits.
create table mde_call (
  id bigint generated always as identity primary key,
  at timestamptz not null
);
create index mde_call_at on mde_call (at);

-- Who waits for a call while there are more than Defender takes; the lowest rank goes first.
create table mde_call_waiting (
  permit_id text primary key,
  rank      integer     not null,
  since     timestamptz not null,
  seen      timestamptz not null
);
create index mde_call_waiting_turn on mde_call_waiting (rank, since, permit_id);
