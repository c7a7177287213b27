using Microsoft.Extensions.Options;

namespace Scoring.Ledger;

/// <summary>
/// The entries that this silo has committed last, for the receivers of its own queues, so that they need not read back what was just
/// written. It is bounded, and what is not here is read from the ledger. It also knows when what this silo has written was taken, for the
/// measure of freshness, which the ledger itself does not hold.
/// </summary>
internal sealed class LedgerTail(IOptions<LedgerOptions> options)
{
    private const int MarksMax = 10_000; // flushes that a partition's receiver may be behind; later ones are not measured

    private readonly Lock _gate = new();
    private readonly Dictionary<int, KeptSlices> _partitions = [];

    /// <summary>
    /// Begins to keep the slices of a partition, without those that were kept before: they may be of another incarnation.
    /// </summary>
    public void Open(int partition)
    {
        lock (_gate) _partitions[partition] = new KeptSlices();
    }

    /// <summary>Drops what is kept of a partition, and keeps nothing more.</summary>
    public void Close(int partition)
    {
        lock (_gate) _partitions.Remove(partition);
    }

    /// <summary>Keeps a committed slice if its partition is open and the limit allows it.</summary>
    public void Add(LedgerSlice slice)
    {
        lock (_gate)
        {
            if (!_partitions.TryGetValue(slice.Partition, out var partition)) return;
            if (partition.Rows + slice.Entries.Length > options.Value.TailRowsMax) return;
            partition.Slices.Enqueue(slice);
            partition.Rows += slice.Entries.Length;
        }
    }

    /// <summary>
    /// Takes the rows that follow a position, at most <paramref name="count"/> unless the first slice alone has more.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="after">The position, exclusive.</param>
    /// <param name="count">The number of rows to gather.</param>
    /// <param name="missing">
    /// When nothing is taken: how many rows are missing before the next slice that is kept; <see langword="null"/> without one.
    /// </param>
    /// <returns>The slice; <see langword="null"/> when the rows after the position are not kept.</returns>
    public LedgerSlice? Take(int partition, long after, int count, out long? missing)
    {
        missing = null;
        lock (_gate)
        {
            if (!_partitions.TryGetValue(partition, out var kept)) return null;
            while (kept.Slices.TryPeek(out var passed) && passed.After < after) kept.Dequeue();
            if (!kept.Slices.TryPeek(out var first)) return null;
            if (first.After > after)
            {
                missing = first.After - after;
                return null;
            }
            kept.Dequeue();
            List<LedgerSlice> taken = [first];
            var rows = first.Entries.Length;
            while (kept.Slices.TryPeek(out var next) && next.After == taken[^1].To && rows + next.Entries.Length <= count)
            {
                rows += next.Entries.Length;
                taken.Add(kept.Dequeue());
            }
            return taken.Count == 1
                ? first
                : new LedgerSlice(partition, after, taken[^1].To, [.. taken.SelectMany(slice => slice.Entries)]);
        }
    }

    /// <summary>Notes when the oldest row of a flush was taken that has brought a partition to a position.</summary>
    public void Mark(int partition, long position, long acceptedAt)
    {
        lock (_gate)
        {
            if (_partitions.TryGetValue(partition, out var kept) && kept.Marks.Count < MarksMax)
                kept.Marks.Enqueue((position, acceptedAt));
        }
    }

    /// <summary>
    /// Returns when the oldest row was taken that this silo has written after the beginning of a slice, in ticks of UTC; 0 when there is
    /// none. Slices are asked for in ascending positions.
    /// </summary>
    public long AcceptedAt(LedgerSlice slice)
    {
        lock (_gate)
        {
            if (!_partitions.TryGetValue(slice.Partition, out var kept)) return 0;
            while (kept.Marks.TryPeek(out var passed) && passed.Position <= slice.After) kept.Marks.Dequeue();
            // A mark stays until a slice begins after it: its flush may reach into the next slice.
            return kept.Marks.TryPeek(out var first) ? first.AcceptedAt : 0;
        }
    }

    private sealed class KeptSlices
    {
        public Queue<(long Position, long AcceptedAt)> Marks { get; } = [];

        public Queue<LedgerSlice> Slices { get; } = [];

        public int Rows { get; set; }

        public LedgerSlice Dequeue()
        {
            var slice = Slices.Dequeue();
            Rows -= slice.Entries.Length;
            return slice;
        }
    }
}
