-- Cases whose sealed material must stay, whatever its age. A hold that was lifted stays here as a record.
create table legal_hold (
  case_id    text        not null references incident_case (id),
  set_at     timestamptz not null,
  reason     text        not null,
  set_tid    text        not null,
  set_oid    text        not null,
  lifted_at  timestamptz,
  lifted_tid text,
  lifted_oid text,
  primary key (case_id, set_at)
);
create unique index legal_hold_in_force on legal_hold (case_id) where lifted_at is null;

create index incident_case_over on incident_case (coalesce(closed_at, opened_at)) where state <> 'OPEN';
create index sealed_material_without_case on sealed_material (sealed_at) where case_id is null;
