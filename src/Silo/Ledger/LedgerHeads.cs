using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Background;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>
/// The silo's view of the heads. Its own commits advance it immediately, and one poll of the database finds the commits of other silos. A
/// waiter costs one object, neither a thread nor a statement.
/// </summary>
public sealed class LedgerHeads : BackgroundService, ILedgerHeads
{
    /// <summary>
    /// The last committed position of each partition. Takes no lock: a head that is a moment old is advanced by the next poll.
    /// </summary>
    private const string ReadHeads = "SELECT partition, position FROM ledger.head ORDER BY partition";

    private readonly LedgerDatabase _database;
    private readonly LedgerOptions _options;
    private readonly BackgroundStepRunner _steps;
    private readonly Partition[] _partitions;
    private int _pauseMilliseconds;

    /// <summary>All heads are 0 until the first poll or commit.</summary>
    public LedgerHeads(LedgerDatabase database, IOptions<LedgerOptions> options, BackgroundStepRunner steps)
    {
        _database = database;
        _options = options.Value;
        _steps = steps;
        _pauseMilliseconds = _options.PollMilliseconds;
        _partitions = [.. Enumerable.Range(0, database.PartitionCount).Select(_ => new Partition())];
        database.Incarnation.Changed += _ => Array.ForEach(_partitions, partition => partition.Reset());
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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _steps.Repeat(
        new BackgroundSchedule([new BackgroundStep("heads", PollAndPace)], () => TimeSpan.FromMilliseconds(_pauseMilliseconds)),
        stoppingToken);

    /// <summary>Polls often while heads move, and less and less often while none does.</summary>
    private async Task PollAndPace(CancellationToken cancellationToken)
    {
        var idle = Math.Max(_options.PollIdleMilliseconds, _options.PollMilliseconds);
        _pauseMilliseconds = await Poll(cancellationToken) ? _options.PollMilliseconds : Math.Min(_pauseMilliseconds * 2, idle);
    }

    /// <summary>Reads all heads once; returns whether any has advanced.</summary>
    internal async Task<bool> Poll(CancellationToken cancellationToken)
    {
        var moved = false;
        await using var command = _database.Readers.CreateCommand(ReadHeads);
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
                waiters = _moved;
                _moved = New();
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
