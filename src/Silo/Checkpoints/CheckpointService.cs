using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Background;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Builds tiles off the hot path as they fill. Builds a checkpoint at each full interval of the day, at the first start, and immediately in
/// a new incarnation of the ledger. One silo at a time does it, under a lock; when its connection ends, another silo continues.
/// </summary>
internal sealed class CheckpointService(
    LedgerDatabase database, CheckpointBuilder builder, IOptions<CheckpointOptions> options, CheckpointServiceDependencies services,
    ILogger<CheckpointService> log) : BackgroundService
{
    private const long LockKey = 0x5C0_5EA1;

    /// <summary>Settings of the connection: statements read their tables through indexes, also when the tables are new. No lock.</summary>
    private const string PlannerSettings =
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; "
        + "SET enable_sort = off";

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => services.Steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(Math.Min(options.Value.TileSeconds, options.Value.IntervalSeconds)),
            new BackgroundStep("tiles", BuildTiles),
            new BackgroundStep("checkpoint", SealWhenDue) { NeedsTrustedClock = true }),
        stoppingToken);

    /// <summary>
    /// Builds the tiles and the checkpoint that are due; returns the checkpoint. It returns <see langword="null"/> when none is due, or
    /// while another silo holds the lock.
    /// </summary>
    internal async Task<Checkpoint?> Run(CancellationToken cancellationToken)
    {
        await BuildTiles(cancellationToken);
        return await SealWhenDue(cancellationToken);
    }

    private async Task BuildTiles(CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        await using var exclusive = await AdvisoryLock.TryTake(connection, LockKey, cancellationToken);
        if (exclusive is null) return;
        await database.Incarnation.CheckAsync(connection);
        CheckpointMetrics.Leaves.Add(await builder.BuildTiles(connection, cancellationToken));
    }

    private async Task<Checkpoint?> SealWhenDue(CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        await using var exclusive = await AdvisoryLock.TryTake(connection, LockKey, cancellationToken);
        if (exclusive is null) return null;
        await database.Incarnation.CheckAsync(connection);
        var now = services.Machine.GetUtcNow();
        if (!await IsDue(connection, now, cancellationToken)) return null;
        try
        {
            var checkpoint = await builder.Seal(connection, now, cancellationToken);
            CheckpointMetrics.Made.Add(1);
            log.Made(checkpoint.Number);
            return checkpoint;
        }
        catch (SealBrokenException exception)
        {
            CheckpointMetrics.Refused.Add(1);
            log.Refused(exception.Message);
            throw;
        }
    }

    /// <summary>Opens a connection outside the pools for this work.</summary>
    internal static async Task<NpgsqlConnection> Open(LedgerDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenOwn(cancellationToken);
        await using var settings = new NpgsqlCommand(PlannerSettings, connection);
        await settings.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private async Task<bool> IsDue(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TileSql.MadeAt, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not DateTime madeAt) return true;
        var made = new DateTimeOffset(madeAt, TimeSpan.Zero);
        if (Interval(now) > Interval(made)) return true;
        // A clock that was ahead made the last one. Waiting until its time has come would silence the sealer for as long.
        if (made - now > TimeSpan.FromSeconds(options.Value.IntervalSeconds)) return true;
        var last = await PostgresCheckpoints.Latest(connection, cancellationToken);
        return last!.Life != CheckpointBuilder.NameOf(database.Incarnation.Current!);
    }

    private long Interval(DateTimeOffset at) => at.ToUnixTimeSeconds() / options.Value.IntervalSeconds;
}

/// <summary>The machine's clock, and the runner of the steps of <see cref="CheckpointService"/>.</summary>
internal sealed record CheckpointServiceDependencies(TimeProvider Machine, BackgroundStepRunner Steps);
