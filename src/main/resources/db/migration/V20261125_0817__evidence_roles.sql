-- What the application's role may do with the log, if there is such a role: deploy/postgres/roles.sql makes it. Tables
-- of the log that come later call this again.
create procedure evidence_rights() language plpgsql as $$
declare
  log text;
begin
  if not exists (select from pg_roles where rolname = 'cordon_app') then
    return;
  end if;
  for log in select c.oid::regclass from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like 'evidence\_%'
  loop
    execute format('revoke all on %s from cordon_app', log);
    execute format('grant select, insert on %s to cordon_app', log);
  end loop;
  grant update (state, body) on evidence_stage to cordon_app;
  grant update (size, frontier) on evidence_tree_state to cordon_app;
  revoke insert on evidence_tree_state from cordon_app;
  if to_regclass('public.flyway_schema_history') is not null then
    revoke all on flyway_schema_history from cordon_app;
    grant select on flyway_schema_history to cordon_app;
  end if;
end
$$;

-- A staged event may only move into the log, as it was staged.
create function evidence_refuse_restaging() returns trigger language plpgsql as $$
begin
  if old.state = 'STAGED' and new.state = 'SEQUENCED' and new.body is null
      and (new.id, new.staged_order, new.type, new.case_id) is not distinct from (old.id, old.staged_order, old.type, old.case_id) then
    return new;
  end if;
  raise exception 'evidence is append-only: % on % refused', tg_op, tg_table_name;
end
$$;
create trigger evidence_stage_move before update on evidence_stage for each row execute function evidence_refuse_restaging();
create trigger evidence_stage_guard before delete or truncate on evidence_stage
  for each statement execute function evidence_refuse_change();
alter table evidence_stage enable always trigger evidence_stage_move;
alter table evidence_stage enable always trigger evidence_stage_guard;

call evidence_rights();
