-- Which key sealed it, so that keys can change; null: sealed before keys had names, with the first key.
alter table sealed_material add column key_id text;
