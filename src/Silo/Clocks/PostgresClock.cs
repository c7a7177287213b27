using Npgsql;
using Scoring.Storage;

namespace Scoring.Clocks;

/// <summary>Reads the clock of PostgreSQL and the instant of the newest checkpoint.</summary>
internal sealed class PostgresClock(LedgerDatabase database) : IReferenceClock
{
    /// <summary>The database's instant, not that of the transaction's start, and when the newest checkpoint was made. No lock.</summary>
    private const string ReadTimes =
        "SELECT clock_timestamp(), (SELECT made_at FROM ledger.checkpoint ORDER BY number DESC LIMIT 1)";

    /// <inheritdoc/>
    public async Task<ReferenceTime> Read(CancellationToken cancellationToken)
    {
        // The connection is opened first, so that a wait for it is not part of the time between the two readings of the clocks.
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ReadTimes, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ReferenceTime(
            reader.GetFieldValue<DateTimeOffset>(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }
}
