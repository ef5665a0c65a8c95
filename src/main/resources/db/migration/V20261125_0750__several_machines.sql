-- Machines of a plan that the yes is not for; part of what the decision's hash covers.
create table approval_left_out (
  approval_id   text not null references approval_request (id),
  mde_device_id text not null,
  primary key (approval_id, mde_device_id)
);

-- How grave the case was when the question was asked, so that the next question can say what changed.
alter table approval_request add column asked_severity text;
create index approval_request_plan on approval_request (plan_id);
create index approval_request_process on approval_request (process_instance, asked_at);
