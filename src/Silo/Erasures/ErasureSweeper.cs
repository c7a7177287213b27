using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Scores;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Erases the enrolments of ended programmes, finishes withdrawals that a crash interrupted, expires what is past its retention, and then
/// vacuums what all that left in dead tuples: at start, when this silo ends a programme, and from time to time. Any silo does it for all;
/// two at once do no harm.
/// </summary>
internal sealed class ErasureSweeper(
    PostgresEnrolments enrolments, RetentionExpirer expiring, RetentionDueDays due, ErasureList list, LedgerDatabase database,
    ProgrammeChangeSignal news,
    IOptions<EnrolmentOptions> options, IOptions<RetentionOptions> retention, TimeProvider time, ILogger<ErasureSweeper> log)
    : BackgroundService
{
    private readonly SemaphoreSlim _ended = new(0);

    private const long LockKey = 0x5C0_E5A5;
    private const long ExpiryLockKey = 0x5C0_E5A6;

    private const string Cleared = "SELECT partition, position FROM ledger.erasure WHERE subject IS NULL LIMIT 10000";

    private const string Done = """
        DELETE FROM ledger.erasure e USING unnest($1, $2) AS d (partition, position)
        WHERE e.partition = d.partition AND e.position = d.position
        """;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.Ended += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Sweep(stoppingToken);
                await Pause(stoppingToken);
            }
            catch (Exception exception) when (
                exception is NpgsqlException or TimeoutException or LedgerUnavailableException or RuleBookStaleException
                && !stoppingToken.IsCancellationRequested)
            {
                log.SweepFailed(exception.GetType().Name, (exception as PostgresException)?.SqlState);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, options.Value.SweepSeconds)), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    internal async Task Sweep(CancellationToken cancellationToken)
    {
        var left = await enrolments.EndedErasing.Erase(cancellationToken);
        if (left > 0) log.Erased(left);
        var finished = await enrolments.Withdrawing.FinishOpen(forget: true, cancellationToken);
        if (finished > 0) log.Finished(finished);
        list.DropOld();
        await using var connection = await database.OpenOwn(cancellationToken);
        await Expire(connection, cancellationToken);
        var (partitions, positions) = await ClearedOnes(connection, cancellationToken);
        if (partitions.Length == 0 || !await Alone(connection, LockKey, cancellationToken)) return;

        // Only those cleared before it began count as vacuumed.
        await TableVacuum.Clean(connection, options.Value.RewriteMiBMax, cancellationToken);
        await using var done = Sql.Command(
            connection, Done, (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            (positions, NpgsqlDbType.Array | NpgsqlDbType.Bigint));
        await done.ExecuteNonQueryAsync(cancellationToken);
        log.Vacuumed(partitions.Length);
    }

    /// <summary>One silo at a time looks, for economy.</summary>
    private async Task Expire(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await Alone(connection, ExpiryLockKey, cancellationToken)) return;
        var (cleared, _) = await expiring.Run(due.All(), retention.Value.SweepRowsMax, cancellationToken);
        if (cleared > 0) log.Expired(cleared);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        news.Ended -= Wake;
        _ended.Dispose();
        base.Dispose();
    }

    private async Task Pause(CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, woken.Token);
        var wake = _ended.WaitAsync(woken.Token);
        await Task.WhenAny(pause, wake);
        await woken.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Wake() => _ended.Release();

    private static async Task<(short[] Partitions, long[] Positions)> ClearedOnes(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<short> partitions = [];
        List<long> positions = [];
        await using var command = new NpgsqlCommand(Cleared, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            partitions.Add(reader.GetInt16(0));
            positions.Add(reader.GetInt64(1));
        }
        return ([.. partitions], [.. positions]);
    }

    private static async Task<bool> Alone(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(connection, "SELECT pg_try_advisory_lock($1)", (key, NpgsqlDbType.Bigint));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
