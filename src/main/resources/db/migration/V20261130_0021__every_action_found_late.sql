-- Of a permit that was sent twice Defender may have two actions; each is told of once.
create table late_found (
  permit_id     text not null references execution_permit (id),
  mde_action_id text not null,
  primary key (permit_id, mde_action_id)
);
create index late_found_action on late_found (mde_action_id);
create index execution_permit_sent_twice on execution_permit (settled_at) where sends > 1;

-- Permits that ended with a known result and are looked after all the same have a time of their own: a node of the version before
-- would take what it finds of them for something new.
alter table late_look add column look_beside timestamptz;
create index late_look_beside on late_look (look_beside) where look_beside is not null;
