-- Of what kind the attack looked when the question was asked, beside how grave it was.
alter table approval_request add column asked_tactics text;

-- Machines that one case is to contain together, as they were proved when the SOC named them.
create table campaign_target (
  case_id          text    not null references incident_case (id),
  ordinal          integer not null,
  mde_device_id    text    not null,
  arc_id           text    not null,
  machine_name     text    not null,
  clinical_service text    not null,
  primary key (case_id, ordinal)
);
create index plan_target_machine on plan_target (mde_device_id);
