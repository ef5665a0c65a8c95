-- Who must agree, how many and how soon the next people are told are decided by the policy, no longer read from the route.
alter table plan
  add column approvers text    not null default 'CLINICAL_AND_SECURITY',
  add column quorum    integer not null default 2,
  add column ladder    text    not null default 'STANDARD';
update plan set approvers = 'CLINICAL', quorum = 1 where route = 'CLINICAL_APPROVAL';
update plan set approvers = 'EXECUTIVE_AND_SECURITY' where route = 'FORBIDDEN';
