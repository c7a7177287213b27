using System.Runtime.CompilerServices;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Keeps a ledger in memory. A test can hold its reads, make them fail and count them.</summary>
internal sealed class FakeSimulationLedger(int partitionCount) : ISimulationLedger
{
    private readonly Lock _gate = new();
    private readonly List<Entry>[] _entries = [.. Enumerable.Range(0, partitionCount).Select(_ => new List<Entry>())];
    private readonly List<(SubjectId Subject, DateOnly Since)>[] _subjects =
        [.. Enumerable.Range(0, partitionCount).Select(_ => new List<(SubjectId, DateOnly)>())];

    private TaskCompletionSource _open = Opened();
    private int _reads;

    public bool Fails { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Set when a read has begun; it waits while the ledger is held.</summary>
    public TaskCompletionSource Waiting { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when a waiting read was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when a read has failed.</summary>
    public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Hold()
    {
        Waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => _open.TrySetResult();

    public void Enrol(SubjectId subject, DateOnly since)
    {
        lock (_gate) _subjects[Partition(subject)].Add((subject, since));
    }

    public void Withdraw(SubjectId subject)
    {
        lock (_gate) _subjects[Partition(subject)].RemoveAll(pair => pair.Subject == subject);
    }

    public void Append(SubjectId subject, DateOnly day, byte[] body)
    {
        lock (_gate)
        {
            var entries = _entries[Partition(subject)];
            var turn = entries.Count(entry => entry.Subject == subject) + 2;
            entries.Add(new Entry(Partition(subject), entries.Count + 1, subject, turn, EntryKind.Event, day, body));
        }
    }

    public Task<long[]> Positions(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_entries.Select(entries => (long)entries.Count).ToArray());
    }

    public Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<(SubjectId, DateOnly)>>([.. _subjects[partition]]);
    }

    public async IAsyncEnumerable<Entry> Read(int partition, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Waiting.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
        if (Fails)
        {
            Failed.TrySetResult();
            throw new LedgerUnavailableException();
        }
        Entry[] entries;
        lock (_gate) entries = [.. _entries[partition].Where(entry => entry.Position <= last)];
        foreach (var entry in entries) yield return entry;
    }

    private int Partition(SubjectId subject) => (int)((ulong)subject.Value % (ulong)_entries.Length);

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        return open;
    }
}
