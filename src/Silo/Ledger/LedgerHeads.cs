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

    private readonly LedgerDatabase _database;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LedgerHeads> _log;
    private readonly Partition[] _partitions;

    /// <summary>Knows nothing until started or told.</summary>
    public LedgerHeads(
        LedgerDatabase database, IncarnationMonitor incarnation, IOptions<LedgerOptions> options, IOptions<StorageOptions> storage,
        TimeProvider time, ILogger<LedgerHeads> log)
    {
        _database = database;
        _options = options.Value;
        _time = time;
        _log = log;
        _partitions = [.. Enumerable.Range(0, storage.Value.PartitionCount).Select(_ => new Partition())];
        incarnation.Changed += _ => Array.ForEach(_partitions, partition => partition.Reset());
    }

    /// <inheritdoc/>
    public long Head(int partition) => _partitions[partition].Position;

    /// <inheritdoc/>
    public async ValueTask Past(int partition, long position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var moved = _partitions[partition].Moved;
            if (_partitions[partition].Position > position) return;
            await moved.WaitAsync(cancellationToken);
        }
    }

    internal void Advance(int partition, long position) => _partitions[partition].Advance(position);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = _options.PollMilliseconds;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                pause = await Poll(stoppingToken) ? _options.PollMilliseconds : Math.Min(pause * 2, Idle);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), _time, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                _log.PollFailed(exception.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(10 * Idle), _time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private int Idle => Math.Max(_options.PollIdleMilliseconds, _options.PollMilliseconds);

    internal async Task<bool> Poll(CancellationToken cancellationToken)
    {
        var moved = false;
        await using var command = _database.Readers.CreateCommand(Read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) moved |= _partitions[reader.GetInt16(0)].Advance(reader.GetInt64(1));
        return moved;
    }

    private sealed class Partition
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _moved = New();
        private long _position;

        public long Position => Volatile.Read(ref _position);

        public Task Moved
        {
            get { lock (_gate) return _moved.Task; }
        }

        public bool Advance(long to)
        {
            TaskCompletionSource waiters;
            lock (_gate)
            {
                if (to <= _position) return false;
                _position = to;
                (waiters, _moved) = (_moved, New());
            }
            waiters.TrySetResult();
            return true;
        }

        public void Reset()
        {
            lock (_gate) _position = 0;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
