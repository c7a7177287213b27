-- Membership of silos, made to the contract of the ADO.NET clustering provider of this release: it reads its statements from
-- orleansquery by their keys, gives parameters by name and reads columns by name. Nothing about a person is in here.
CREATE TABLE orleansquery (
    querykey  varchar(64) PRIMARY KEY,
    querytext varchar(8000) NOT NULL
);

-- One row a cluster; its version grows with every change of membership and is the ETag of each of them.
CREATE TABLE orleansmembershipversiontable (
    deploymentid varchar(150) PRIMARY KEY,
    timestamp    timestamptz(3) NOT NULL DEFAULT now(),
    version      integer NOT NULL DEFAULT 0
);

CREATE TABLE orleansmembershiptable (
    deploymentid varchar(150) NOT NULL REFERENCES orleansmembershipversiontable,
    address      varchar(45) NOT NULL,
    port         integer NOT NULL,
    generation   integer NOT NULL,
    siloname     varchar(150) NOT NULL,
    hostname     varchar(150) NOT NULL,
    status       integer NOT NULL,
    proxyport    integer,
    suspecttimes varchar(8000),
    starttime    timestamptz(3) NOT NULL,
    iamalivetime timestamptz(3) NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('GatewaysQueryKey', '
    SELECT address, proxyport, generation FROM orleansmembershiptable
    WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0'),

('MembershipReadRowKey', '
    SELECT cluster.deploymentid, address, port, generation, siloname, hostname, status, proxyport, suspecttimes, starttime,
        iamalivetime, version
    FROM orleansmembershipversiontable cluster LEFT JOIN orleansmembershiptable silo
        ON silo.deploymentid = cluster.deploymentid AND address = @Address AND port = @Port AND generation = @Generation
    WHERE cluster.deploymentid = @DeploymentId'),

('MembershipReadAllKey', '
    SELECT cluster.deploymentid, address, port, generation, siloname, hostname, status, proxyport, suspecttimes, starttime,
        iamalivetime, version
    FROM orleansmembershipversiontable cluster LEFT JOIN orleansmembershiptable silo ON silo.deploymentid = cluster.deploymentid
    WHERE cluster.deploymentid = @DeploymentId'),

-- The first silo makes the cluster; the others find it made.
('InsertMembershipVersionKey', '
    WITH made AS (
        INSERT INTO orleansmembershipversiontable (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made'),

('UpdateIAmAlivetimeKey', '
    UPDATE orleansmembershiptable SET iamalivetime = @IAmAliveTime
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

-- Whoever has seen the latest version goes on; a silo entered twice raises, and the version goes back with it.
('InsertMembershipKey', '
    WITH turn AS (
        UPDATE orleansmembershipversiontable SET version = version + 1, timestamp = now()
        WHERE deploymentid = @DeploymentId AND version = @Version RETURNING deploymentid),
    made AS (
        INSERT INTO orleansmembershiptable (
            deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
        SELECT deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM turn RETURNING 1)
    SELECT count(*)::integer FROM made'),

('UpdateMembershipKey', '
    WITH turn AS (
        UPDATE orleansmembershipversiontable cluster SET version = version + 1, timestamp = now()
        WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (
            SELECT FROM orleansmembershiptable silo WHERE silo.deploymentid = cluster.deploymentid
                AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deploymentid),
    changed AS (
        UPDATE orleansmembershiptable silo
        SET status = @Status, suspecttimes = CAST(@SuspectTimes AS varchar), iamalivetime = @IAmAliveTime
        FROM turn
        WHERE silo.deploymentid = turn.deploymentid AND address = @Address AND port = @Port AND generation = @Generation RETURNING 1)
    SELECT count(*)::integer FROM changed'),

('DeleteMembershipTableEntriesKey', '
    DELETE FROM orleansmembershiptable WHERE deploymentid = @DeploymentId;
    DELETE FROM orleansmembershipversiontable WHERE deploymentid = @DeploymentId'),

-- Status 3 is Active.
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM orleansmembershiptable
    WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3');
