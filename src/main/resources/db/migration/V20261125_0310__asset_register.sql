-- What the hospital knows about its machines and Azure does not. A null says nothing: then the tags stand alone.
create table asset_register (
  arc_id           text primary key,
  mde_device_id    text unique,
  clinical_service text check (clinical_service in ('PACS', 'FHIR', 'EHR')),
  contains_phi     text check (contains_phi in ('true', 'false')),
  egress           text check (egress in ('DIRECT', 'TRANSPARENT', 'PROXY', 'UNKNOWN')),
  never_isolate    text check (never_isolate in ('true', 'false')),
  console_path     text,
  on_site_person   text,
  owner_group      text,
  downtime_contact text,
  fhir_locations   text,
  service_probe    text,
  revision         integer     not null,
  changed_at       timestamptz not null
);

-- A change of safety fields waits here until a second administrator agrees.
create table register_change (
  id           text primary key,
  state        text        not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'STALE')),
  proposed_tid text        not null,
  proposed_oid text        not null,
  proposed_at  timestamptz not null,
  decided_tid  text,
  decided_oid  text,
  decided_at   timestamptz
);
create index register_change_waiting on register_change (proposed_at) where state = 'PROPOSED';

create table register_change_line (
  change_id     text    not null references register_change (id),
  arc_id        text    not null references asset_register (arc_id),
  field         text    not null,
  base_revision integer not null,
  old_value     text,
  new_value     text,
  primary key (change_id, arc_id, field)
);

-- Why a machine was taken for the one a case means; codes and ids only.
create table asset_proof (
  case_id           text primary key references incident_case (id),
  arc_id            text        not null,
  mde_device_id     text        not null,
  sources           text        not null,
  onboarding        text        not null,
  health            text        not null,
  os                text        not null,
  arc_status        text        not null,
  capability        text        not null,
  warnings          text        not null,
  read_at           timestamptz not null,
  stale             boolean     not null,
  register_revision integer     not null,
  proved_at         timestamptz not null
);
