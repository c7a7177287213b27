using Npgsql;
using NpgsqlTypes;

namespace Scoring.Storage;

/// <summary>Locks by number that let one silo at a time do a job. A lock ends with its connection.</summary>
internal static class AdvisoryLock
{
    /// <summary>Takes an advisory lock of the session if it is free, without waiting. $1 number.</summary>
    public const string TryLock = "SELECT pg_try_advisory_lock($1)";

    /// <summary>Takes the lock if it is free; returns whether this connection holds it.</summary>
    public static async Task<bool> TryTake(NpgsqlConnection connection, long number, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(connection, TryLock, (number, NpgsqlDbType.Bigint));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
