using Npgsql;
using NpgsqlTypes;

namespace Scoring.Storage;

/// <summary>
/// A lock by number that lets one silo at a time do a job. Disposing of it unlocks it at once. A connection that is closed unlocks it too,
/// but only when its server process has ended, and the next job would find it taken until then.
/// </summary>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    /// <summary>Takes an advisory lock of the session if it is free, without waiting. $1 number.</summary>
    private const string TryLock = "SELECT pg_try_advisory_lock($1)";

    /// <summary>Unlocks an advisory lock of the session. $1 number.</summary>
    private const string Unlock = "SELECT pg_advisory_unlock($1)";

    private const int UnlockSecondsMax = 10;

    private readonly NpgsqlConnection _connection;
    private readonly long _number;

    private AdvisoryLock(NpgsqlConnection connection, long number)
    {
        _connection = connection;
        _number = number;
    }

    /// <summary>Takes the lock if it is free; returns <see langword="null"/> when another connection holds it.</summary>
    public static async Task<AdvisoryLock?> TryTake(NpgsqlConnection connection, long number, CancellationToken cancellationToken) =>
        await Execute(connection, TryLock, number, cancellationToken) is true ? new AdvisoryLock(connection, number) : null;

    /// <summary>
    /// Takes the lock over a connection of its own, which ends with it; returns <see langword="null"/> when another connection holds it.
    /// </summary>
    public static async Task<IAsyncDisposable?> TryTake(LedgerDatabase database, long number, CancellationToken cancellationToken)
    {
        var connection = await database.OpenOwn(cancellationToken);
        try
        {
            if (await TryTake(connection, number, cancellationToken) is { } held) return new WithConnection(held, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = Sql.Command(_connection, Unlock, (_number, NpgsqlDbType.Bigint));
            command.CommandTimeout = UnlockSecondsMax;
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The connection is broken, and the lock ends with it.
        }
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql, long number, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(connection, sql, (number, NpgsqlDbType.Bigint));
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private sealed class WithConnection(AdvisoryLock held, NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await held.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
