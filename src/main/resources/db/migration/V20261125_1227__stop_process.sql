-- The processes an alert names so exactly that they could be told from others: id, start and what they run.
create table alert_process (
  id              bigint      generated always as identity primary key,
  system_alert_id text        not null,
  pid             bigint      not null,
  started_at      timestamptz not null,
  sha256          text        not null,
  unique (system_alert_id, pid, started_at, sha256)
);

-- How the script ended that a permit allowed; what it left behind is sealed.
create table stop_result (
  permit_id         text primary key references execution_permit (id),
  exit_code         integer     not null,
  transcript_bytes  integer     not null,
  transcript_sha256 text        not null,
  read_at           timestamptz not null
);

-- The live response sessions that were begun lately, of all nodes.
create table mde_session (
  permit_id text        not null,
  at        timestamptz not null
);
create index mde_session_at on mde_session (at);
