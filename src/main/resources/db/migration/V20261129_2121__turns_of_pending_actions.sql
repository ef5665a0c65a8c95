-- Each pending action gets its turn, and one that Defender forgot before it was final stays unresolved until a person settles it.
-- The default is for a node of the version before, which does not name the column.
alter table out_of_band_action add column looked_at timestamptz not null default now();
update out_of_band_action set looked_at = seen_at;
alter table out_of_band_action drop constraint out_of_band_action_state_check;
alter table out_of_band_action add constraint out_of_band_action_state_check check (state in ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'UNRESOLVED'));
drop index out_of_band_action_pending;
create index out_of_band_action_pending on out_of_band_action (looked_at) where state = 'PENDING';
