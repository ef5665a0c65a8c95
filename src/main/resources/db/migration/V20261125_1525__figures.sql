-- The entries that are counted by the week; few beside those of alerts.
create index evidence_entry_counted on evidence_entry (seq) where type in ('DECISION_REFUSED', 'ESCALATED');

-- When each channel last delivered, and what it did not deliver lately.
create index request_reach_channel on request_reach (channel, delivered, at);
