-- What the clinical feed said about the places a plan's machines serve. One row from one change of the result to the next.
create table clearance_check (
  id         text primary key,
  plan_id    text        not null references plan (id),
  result     text        not null check (result in ('CLEAR', 'BUSY', 'UNKNOWN')),
  reason     text        not null,
  since      timestamptz not null,
  checked_at timestamptz not null
);
create index clearance_check_plan on clearance_check (plan_id, checked_at desc);

-- What the person who chose a window had in front of them.
create table approval_basis (
  approval_id      text    not null references approval_request (id),
  request_revision integer not null,
  zone             text    not null,
  offered_window   text,
  clearance_id     text references clearance_check (id),
  primary key (approval_id, request_revision)
);

-- The one question that may come up between an approval and its action, because something is worse than it was.
create table last_question (
  approval_id     text primary key references approval_request (id),
  reason          text        not null,
  asked_at        timestamptz not null,
  answer_deadline timestamptz not null,
  answer          text check (answer in ('PROCEED', 'STOP')),
  tid             text,
  oid             text,
  answered_at     timestamptz
);
