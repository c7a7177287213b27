using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Background;
using Scoring.Enrolments;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Erases the enrolments of ended programmes, finishes interrupted withdrawals, expires entries that are past their retention, and vacuums
/// the dead rows of all that. It runs at start, when this silo ends a programme, and at an interval. Each silo does it for all silos, and
/// several may run concurrently. Each part is a step of its own, so one that fails stops no other.
/// </summary>
internal sealed class ErasureSweeper(
    ErasureSweeperDependencies services, ProgrammeChangeSignal changes, IOptions<EnrolmentOptions> options, BackgroundStepRunner runner,
    ILogger<ErasureSweeper> log) : BackgroundService
{
    private const long LockKey = 0x5C0_E5A5;

    /// <summary>The finished erasures whose dead rows are not vacuumed yet. No lock.</summary>
    private const string Unvacuumed = "SELECT partition, position FROM ledger.erasure WHERE subject IS NULL LIMIT 10000";

    /// <summary>Deletes erasures that were vacuumed, and locks their rows. $1 partitions, $2 positions.</summary>
    private const string DeleteVacuumed = """
        DELETE FROM ledger.erasure e USING unnest($1, $2) AS d (partition, position)
        WHERE e.partition = d.partition AND e.position = d.position
        """;

    private readonly SemaphoreSlim _programmeEnded = new(0);

    private BackgroundStep[] Steps =>
    [
        new BackgroundStep("ended-programmes", EraseEndedProgrammes),
        new BackgroundStep("erasures", FinishErasures),
        new BackgroundStep("erasure-list", DropOldFiles) { NeedsTrustedClock = true },
        new BackgroundStep("retention", Expire) { NeedsTrustedClock = true },
        new BackgroundStep("vacuum", Vacuum),
    ];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        changes.Ended += SweepNow;
        await runner.Repeat(
            new BackgroundSchedule(TimeSpan.FromSeconds(options.Value.SweepSeconds), Steps) { Woken = _programmeEnded.WaitAsync },
            stoppingToken);
    }

    /// <summary>Runs every step once, and then throws the first failure.</summary>
    internal async Task Sweep(CancellationToken cancellationToken)
    {
        var steps = Steps;
        foreach (var step in steps) await runner.Run(step, cancellationToken);
        if (steps.Select(step => step.Failure).FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        changes.Ended -= SweepNow;
        _programmeEnded.Dispose();
        base.Dispose();
    }

    private async Task EraseEndedProgrammes(CancellationToken cancellationToken)
    {
        var erased = await services.EndedProgrammes.Erase(cancellationToken);
        if (erased > 0) log.Erased(erased);
    }

    private async Task FinishErasures(CancellationToken cancellationToken)
    {
        var finished = await services.Finisher.FinishOpen(forget: true, cancellationToken);
        if (finished > 0) log.Finished(finished);
    }

    private Task DropOldFiles(CancellationToken cancellationToken)
    {
        services.List.DropOld();
        return Task.CompletedTask;
    }

    private async Task Expire(CancellationToken cancellationToken)
    {
        await using var connection = await services.Database.OpenOwn(cancellationToken);
        var expired = await services.Retention.ExpireSome(connection, cancellationToken);
        if (expired > 0) log.Expired(expired);
    }

    private async Task Vacuum(CancellationToken cancellationToken)
    {
        await using var connection = await services.Database.OpenOwn(cancellationToken);
        var (partitions, positions) = await UnvacuumedErasures(connection, cancellationToken);
        if (partitions.Length == 0) return;
        await using var exclusive = await AdvisoryLock.TryTake(connection, LockKey, cancellationToken);
        if (exclusive is null) return;

        // Only the erasures that were read before the vacuum began count as vacuumed.
        await TableVacuum.Clean(connection, options.Value.RewriteMiBMax, cancellationToken);
        await using var delete = Sql.Command(
            connection, DeleteVacuumed, (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            (positions, NpgsqlDbType.Array | NpgsqlDbType.Bigint));
        await delete.ExecuteNonQueryAsync(cancellationToken);
        log.Vacuumed(partitions.Length);
    }

    private void SweepNow() => _programmeEnded.Release();

    private static async Task<(short[] Partitions, long[] Positions)> UnvacuumedErasures(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<short> partitions = [];
        List<long> positions = [];
        await using var command = new NpgsqlCommand(Unvacuumed, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            partitions.Add(reader.GetInt16(0));
            positions.Add(reader.GetInt64(1));
        }
        return ([.. partitions], [.. positions]);
    }
}

/// <summary>The services of <see cref="ErasureSweeper"/>, one for each step of a sweep.</summary>
internal sealed record ErasureSweeperDependencies(
    EndedProgrammeEraser EndedProgrammes, ErasureFinisher Finisher, ErasureList List, RetentionSweep Retention, LedgerDatabase Database);
