using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>
/// The silo's view of the heads: advanced at once by its own commits, and by one poll for everybody else's. A waiter costs an object,
/// not a thread nor a query.
/// </summary>
public sealed class LedgerHeads : BackgroundService, ILedgerHeads
{
    private const string Read = "SELECT partition, position FROM ledger.head ORDER BY partition";

    private readonly LedgerDatabase database;
    private readonly LedgerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<LedgerHeads> log;
    private readonly Partition[] partitions;

    /// <summary>Knows nothing until started or told.</summary>
    public LedgerHeads(
        LedgerDatabase database, IncarnationMonitor incarnation, IOptions<LedgerOptions> options, IOptions<StorageOptions> storage,
        TimeProvider time, ILogger<LedgerHeads> log)
    {
        this.database = database;
        this.options = options.Value;
        this.time = time;
        this.log = log;
        partitions = [.. Enumerable.Range(0, storage.Value.PartitionCount).Select(_ => new Partition())];
        incarnation.Changed += _ => Array.ForEach(partitions, partition => partition.Reset());
    }

    /// <inheritdoc/>
    public long Head(int partition) => partitions[partition].Position;

    /// <inheritdoc/>
    public async ValueTask Past(int partition, long position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var moved = partitions[partition].Moved;
            if (partitions[partition].Position > position) return;
            await moved.WaitAsync(cancellationToken);
        }
    }

    internal void Advance(int partition, long position) => partitions[partition].Advance(position);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.PollMilliseconds;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                pause = await Poll(stoppingToken) ? options.PollMilliseconds : Math.Min(pause * 2, Idle);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                log.PollFailed(exception.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(10 * Idle), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private int Idle => Math.Max(options.PollIdleMilliseconds, options.PollMilliseconds);

    internal async Task<bool> Poll(CancellationToken cancellationToken)
    {
        var moved = false;
        await using var command = database.Readers.CreateCommand(Read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) moved |= partitions[reader.GetInt16(0)].Advance(reader.GetInt64(1));
        return moved;
    }

    private sealed class Partition
    {
        private readonly Lock gate = new();
        private TaskCompletionSource moved = New();
        private long position;

        public long Position => Volatile.Read(ref position);

        public Task Moved
        {
            get { lock (gate) return moved.Task; }
        }

        public bool Advance(long to)
        {
            TaskCompletionSource waiters;
            lock (gate)
            {
                if (to <= position) return false;
                position = to;
                (waiters, moved) = (moved, New());
            }
            waiters.TrySetResult();
            return true;
        }

        public void Reset()
        {
            lock (gate) position = 0;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
