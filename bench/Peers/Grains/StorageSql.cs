using Npgsql;

namespace Scoring.Peers.Grains;

/// <summary>
/// The tables and statements of Orleans' ADO.NET grain storage. Its packages hold none; these do what the provider's script for PostgreSQL
/// does: a row found by the hashes of its grain and type, changed in place, and only at the version that was read.
/// </summary>
internal static class StorageSql
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE IF NOT EXISTS grain_state (
            grain_hash integer NOT NULL, type_hash integer NOT NULL, n0 bigint NOT NULL, n1 bigint NOT NULL, type text NOT NULL,
            name text, service text NOT NULL, payload bytea, changed_at timestamptz NOT NULL, version integer NOT NULL);
        CREATE INDEX IF NOT EXISTS grain_state_hashes ON grain_state (grain_hash, type_hash);
        """;

    private const string Row = """
        grain_hash = @GrainIdHash AND type_hash = @GrainTypeHash AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND type = @GrainTypeString
            AND name IS NOT DISTINCT FROM @GrainIdExtensionString::text AND service = @ServiceId
        """;

    private static readonly (string Key, string Text)[] Queries =
    [
        ("ReadFromStorageKey", $"SELECT payload AS payloadbinary, version FROM grain_state WHERE {Row}"),
        ("WriteToStorageKey", $"""
            WITH changed AS (
                UPDATE grain_state SET payload = @PayloadBinary, changed_at = now(), version = version + 1
                WHERE {Row} AND version = @GrainStateVersion::integer
                RETURNING version
            ), made AS (
                INSERT INTO grain_state (grain_hash, type_hash, n0, n1, type, name, service, payload, changed_at, version)
                SELECT @GrainIdHash, @GrainTypeHash, @GrainIdN0, @GrainIdN1, @GrainTypeString, @GrainIdExtensionString::text, @ServiceId,
                    @PayloadBinary, now(), 1
                WHERE @GrainStateVersion::integer IS NULL AND NOT EXISTS (SELECT FROM grain_state WHERE {Row})
                RETURNING version
            )
            SELECT version AS newgrainstateversion FROM changed UNION ALL SELECT version FROM made
            """),
        ("ClearStorageKey", $"""
            UPDATE grain_state SET payload = NULL, changed_at = now(), version = version + 1
            WHERE {Row} AND version = @GrainStateVersion::integer
            RETURNING version AS newgrainstateversion
            """),
    ];

    /// <summary>Creates what is missing.</summary>
    public static async Task Ensure(NpgsqlDataSource database)
    {
        await using (var tables = database.CreateCommand(Tables)) await tables.ExecuteNonQueryAsync();
        foreach (var (key, text) in Queries)
        {
            await using var query = database.CreateCommand("INSERT INTO orleansquery VALUES ($1, $2) ON CONFLICT DO NOTHING");
            query.Parameters.AddWithValue(key);
            query.Parameters.AddWithValue(text);
            await query.ExecuteNonQueryAsync();
        }
    }
}
