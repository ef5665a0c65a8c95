-- What auditors look cases up by; the newest first in each of them.
create index incident_case_opened on incident_case (opened_at desc, id desc);
create index incident_case_machine on incident_case (lower(machine_name) text_pattern_ops, opened_at desc, id desc);
create index incident_case_outcome on incident_case (outcome, opened_at desc, id desc);
create index case_requester_person on case_requester (oid, case_id);
create index approval_decision_person on approval_decision (oid, approval_id);
