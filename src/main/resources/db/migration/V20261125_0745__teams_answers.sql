-- Every card whose POST went out. Until it is answered the card may be in Teams without our knowing its ids.
create table teams_post (
  id          uuid primary key,
  approval_id text        not null references approval_request (id),
  channel_id  text        not null,
  outcome     text        not null check (outcome in ('UNKNOWN', 'POSTED', 'NOT_POSTED', 'FOUND')),
  sent_at     timestamptz not null
);
create index teams_post_unknown on teams_post (approval_id, sent_at) where outcome = 'UNKNOWN';

-- A second card of one request, found later; it shows where the first one is and takes no answer.
alter table teams_card add column duplicate boolean not null default false;
