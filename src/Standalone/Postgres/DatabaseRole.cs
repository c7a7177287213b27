using Npgsql;

namespace Scoring.Postgres;

/// <summary>
/// Creates the platform's role and database. Runs at each start, because an earlier start may have been interrupted here.
/// </summary>
internal static class DatabaseRole
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static async Task Ensure(string admin, CancellationToken cancellationToken)
    {
        const string role = ServerConfiguration.Role;
        await using var connection = await Open(admin, cancellationToken);
        // A restored backup answers reads before it has replayed its archive, and writes only afterwards.
        const string inRecovery = "SELECT 1 WHERE pg_is_in_recovery() AND $1::text IS NOT NULL";
        while (await Exists(connection, inRecovery, role, cancellationToken)) await Task.Delay(Poll, cancellationToken);
        if (!await Exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellationToken))
        {
            await Execute(connection, $"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", cancellationToken);
        }

        var settings = ServerConfiguration.RoleSettings.Select(s => $"ALTER ROLE {role} SET {s.Name} = '{s.Value}'");
        await Execute(connection, string.Join(";\n", settings), cancellationToken);
        if (!await Exists(connection, "SELECT 1 FROM pg_database WHERE datname = $1", role, cancellationToken))
        {
            await Execute(connection, $"CREATE DATABASE {role} OWNER {role}", cancellationToken);
        }

        // Only a running server shows what it was built with.
        const string couldUseLz4 = "SELECT 1 FROM pg_settings WHERE name = $1 AND setting <> 'lz4' AND 'lz4' = ANY (enumvals)";
        foreach (var setting in ServerConfiguration.Compressions)
        {
            if (!await Exists(connection, couldUseLz4, setting, cancellationToken)) continue;
            await Execute(connection, $"ALTER SYSTEM SET {setting} = 'lz4'", cancellationToken);
            await Execute(connection, "SELECT pg_reload_conf()", cancellationToken);
        }
    }

    public static async Task Execute(string admin, string statement, CancellationToken cancellationToken)
    {
        await using var connection = await Open(admin, cancellationToken);
        await Execute(connection, statement, cancellationToken);
    }

    // Unpooled, so that no superuser connection stays open.
    private static async Task<NpgsqlConnection> Open(string admin, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string query, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
