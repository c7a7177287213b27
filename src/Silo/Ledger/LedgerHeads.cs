using Microsoft.Extensions.Options;
using Npgsql;
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
    private readonly TimeProvider _time;
    private readonly ILogger<LedgerHeads> _log;
    private readonly Partition[] _partitions;

    /// <summary>All heads are 0 until the first poll or commit.</summary>
    public LedgerHeads(LedgerDatabase database, IOptions<LedgerOptions> options, TimeProvider time, ILogger<LedgerHeads> log)
    {
        _database = database;
        _options = options.Value;
        _time = time;
        _log = log;
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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = _options.PollMilliseconds;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                pause = await Poll(stoppingToken) ? _options.PollMilliseconds : Math.Min(pause * 2, IdleMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), _time, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                _log.PollFailed(exception.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(10 * IdleMilliseconds), _time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private int IdleMilliseconds => Math.Max(_options.PollIdleMilliseconds, _options.PollMilliseconds);

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
