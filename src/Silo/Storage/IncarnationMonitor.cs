using Npgsql;

namespace Scoring.Storage;

/// <summary>
/// Which life of the ledger this is: a restored backup is another one, and what was folded from the first may be ahead of it.
/// </summary>
/// <param name="System">PostgreSQL's system identifier.</param>
/// <param name="Timeline">Its timeline, which a point-in-time recovery or a failover changes.</param>
/// <param name="Counter">Our own count of restores.</param>
public sealed record IncarnationId(long System, int Timeline, long Counter);

/// <summary>Reads the incarnation on each new physical connection and tells when it has changed.</summary>
public sealed class IncarnationMonitor
{
    private const string Read = """
        SELECT (SELECT system_identifier FROM pg_control_system()),
            CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer END,
            to_regclass('ledger.platform') IS NOT NULL
        """;

    private const string ReadCounter = "SELECT value::bigint FROM ledger.platform WHERE key = 'incarnation'";

    private readonly Lock _gate = new();
    private IncarnationId? _current;
    private volatile bool _isRefused;

    /// <summary>
    /// The ledger is another than before: drop folds, heads and snapshots made since. Raised on the thread that opened the connection,
    /// before it is used; must not block.
    /// </summary>
    public event Action<IncarnationId>? Changed;

    /// <summary>The incarnation last seen; <see langword="null"/> before the first connection.</summary>
    public IncarnationId? Current
    {
        get { lock (_gate) return _current; }
    }

    /// <summary>From now on every new connection is refused, also the one that told of the change: nothing of this ledger is
    /// served.</summary>
    internal void Refuse() => _isRefused = true;

    internal void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Read, connection);
        long system;
        int timeline;
        bool made;
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            (system, timeline, made) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetBoolean(2));
        }
        if (!made) return;
        using var counter = new NpgsqlCommand(ReadCounter, connection);
        if (counter.ExecuteScalar() is long count) Take(new IncarnationId(system, timeline, count));
    }

    internal async Task CheckAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Read, connection);
        long system;
        int timeline;
        bool made;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            (system, timeline, made) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetBoolean(2));
        }
        if (!made) return;
        await using var counter = new NpgsqlCommand(ReadCounter, connection);
        if (await counter.ExecuteScalarAsync() is long count) Take(new IncarnationId(system, timeline, count));
    }

    internal void Take(IncarnationId seen)
    {
        if (HasChanged(seen)) Changed?.Invoke(seen);
        if (_isRefused) throw new LedgerReplacedException();
    }

    private bool HasChanged(IncarnationId seen)
    {
        lock (_gate)
        {
            if (_current == seen) return false;
            var first = _current is null;
            _current = seen;
            return !first;
        }
    }
}

/// <summary>The database is another one than this silo began with; it serves nothing of it.</summary>
public sealed class LedgerReplacedException() : NpgsqlException("The database is another one than before.");
