using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// At every start, before the silo joins and serves: whoever the list outside the database says has left is erased again, open erasures go
/// on, and what is past its retention expires. On a database that was not restored there is nothing to do; whether it was, nobody asks.
/// </summary>
internal sealed class ErasureReplayService(
    ErasureList list, PostgresEnrolments enrolments, RetentionExpirer expiring, RetentionDueDays due, LedgerDatabase database,
    ProgrammeClock clock,
    ILogger<ErasureReplayService> log) : IHostedService
{
    private const int FencesAtOnce = 4;

    // A plain read of the whole table, by whatever plan.
    private const string Living = "SELECT subject FROM ledger.enrolment";

    private const string Locators = "SELECT hash FROM ledger.locator WHERE subject = ANY ($1)";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!list.IsKept) log.NoList();
        await Replay(cancellationToken);
        // No grain runs here yet; what other silos hold is forgotten when the sweeper ends these.
        await enrolments.Withdrawing.FinishOpen(forget: false, cancellationToken);
        if (await expiring.Run(due.All(), long.MaxValue, cancellationToken) is { Cleared: > 0 and var cleared }) log.Expired(cleared);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Fences every living enrolment that is on the list; returns how many.</summary>
    internal async Task<int> Replay(CancellationToken cancellationToken)
    {
        var (count, has) = list.Read();
        if (count == 0) return 0;
        await using var connection = await database.OpenOwn(cancellationToken);
        var back = new List<long>();
        await using (var living = new NpgsqlCommand(Living, connection))
        await using (var reader = await living.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                if (has(new SubjectId(reader.GetInt64(0)))) back.Add(reader.GetInt64(0));
        if (back.Count == 0) return 0;

        var locators = new List<byte[]>();
        await using (var leading = Sql.Command(connection, Locators, (back.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)))
        await using (var reader = await leading.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) locators.Add(reader.GetFieldValue<byte[]>(0));
        var day = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        await Parallel.ForEachAsync(
            locators, new ParallelOptions { MaxDegreeOfParallelism = FencesAtOnce, CancellationToken = cancellationToken },
            async (locator, stop) => await enrolments.Withdrawing.Fence(locator, day, new ErasureCause(IsReplayed: true), stop));
        log.ErasedAgain(back.Count, count);
        return back.Count;
    }
}
