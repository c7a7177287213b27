using Npgsql;

namespace Scoring.Storage;

/// <summary>
/// Identifies one incarnation of the ledger. A restored backup is another incarnation, and a fold of the one before may be ahead of it.
/// </summary>
/// <param name="System">PostgreSQL's system identifier.</param>
/// <param name="Timeline">PostgreSQL's timeline, which a point-in-time recovery or a failover changes.</param>
/// <param name="Counter">The ledger's own counter, which an operator increments after a restore that changes neither.</param>
public sealed record IncarnationId(long System, int Timeline, long Counter);

/// <summary>Reads the ledger's incarnation on each new physical connection and raises an event when it has changed.</summary>
public sealed class IncarnationMonitor
{
    /// <summary>
    /// The system identifier, the timeline, whether the schema exists and whether the server is in recovery, where it has no timeline of
    /// its own. No lock: it runs before a connection is used.
    /// </summary>
    private const string ReadServer = """
        SELECT (SELECT system_identifier FROM pg_control_system()),
            CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer END,
            to_regclass('ledger.platform') IS NOT NULL, pg_is_in_recovery()
        """;

    /// <summary>The ledger's own counter. No lock.</summary>
    private const string ReadCounter = "SELECT value::bigint FROM ledger.platform WHERE key = 'incarnation'";

    private readonly Lock _gate = new();
    private IncarnationId? _current;
    private volatile bool _isRefused;

    /// <summary>
    /// The incarnation has changed: folds, heads and snapshots of the one before are invalid. It is raised on the thread that opened the
    /// connection, before the connection is used. A handler must not block.
    /// </summary>
    public event Action<IncarnationId>? Changed;

    /// <summary>The incarnation of the last connection; <see langword="null"/> before the first.</summary>
    public IncarnationId? Current
    {
        get { lock (_gate) return _current; }
    }

    /// <summary>
    /// Refuses every new connection from now on, also the one that showed the change, so that nothing of this ledger is served.
    /// </summary>
    internal void Refuse() => _isRefused = true;

    internal void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(ReadServer, connection);
        Server server;
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            server = Server.Of(reader);
        }
        server.ThrowIfInRecovery();
        if (!server.HasSchema) return;
        using var counter = new NpgsqlCommand(ReadCounter, connection);
        if (counter.ExecuteScalar() is long count) Accept(server.With(count));
    }

    internal async Task CheckAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(ReadServer, connection);
        Server server;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            server = Server.Of(reader);
        }
        server.ThrowIfInRecovery();
        if (!server.HasSchema) return;
        await using var counter = new NpgsqlCommand(ReadCounter, connection);
        if (await counter.ExecuteScalarAsync() is long count) Accept(server.With(count));
    }

    private void Accept(IncarnationId found)
    {
        if (HasChanged(found)) Changed?.Invoke(found);
        if (_isRefused) throw new LedgerReplacedException();
    }

    private bool HasChanged(IncarnationId found)
    {
        lock (_gate)
        {
            if (_current == found) return false;
            var isFirst = _current is null;
            _current = found;
            return !isFirst;
        }
    }

    private readonly record struct Server(long System, int Timeline, bool HasSchema, bool IsInRecovery)
    {
        public static Server Of(NpgsqlDataReader reader) => new(
            reader.GetInt64(0), reader.GetInt32(1), reader.GetBoolean(2), reader.GetBoolean(3));

        /// <summary>
        /// A standby shows the ledger of the past, and whether it becomes the primary is not known yet. So it is neither used nor compared.
        /// </summary>
        public void ThrowIfInRecovery()
        {
            if (IsInRecovery) throw new LedgerInRecoveryException();
        }

        public IncarnationId With(long counter) => new(System, Timeline, counter);
    }
}

/// <summary>The database was replaced while the silo was running. The silo serves nothing of it and must be restarted.</summary>
public sealed class LedgerReplacedException()
    : NpgsqlException("The database was replaced while the silo was running. Restart the silo.");

/// <summary>
/// The server is a standby or still recovers, so it is not used. Another server of the connection string may be the primary.
/// </summary>
public sealed class LedgerInRecoveryException() : NpgsqlException("The server is in recovery, and only a primary is used.");
