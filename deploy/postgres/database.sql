-- Makes the platform's role and database. Run it once as a superuser, before the first silo starts:
--   (printf '\\set password %s\n' "$(cat FILE)"; cat database.sql) | psql -v ON_ERROR_STOP=1
-- docs/operations.md says why the role has these settings. The silo refuses to start without the first four.
SELECT format('CREATE ROLE scoring LOGIN PASSWORD %L', :'password')
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scoring') \gexec
SELECT $$CREATE DATABASE scoring OWNER scoring TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'$$
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'scoring') \gexec
REVOKE CONNECT ON DATABASE scoring FROM PUBLIC;
ALTER ROLE scoring SET temp_file_limit = 0;
ALTER ROLE scoring SET log_parameter_max_length = 0;
ALTER ROLE scoring SET log_error_verbosity = 'terse';
ALTER ROLE scoring SET log_min_messages = 'fatal';
ALTER ROLE scoring SET log_statement = 'none';
ALTER ROLE scoring SET log_min_duration_statement = -1;
ALTER ROLE scoring SET log_min_error_statement = 'panic';
