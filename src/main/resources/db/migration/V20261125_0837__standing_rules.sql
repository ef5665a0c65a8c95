-- Rules by which named people approved an action beforehand. A version never changes; a change is another version.
create table standing_rule (
  id                text        not null,
  version           integer     not null,
  state             text        not null check (state in ('PROPOSED', 'LIVE', 'REPLACED', 'WITHDRAWN', 'REJECTED')),
  content           text        not null,
  sha256            text        not null,
  action            text        not null,
  -- of the content, for the check at the moment of sending; empty says nothing
  clinical_services text[]      not null,
  hosts             text[]      not null,
  expires_at        timestamptz not null,
  proposed_tid      text        not null,
  proposed_oid      text        not null,
  proposed_at       timestamptz not null,
  ended_at          timestamptz,
  primary key (id, version),
  check (cardinality(clinical_services) + cardinality(hosts) > 0)
);
create unique index standing_rule_one_live on standing_rule (id) where state = 'LIVE';
create index standing_rule_live on standing_rule (action, expires_at) where state = 'LIVE';
create index standing_rule_current on standing_rule (id, version) where state in ('LIVE', 'PROPOSED');

create table standing_rule_agreement (
  rule_id text        not null,
  version integer     not null,
  tid     text        not null,
  oid     text        not null,
  at      timestamptz not null,
  primary key (rule_id, version, tid, oid),
  foreign key (rule_id, version) references standing_rule (id, version)
);

-- An approval that a rule gave, in place of the decisions of people.
create table standing_grant (
  approval_id text primary key references approval_request (id),
  rule_id     text    not null,
  version     integer not null,
  foreign key (rule_id, version) references standing_rule (id, version)
);
