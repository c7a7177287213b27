using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Makes tiles off the hot path as they fill, and a checkpoint at each full interval of the day, at the first start, and at once in a new
/// life of the ledger. One silo at a time, by a lock that ends with its connection; any other goes on where it stopped.
/// </summary>
internal sealed class CheckpointService(
    LedgerDatabase database, MerkleTileBuilder climbing, CheckpointBuilder sealing, IncarnationMonitor incarnation,
    IOptions<CheckpointOptions> options,
    TimeProvider time, ILogger<CheckpointService> log) : BackgroundService
{
    private const long LockKey = 0x5C0_5EA1;

    // By the indexes, however new the tables are.
    private const string Planned =
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_sort = off";

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

    /// <summary>Makes what is due; returns the checkpoint, if there was one to be made. Nothing while another silo is at it.</summary>
    internal async Task<Checkpoint?> Run(CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        await using (var alone = Sql.Command(connection, "SELECT pg_try_advisory_lock($1)", (LockKey, NpgsqlDbType.Bigint)))
            if (await alone.ExecuteScalarAsync(cancellationToken) is not true) return null;
        await incarnation.CheckAsync(connection);
        CheckpointMetrics.Leaves.Add(await climbing.Run(connection, cancellationToken));
        var now = time.GetUtcNow();
        if (!await IsDue(connection, now, cancellationToken)) return null;
        var made = await sealing.Seal(connection, now, cancellationToken);
        CheckpointMetrics.Made.Add(1);
        log.Made(made.Number);
        return made;
    }

    /// <summary>A connection of its own to work on.</summary>
    internal static async Task<NpgsqlConnection> Open(LedgerDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenOwn(cancellationToken);
        await using var planned = new NpgsqlCommand(Planned, connection);
        await planned.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private async Task<bool> IsDue(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TileSql.MadeAt, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not DateTime madeAt) return true;
        if (Interval(now) > Interval(new DateTimeOffset(madeAt, TimeSpan.Zero))) return true;
        var last = await PostgresCheckpoints.Latest(connection, cancellationToken);
        return last!.Life != CheckpointBuilder.Life(incarnation.Current!);
    }

    private long Interval(DateTimeOffset at) => at.ToUnixTimeSeconds() / options.Value.IntervalSeconds;
}
