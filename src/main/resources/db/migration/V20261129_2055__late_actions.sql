-- Permits that ended without an action of theirs being known: Defender may still have one, which keeps for three days, and run it.
create table late_look (
  permit_id text primary key references execution_permit (id),
  until     timestamptz not null,
  next_look timestamptz,
  found     text
);
create index late_look_due on late_look (next_look) where next_look is not null;
create index execution_permit_unclear on execution_permit (settled_at) where state in ('UNRESOLVED', 'NOT_SENT') and sends > 0;
