-- Cases and the alerts that belong to them. Times are instants; every value of time comes from the application's clock.
create table incident_case (
  id               text primary key,
  state            text        not null check (state in ('OPEN', 'CLOSED', 'MERGED')),
  severity         text        not null,
  tactics          text        not null default '',
  detector         text        not null,
  machine_name     text,
  mde_device_id    text,
  arc_id           text,
  clinical_service text,
  outcome          text,
  merged_into      text references incident_case (id),
  opened_at        timestamptz not null,
  closed_at        timestamptz
);
create index incident_case_state on incident_case (state, opened_at desc, id);

-- What a case's machine is known as (mde:<id>, arc:<id>). A machine has at most one open case.
create table case_alias (
  alias   text    not null,
  case_id text    not null references incident_case (id),
  open    boolean not null,
  primary key (case_id, alias)
);
create unique index case_alias_one_open on case_alias (alias) where open;

-- seq is the order in which they were recorded; two may have come at one moment.
create table alert (
  seq             bigint      generated always as identity,
  system_alert_id text        not null,
  content_hash    text        not null,
  vendor_id       text,
  case_id         text references incident_case (id),
  disposition     text        not null,
  reason          text,
  severity        text,
  false_positive  boolean     not null default false,
  received_at     timestamptz not null,
  primary key (system_alert_id, content_hash)
);
create index alert_case on alert (case_id, received_at);
create index alert_versions on alert (system_alert_id, seq) where case_id is not null;
create index alert_vendor on alert (vendor_id, seq) where vendor_id is not null;
create index alert_quarantined on alert (seq) where disposition = 'QUARANTINED';

-- Everybody who may not approve in this case, because they asked for it.
create table case_requester (
  case_id text        not null references incident_case (id),
  tid     text        not null,
  oid     text        not null,
  deed    text        not null,
  at      timestamptz not null,
  primary key (case_id, tid, oid, deed)
);

-- Raw alerts and what people typed: encrypted, with a salt of its own, never joined into a list.
create table sealed_material (
  id        uuid primary key,
  case_id   text        references incident_case (id),
  kind      text        not null,
  salt      bytea       not null,
  sha256    text        not null,
  nonce     bytea       not null,
  cipher    bytea       not null,
  sealed_at timestamptz not null
);
create index sealed_material_case on sealed_material (case_id);

create table plan (
  id               text primary key,
  case_id          text        not null references incident_case (id),
  plan_hash        text        not null,
  canonical        text        not null,
  action           text        not null,
  route            text        not null,
  assurance        text        not null,
  answer_minutes   integer     not null,
  max_isolation_hours integer  not null,
  release          text        not null check (release in ('BY_HAND', 'BY_PLAN')),
  clinical_service text        not null,
  made_at          timestamptz not null
);
create index plan_case on plan (case_id, made_at);

create table plan_target (
  plan_id       text    not null references plan (id),
  ordinal       integer not null,
  mde_device_id text    not null,
  arc_id        text,
  machine_name  text    not null,
  primary key (plan_id, ordinal)
);

create table approval_request (
  id               text primary key,
  case_id          text        not null references incident_case (id),
  plan_id          text        not null references plan (id),
  process_instance text        not null,
  state            text        not null check (state in ('PENDING', 'GRANTED', 'REJECTED', 'HELD', 'EXPIRED', 'WITHDRAWN', 'VOIDED')),
  request_revision integer     not null,
  tier             integer     not null,
  approver_role    text        not null,
  clinical_service text        not null,
  quorum           integer     not null,
  asked_at         timestamptz not null,
  answer_deadline  timestamptz not null,
  decided_at       timestamptz,
  window_from      timestamptz,
  window_to        timestamptz,
  back_by          timestamptz,
  procedure_impact text,
  decision_hash    text
);
create index approval_request_case on approval_request (case_id, asked_at);
create index approval_request_live on approval_request (state, answer_deadline) where state in ('PENDING', 'HELD');

create table approval_decision (
  approval_id      text        not null references approval_request (id),
  request_revision integer     not null,
  tid              text        not null,
  oid              text        not null,
  role             text        not null,
  verdict          text        not null,
  outcome          text        not null,
  decision_hash    text        not null,
  reason_code      text,
  decided_at       timestamptz not null,
  primary key (approval_id, request_revision, tid, oid)
);

-- One row is the right to send one action once.
create table execution_permit (
  id              text primary key,
  case_id         text        not null references incident_case (id),
  approval_id     text        not null references approval_request (id),
  target_ordinal  integer     not null,
  action          text        not null,
  attempt         integer     not null,
  mde_device_id   text        not null,
  decision_hash   text        not null,
  token           text        not null unique,
  state           text        not null check (state in ('INTENDED', 'SENDING', 'SENT', 'SUCCEEDED', 'FAILED', 'REFUSED', 'CANCELLED', 'WITHDRAWN', 'NOT_SENT', 'UNRESOLVED')),
  not_after       timestamptz not null,
  intent_stage    uuid        not null,
  mde_action_id   text,
  read_backs      integer     not null default 0,
  read_back_at    timestamptz,
  sends           integer     not null default 0,
  intended_at     timestamptz not null,
  sent_at         timestamptz,
  settled_at      timestamptz,
  unique (approval_id, target_ordinal, action, attempt)
);
-- One action of a kind on a machine at a time, whatever cases and playbooks there are.
create unique index execution_permit_one_open on execution_permit (mde_device_id, action) where settled_at is null;
create index execution_permit_case on execution_permit (case_id, intended_at);
create index execution_permit_unsettled on execution_permit (state, not_after) where settled_at is null;

-- What was said outside, so that every message can be replaced or resolved later.
create table teams_card (
  approval_id     text        not null references approval_request (id),
  conversation_id text        not null,
  activity_id     text        not null,
  posted_at       timestamptz not null,
  primary key (approval_id, conversation_id, activity_id)
);
create table page (
  dedup_key        text primary key,
  approval_id      text        not null references approval_request (id),
  clinical_service text        not null,
  state            text        not null check (state in ('TRIGGERED', 'RESOLVED')),
  triggered_at     timestamptz not null,
  resolved_at      timestamptz
);
create index page_approval on page (approval_id);
