-- the few last questions without an answer are looked up by every list of what waits
create index last_question_open on last_question (approval_id) where answer is null;
-- since when nothing more is begun on a request that was approved, though its window may still be open
alter table approval_request add column over_at timestamptz;
