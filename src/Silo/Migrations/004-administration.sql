-- Drafts, proposals and approvals: states of grains that Orleans' ADO.NET grain storage keeps. Nothing personal. The provider reads its
-- statements from the table OrleansQuery and knows the names of keys, parameters and result columns only. A state is found by all that
-- names it, which is unique here, so the provider's hashes are not needed. No result row tells the provider that another was faster.
CREATE SCHEMA administration;

-- A version number is drawn once for the whole table: a state that was cleared and written anew never has an old one again.
CREATE SEQUENCE administration.state_version AS integer;

CREATE TABLE administration.state (
    service    text NOT NULL,
    kind       text NOT NULL,
    n0         bigint NOT NULL,
    n1         bigint NOT NULL,
    name       text NOT NULL,
    version    integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    payload    bytea,
    PRIMARY KEY (service, kind, n0, n1, name)
);

INSERT INTO public.orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $sql$
    SELECT payload AS payloadbinary, version FROM administration.state
    WHERE service = @ServiceId AND kind = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND name = coalesce(@GrainIdExtensionString::text, '')
$sql$),
('WriteToStorageKey', $sql$
    WITH made AS (
        INSERT INTO administration.state (service, kind, n0, n1, name, version, payload)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''),
            nextval('administration.state_version'), @PayloadBinary
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT (service, kind, n0, n1, name) DO NOTHING
        RETURNING version
    ), changed AS (
        UPDATE administration.state
        SET payload = @PayloadBinary, version = nextval('administration.state_version'), changed_at = now()
        WHERE service = @ServiceId AND kind = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
            AND name = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
        RETURNING version
    )
    SELECT version AS newgrainstateversion FROM made UNION ALL SELECT version FROM changed
$sql$),
('ClearStorageKey', $sql$
    UPDATE administration.state
    SET payload = NULL, version = nextval('administration.state_version'), changed_at = now()
    WHERE service = @ServiceId AND kind = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND name = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
    RETURNING version AS newgrainstateversion
$sql$),
('DeleteStorageKey', $sql$
    DELETE FROM administration.state
    WHERE service = @ServiceId AND kind = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND name = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
    RETURNING version + 1 AS newgrainstateversion
$sql$);
