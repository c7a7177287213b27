-- Who is in the cluster. Orleans' ADO.NET clustering reads its statements from the table OrleansQuery (found by the search path) and
-- knows the names of keys, parameters and result columns only; tables and statements are ours. Every change of membership takes the
-- deployment's version from the one its writer read to the next, or does nothing.
CREATE SCHEMA membership;

CREATE TABLE membership.deployment (
    id         text PRIMARY KEY,
    version    integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE membership.silo (
    deployment text NOT NULL REFERENCES membership.deployment,
    address    text NOT NULL,
    port       integer NOT NULL,
    generation integer NOT NULL,
    name       text NOT NULL,
    host       text NOT NULL,
    status     integer NOT NULL,
    proxy_port integer,
    suspected  text,
    started_at timestamptz(3) NOT NULL,
    alive_at   timestamptz(3) NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
) WITH (fillfactor = 50);

CREATE TABLE public.orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

-- A row for the deployment itself comes back even when no silo matches.
CREATE VIEW membership.reading AS
SELECT d.id AS deployment, s.address, s.port, s.generation, s.name AS siloname, s.host AS hostname, s.status,
    s.proxy_port AS proxyport, s.suspected AS suspecttimes, s.started_at AS starttime, s.alive_at AS iamalivetime, d.version
FROM membership.deployment d LEFT JOIN membership.silo s ON s.deployment = d.id;

INSERT INTO public.orleansquery (querykey, querytext) VALUES
('GatewaysQueryKey', $sql$
    SELECT address, proxy_port AS proxyport, generation FROM membership.silo
    WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0
$sql$),
('MembershipReadAllKey', $sql$
    SELECT * FROM membership.reading WHERE deployment = @DeploymentId
$sql$),
('MembershipReadRowKey', $sql$
    SELECT s.address, s.port, s.generation, s.name AS siloname, s.host AS hostname, s.status, s.proxy_port AS proxyport,
        s.suspected AS suspecttimes, s.started_at AS starttime, s.alive_at AS iamalivetime, d.version
    FROM membership.deployment d
    LEFT JOIN membership.silo s
        ON s.deployment = d.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE d.id = @DeploymentId
$sql$),
('InsertMembershipVersionKey', $sql$
    WITH made AS (
        INSERT INTO membership.deployment (id) VALUES (@DeploymentId) ON CONFLICT (id) DO NOTHING RETURNING id
    )
    SELECT count(*)::integer FROM made
$sql$),
('InsertMembershipKey', $sql$
    WITH next AS (
        UPDATE membership.deployment d SET version = d.version + 1, changed_at = now()
        WHERE d.id = @DeploymentId AND d.version = @Version AND NOT EXISTS (
            SELECT FROM membership.silo s
            WHERE s.deployment = d.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
        RETURNING d.id
    ), made AS (
        INSERT INTO membership.silo (
            deployment, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
        SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM next
        RETURNING port
    )
    SELECT count(*)::integer FROM made
$sql$),
('UpdateMembershipKey', $sql$
    WITH next AS (
        UPDATE membership.deployment d SET version = d.version + 1, changed_at = now()
        WHERE d.id = @DeploymentId AND d.version = @Version AND EXISTS (
            SELECT FROM membership.silo s
            WHERE s.deployment = d.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
        RETURNING d.id
    ), changed AS (
        UPDATE membership.silo s SET status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
        FROM next WHERE s.deployment = next.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
        RETURNING s.port
    )
    SELECT count(*)::integer FROM changed
$sql$),
('UpdateIAmAlivetimeKey', $sql$
    UPDATE membership.silo SET alive_at = @IAmAliveTime
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
    WITH gone AS (
        DELETE FROM membership.silo WHERE deployment = @DeploymentId
    )
    DELETE FROM membership.deployment WHERE id = @DeploymentId
$sql$),
('CleanupDefunctSiloEntriesKey', $sql$
    DELETE FROM membership.silo WHERE deployment = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$sql$);
