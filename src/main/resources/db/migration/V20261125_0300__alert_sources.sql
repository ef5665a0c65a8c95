-- Where each source of alerts is read from next. One node at a time: claimed_until ends the claim of a node that died.
create table alert_source (
  name          text primary key,
  watermark     timestamptz not null,
  -- of the pass under way: where it goes on, and the newest alert it met; the watermark follows when it is through
  cursor        text,
  newest        timestamptz,
  next_run      timestamptz not null,
  claimed_by    text,
  claimed_until timestamptz,
  failures      integer     not null default 0,
  last_error    text,
  last_ok       timestamptz
);

-- What was taken and can come again within the overlap, so that it is not recorded as a duplicate each time.
create table alert_source_seen (
  source      text        not null references alert_source (name),
  fingerprint text        not null,
  at          timestamptz not null,
  primary key (source, fingerprint)
);
create index alert_source_seen_at on alert_source_seen (source, at);
