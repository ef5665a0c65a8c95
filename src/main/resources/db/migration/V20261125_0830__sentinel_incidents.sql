-- The Sentinel incidents whose alerts are in a case, by the id Sentinel gave them.
create table case_incident (
  case_id     text not null references incident_case (id),
  incident_id uuid not null,
  primary key (case_id, incident_id)
);

-- What was written on an incident, under an id of our choice, so that it is written once.
create table sentinel_comment (
  comment_id  uuid primary key,
  incident_id uuid        not null,
  approval_id text        not null references approval_request (id),
  written_at  timestamptz not null
);
create index sentinel_comment_incident on sentinel_comment (incident_id);
