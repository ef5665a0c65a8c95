-- Pages about the tasks and machines of a case that may be open at PagerDuty. Each has a key of its own, since one that was
-- acknowledged wakes nobody again under the same key.
create table task_page (
  dedup_key text        primary key,
  case_id   text        not null references incident_case (id),
  subject   text        not null check (subject in ('OVERDUE', 'SIGNS')),
  raised_at timestamptz not null
);
create index task_page_of_case on task_page (case_id, subject);
