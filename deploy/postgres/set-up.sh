#!/usr/bin/env bash
# Runs once, when the container of PostgreSQL makes its database: the roles, and the passwords of the two that sign in.
set -euo pipefail
as_admin() { psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }
as_admin --file /roles/roles.sql
as_admin --set app="$CORDON_DB_PASSWORD" --set migrator="$CORDON_DB_MIGRATOR_PASSWORD" <<'SQL'
alter role cordon_app password :'app';
alter role cordon_migrator password :'migrator';
SQL
