-- A machine that nobody saw as it should be for a week is given up, which is not the same as over; and a page is open until it was taken back.
alter table action_follow_up drop constraint action_follow_up_state_check;
alter table action_follow_up add constraint action_follow_up_state_check check (state in ('OPEN', 'AS_EXPECTED', 'DOUBTFUL', 'GIVEN_UP', 'OVER'));
alter table action_follow_up add column paged_verdict text;
update action_follow_up set paged_verdict = verdict where paged and state = 'DOUBTFUL';
alter table action_follow_up drop column paged;
create index action_follow_up_paged on action_follow_up (case_id) where paged_verdict is not null;
create index action_follow_up_given_up on action_follow_up (mde_device_id) where state = 'GIVEN_UP';
create index action_follow_up_machine on action_follow_up (mde_device_id);
drop index action_follow_up_doubtful;
create index action_follow_up_doubtful on action_follow_up (case_id) where state in ('DOUBTFUL', 'GIVEN_UP');
