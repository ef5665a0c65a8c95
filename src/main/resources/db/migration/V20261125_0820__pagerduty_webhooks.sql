-- What PagerDuty told us, so that the same call sent again changes nothing. Older rows than a week are of no use.
create table pagerduty_webhook (
  event_id    text primary key,
  webhook_id  text        not null unique,
  event_type  text        not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null
);
create index pagerduty_webhook_age on pagerduty_webhook (received_at);

-- Somebody is awake; never an approval.
alter table page add column acknowledged_at timestamptz;
alter table page add column acknowledged_by text;

-- The page of several requests that this one is part of; null when it has one of its own.
alter table page add column digest_key text;
create index page_digest on page (digest_key) where digest_key is not null;

-- When it first could not be sent, and was said in Teams instead.
alter table page add column failed_at timestamptz;
