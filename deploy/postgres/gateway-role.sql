-- Makes the role of the gateways, which may read the list of silos and nothing else. Run it once as a superuser in the database scoring,
-- after the first silo has made its tables:
--   (printf '\\set password %s\n' "$(cat FILE)"; cat gateway-role.sql) | psql -v ON_ERROR_STOP=1 -d scoring
SELECT format('CREATE ROLE scoring_gateway LOGIN PASSWORD %L', :'password')
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scoring_gateway') \gexec
GRANT CONNECT ON DATABASE scoring TO scoring_gateway;
GRANT USAGE ON SCHEMA membership TO scoring_gateway;
GRANT SELECT ON membership.silo, public.orleansquery TO scoring_gateway;
