-- A release counts against an isolation only once that is final, since Defender may finish the two in another order.
-- A node of the version before leaves it out; then the time it was made stands for it.
alter table out_of_band_action add column ended timestamptz;
update out_of_band_action set ended = made where state <> 'PENDING';
