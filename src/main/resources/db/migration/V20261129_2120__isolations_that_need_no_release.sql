-- A machine that was rebuilt or is gone is never released in Defender: then a person says so, and since when that is known.
alter table out_of_band_action add column needs_none_at timestamptz;
create index out_of_band_action_standing on out_of_band_action (mde_device_id) where action = 'ISOLATE' and needs_none_at is null;
