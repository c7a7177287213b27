using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Checkpoints;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Metrics;

/// <summary>Measures in one round trip what waits in the database: erasures, contests, and leaves without a checkpoint.</summary>
internal sealed class BacklogReader(
    LedgerDatabase database, LedgerHeads heads, ProgrammeClock clock, TimeProvider machine, IOptions<MetricsOptions> options)
{
    private readonly OpenErasureAges _ages = new();

    /// <summary>Reads it once. Calls must not overlap.</summary>
    public async Task Read(CancellationToken cancellationToken)
    {
        var max = options.Value.CountMax;
        // A day before today in UTC is over in every time zone once another day has passed.
        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        await using var batch = database.Readers.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(BacklogSql.OpenErasures, (max, NpgsqlDbType.Integer)));
        batch.BatchCommands.Add(Sql.Command(
            BacklogSql.OverdueContests, (today.AddDays(-1), NpgsqlDbType.Date), (max, NpgsqlDbType.Integer)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(BacklogSql.NewestCheckpoint));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        List<(int, long, DateOnly?)> open = [];
        while (await reader.ReadAsync(cancellationToken))
            open.Add((reader.GetInt16(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2)));
        BacklogMetrics.ErasuresOpen.Record(open.Count);
        BacklogMetrics.ErasuresAge.Record(_ages.Oldest(open, machine.GetUtcNow()).TotalSeconds);

        await reader.NextResultAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken)) BacklogMetrics.ContestsOverdue.Record(reader.GetInt64(0));

        await reader.NextResultAsync(cancellationToken);
        RecordCheckpoint(await reader.ReadAsync(cancellationToken) ? reader : null);
    }

    /// <summary>Without a checkpoint there is no age, and nothing is sealed.</summary>
    private void RecordCheckpoint(NpgsqlDataReader? newest)
    {
        var unsealed = Enumerable.Range(0, database.PartitionCount).Sum(heads.Head);
        if (newest is not null)
        {
            var age = machine.GetUtcNow() - new DateTimeOffset(newest.GetDateTime(0), TimeSpan.Zero);
            CheckpointMetrics.Age.Record(Math.Max(0, age.TotalSeconds));
            unsealed -= CheckpointNote.Read(newest.GetString(1)).Statement.Logs.Sum(log => log.Size);
        }
        // The heads in memory may be a moment older than the checkpoint.
        CheckpointMetrics.Unsealed.Record(Math.Max(0, unsealed));
    }
}
