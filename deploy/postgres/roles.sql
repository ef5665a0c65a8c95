-- Who may do what in Cordon's database. Run by a superuser in that database, before the first start, again whenever in
-- doubt: psql --dbname cordon --file roles.sql. Then give the two that sign in a password: \password cordon_app
--
--   cordon_owner     owns every table; nobody signs in as it
--   cordon_migrator  becomes the owner to change tables (java -jar cordon.jar migrate), and does nothing else
--   cordon_app       what Cordon runs as: of the evidence log it may read and add, never change or remove
do $$
begin
  if not exists (select from pg_roles where rolname = 'cordon_owner') then
    create role cordon_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'cordon_migrator') then
    create role cordon_migrator login noinherit in role cordon_owner;
  end if;
  if not exists (select from pg_roles where rolname = 'cordon_app') then
    create role cordon_app login;
  end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to cordon_migrator, cordon_app', current_database());
end
$$;
revoke all on schema public from public;
grant usage, create on schema public to cordon_owner;
grant usage on schema public to cordon_migrator, cordon_app;

-- Tables that migrations make from now on.
alter default privileges for role cordon_owner in schema public grant select, insert, update, delete on tables to cordon_app;
alter default privileges for role cordon_owner in schema public grant usage on sequences to cordon_app;

-- Tables that are there already, made by whoever ran Cordon until now.
do $$
declare
  it record;
begin
  for it in select c.oid::regclass as name, c.relkind from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
  loop
    execute format('alter table %s owner to cordon_owner', it.name);
    execute format('revoke all on %s from public, cordon_app', it.name);
    execute format('grant select, insert, update, delete on %s to cordon_app', it.name);
  end loop;
  for it in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'public'::regnamespace
  loop
    execute format('alter routine %s owner to cordon_owner', it.name);
  end loop;
  if to_regproc('public.evidence_rights') is not null then
    execute 'call evidence_rights()';
  end if;
end
$$;
