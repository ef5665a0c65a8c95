-- Whether anybody could be told of a request, by channel. A channel that delivered once counts as delivered.
create table request_reach (
  approval_id text        not null references approval_request (id),
  channel     text        not null check (channel in ('TEAMS', 'PAGERDUTY')),
  delivered   boolean     not null,
  at          timestamptz not null,
  primary key (approval_id, channel)
);
create index request_reach_failed on request_reach (approval_id) where not delivered;
