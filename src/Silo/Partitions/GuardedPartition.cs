using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Partitions;

/// <summary>
/// The events of one flush in one partition that the writer decides, numbers and hashes from what it remembers. They are inserted only
/// where the partition turns out to be unchanged.
/// </summary>
internal sealed class GuardedPartition(short number, PartitionMemory memory)
{
    private readonly List<byte[]> _ledgerKeys = [];
    private int _epoch;

    /// <summary>The partition.</summary>
    public short Number => number;

    /// <summary>The last position that is remembered.</summary>
    public long From { get; private set; }

    /// <summary>The last position when the entries are inserted.</summary>
    public long To => From + Entries.Count;

    /// <summary>The version that is remembered.</summary>
    public long Version { get; private set; }

    /// <summary>The indexes of the rows that are decided here, those among them that are not to be written included.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>The entries in ascending positions: the subjects ascending, and each subject's in the order of the rows.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>The keys of the entries.</summary>
    public List<Guid> Keys { get; } = [];

    /// <summary>
    /// Decides the rows of the partition; the indexes of those that are left to the database are added to <paramref name="rest"/>. When it
    /// cannot number one of them it leaves all, so that positions do not depend on what is remembered.
    /// </summary>
    public void Decide(IReadOnlyList<PendingRow> rows, List<int> indexes, List<int> rest)
    {
        indexes.Sort((one, other) =>
            (rows[one].Handle!.Subject, one).CompareTo((rows[other].Handle!.Subject, other)));
        lock (memory.Gate)
        {
            foreach (var index in indexes) memory.Learn(rows[index].Handle!);
            (From, Version, _epoch) = (memory.Position, memory.Version, memory.Epoch);
            var others = rest.Count;
            if (indexes.TrueForAll(index => TryNumber(index, rows[index], rest))) return;
            rest.RemoveRange(others, rest.Count - others);
        }
        rest.AddRange(indexes);
        Rows.Clear();
    }

    /// <summary>The leaves of the entries.</summary>
    public IEnumerable<byte[]> Leaves() => Entries.Select((entry, i) => Leaf.Of(_ledgerKeys[i], entry, Keys[i]));

    /// <summary>The entries as the ledger's stream carries them.</summary>
    public LedgerSlice Slice() => new(number, From, To, [.. Entries]);

    /// <summary>Remembers what is committed now.</summary>
    public void Remember()
    {
        lock (memory.Gate)
        {
            if (memory.Epoch != _epoch) return;
            foreach (var entry in Entries) memory.AddTurn(entry.Subject.Value, entry.Turn);
            foreach (var key in Keys) memory.AddKey(key);
            memory.Advance(To, Version);
        }
    }

    /// <summary>Leaves the entries to the database when they come again, since they may be committed.</summary>
    public void Doubt()
    {
        lock (memory.Gate)
        {
            foreach (var key in Keys) memory.AddKey(key);
        }
    }

    private bool TryNumber(int index, PendingRow row, List<int> rest)
    {
        var handle = row.Handle!;
        var append = row.Event!;
        if (!memory.TryUse(handle, out var turn))
        {
            handle.MarkStale();
            return false;
        }
        if (memory.HasKey(append.Key))
        {
            rest.Add(index);
            return true;
        }
        Rows.Add(index);
        if (!handle.Takes(append.Instant, append.Day)) return true;
        if (Entries.Count > 0 && Entries[^1].Subject.Value == handle.Subject) turn = Entries[^1].Turn;
        Entries.Add(new Entry(number, To + 1, new SubjectId(handle.Subject), turn + 1, EntryKind.Event, append.Day, append.Body));
        Keys.Add(append.Key);
        _ledgerKeys.Add(handle.LedgerKey);
        return true;
    }
}
