using Npgsql;
using NpgsqlTypes;
using Scoring.Background;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// Runs at every start, before the silo joins the cluster and serves: it replays the erasure list, continues open erasures, and expires
/// entries that are past their retention. On a database that was not restored the replay finds nothing to erase. Without the replay the
/// silo does not start. The other two are steps: nothing of an open erasure can be read any more, so one that is stuck does not keep the
/// platform from serving, and the sweeper continues it.
/// </summary>
internal sealed class ErasureReplayService(
    ErasureReplayer replayer, ErasureFinisher finisher, RetentionSweep retention, BackgroundStepRunner steps,
    ILogger<ErasureReplayService> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await replayer.Replay(cancellationToken);
        // No grain of this silo is active yet. The sweeper makes the other silos forget, and ends these erasures.
        await steps.RunOnce(new BackgroundStep("start-erasures", token => finisher.FinishOpen(forget: false, token)), cancellationToken);
        await steps.RunOnce(new BackgroundStep("start-retention", Expire) { NeedsTrustedClock = true }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Expire(CancellationToken cancellationToken)
    {
        if (await retention.ExpireAll(cancellationToken) is > 0 and var cleared) log.Expired(cleared);
    }
}

/// <summary>Erases again the subjects of the erasure list that a restored database has brought back.</summary>
internal sealed class ErasureReplayer(
    ErasureList list, WithdrawalWriter withdrawals, LedgerDatabase database, ProgrammeClock clock, ILogger<ErasureReplayer> log)
{
    private const int ConcurrentFencesMax = 4;

    /// <summary>All subjects. No lock. It reads the whole table, so it runs on a connection whose planner is free.</summary>
    private const string Subjects = "SELECT subject FROM ledger.enrolment";

    /// <summary>The locators of subjects. No lock: each fence locks its own. $1 subjects.</summary>
    private const string Locators = "SELECT hash FROM ledger.locator WHERE subject = ANY ($1)";

    /// <summary>Commits the fence of every enrolled subject that is on the list; returns how many there were.</summary>
    public async Task<int> Replay(CancellationToken cancellationToken)
    {
        if (!list.IsKept) log.NoList();
        var (count, has) = list.Read();
        if (count == 0) return 0;
        await using var connection = await database.OpenOwn(cancellationToken);
        var restored = new List<long>();
        await using (var subjects = new NpgsqlCommand(Subjects, connection))
        await using (var reader = await subjects.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                if (has(new SubjectId(reader.GetInt64(0)))) restored.Add(reader.GetInt64(0));
        if (restored.Count == 0) return 0;

        var day = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        await Parallel.ForEachAsync(
            await LocatorsOf(connection, [.. restored], cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentFencesMax, CancellationToken = cancellationToken },
            async (locator, stop) => await withdrawals.Fence(locator, day, new ErasureCause(IsReplayed: true), stop));
        log.ErasedAgain(restored.Count, count);
        return restored.Count;
    }

    private static async Task<List<byte[]>> LocatorsOf(NpgsqlConnection connection, long[] subjects, CancellationToken cancellationToken)
    {
        var locators = new List<byte[]>();
        await using var command = Sql.Command(connection, Locators, (subjects, NpgsqlDbType.Array | NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) locators.Add(reader.GetFieldValue<byte[]>(0));
        return locators;
    }
}
