using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Partitions;

/// <summary>
/// What the writer of this silo remembers of handles and partitions, so that it need not ask the database for each event. All of it may be
/// forgotten at any time. A new incarnation of the ledger forgets everything.
/// </summary>
internal sealed class WriterMemory
{
    private readonly PartitionMemory[] _partitions;

    public WriterMemory(LedgerDatabase database, int handlesMax)
    {
        Handles = new HandleMemory(handlesMax);
        var share = Math.Max(1, handlesMax / database.PartitionCount);
        _partitions = [.. Enumerable.Range(0, database.PartitionCount).Select(_ => new PartitionMemory(share))];
        database.Incarnation.Changed += _ => Clear();
    }

    /// <summary>The remembered handles.</summary>
    public HandleMemory Handles { get; }

    /// <summary>What is remembered of a partition.</summary>
    public PartitionMemory this[short partition] => _partitions[partition];

    /// <summary>Begins a flush of partitions. What is forgotten from here on is not remembered by it.</summary>
    public void BeginFlush(short[] partitions)
    {
        foreach (var partition in partitions)
            lock (_partitions[partition].Gate) _partitions[partition].BeginFlush();
    }

    /// <summary>Ends a flush of partitions, whatever came of it.</summary>
    public void EndFlush(short[] partitions)
    {
        foreach (var partition in partitions)
            lock (_partitions[partition].Gate) _partitions[partition].EndFlush();
    }

    /// <summary>Forgets a subject that has left.</summary>
    public void Forget(SubjectId subject)
    {
        Handles.Forget(subject.Value);
        foreach (var partition in _partitions)
            lock (partition.Gate) partition.Forget(subject.Value);
    }

    /// <summary>Forgets what is remembered of partitions; what is remembered of their handles must be read again.</summary>
    public void Clear(IEnumerable<short> partitions)
    {
        foreach (var partition in partitions)
            lock (_partitions[partition].Gate) _partitions[partition].Clear(_partitions[partition].Position + 1);
    }

    private void Clear()
    {
        Handles.Clear();
        foreach (var partition in _partitions)
            lock (partition.Gate) partition.Clear(0);
    }
}
