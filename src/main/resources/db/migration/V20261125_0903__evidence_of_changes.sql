-- The entries that questions about changes are asked of; few beside those of alerts.
create index evidence_entry_of_changes on evidence_entry (seq)
  where type in ('ACTION_INTENT', 'APPROVAL_GRANTED', 'BREAK_GLASS', 'MATERIAL_PURGED');
