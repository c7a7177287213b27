using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Builds tiles off the hot path as they fill. Builds a checkpoint at each full interval of the day, at the first start, and immediately in
/// a new incarnation of the ledger. One silo at a time does it, under a lock that ends with its connection; then another silo continues.
/// </summary>
internal sealed class CheckpointService(
    LedgerDatabase database, CheckpointBuilder builder, IOptions<CheckpointOptions> options, TimeProvider time,
    ILogger<CheckpointService> log) : BackgroundService
{
    private const long LockKey = 0x5C0_5EA1;

    /// <summary>Settings of the connection: statements read their tables through indexes, also when the tables are new. No lock.</summary>
    private const string PlannerSettings =
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; "
        + "SET enable_sort = off";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(options.Value.TileSeconds, options.Value.IntervalSeconds));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Run(stoppingToken);
                await Task.Delay(pause, time, stoppingToken);
            }
            catch (SealBrokenException exception)
            {
                CheckpointMetrics.Refused.Add(1);
                log.Refused(exception.Message);
                await Task.Delay(pause, time, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                log.Failed(exception.GetType().Name, (exception as PostgresException)?.SqlState);
                await Task.Delay(pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Builds the tiles and the checkpoint that are due; returns the checkpoint. It returns <see langword="null"/> when none is due, or
    /// while another silo holds the lock.
    /// </summary>
    internal async Task<Checkpoint?> Run(CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        if (!await AdvisoryLock.TryTake(connection, LockKey, cancellationToken)) return null;
        await database.Incarnation.CheckAsync(connection);
        CheckpointMetrics.Leaves.Add(await builder.BuildTiles(connection, cancellationToken));
        var now = time.GetUtcNow();
        if (!await IsDue(connection, now, cancellationToken)) return null;
        var checkpoint = await builder.Seal(connection, now, cancellationToken);
        CheckpointMetrics.Made.Add(1);
        log.Made(checkpoint.Number);
        return checkpoint;
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
        if (Interval(now) > Interval(new DateTimeOffset(madeAt, TimeSpan.Zero))) return true;
        var last = await PostgresCheckpoints.Latest(connection, cancellationToken);
        return last!.Life != CheckpointBuilder.NameOf(database.Incarnation.Current!);
    }

    private long Interval(DateTimeOffset at) => at.ToUnixTimeSeconds() / options.Value.IntervalSeconds;
}
