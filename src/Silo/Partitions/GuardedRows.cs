using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>The events of one flush that the writer decides from what it remembers, by partition.</summary>
internal sealed class GuardedRows
{
    private readonly Dictionary<short, GuardedPartition> _partitions = [];
    private readonly HashSet<short> _unchanged = [];

    /// <summary>
    /// Decides what it can; the indexes of all other events are added to <paramref name="rest"/>. A partition with a key that is repeated
    /// in the flush is left to the database.
    /// </summary>
    public GuardedRows(IReadOnlyList<PendingRow> rows, List<int> events, WriterMemory memory, List<int> rest)
    {
        var repeated = Repeated(rows, events);
        var indexes = new Dictionary<short, List<int>>();
        foreach (var index in events)
        {
            var row = rows[index];
            if (row.Handle is null || row.Handle.Partition != row.Partition || repeated.Contains(row.Partition)) rest.Add(index);
            else if (indexes.TryGetValue(row.Partition, out var others)) others.Add(index);
            else indexes.Add(row.Partition, [index]);
        }
        foreach (var (number, of) in indexes)
        {
            var partition = new GuardedPartition(number, memory[number]);
            partition.Decide(rows, of, rest);
            if (partition.Rows.Count > 0) _partitions.Add(number, partition);
        }
    }

    /// <summary>Whether there is anything to insert or to prove.</summary>
    public bool IsEmpty => _partitions.Count == 0;

    /// <summary>The partitions that were unchanged, whose entries are written.</summary>
    public IEnumerable<GuardedPartition> Written => _partitions.Values.Where(partition => _unchanged.Contains(partition.Number));

    /// <summary>The indexes of the rows that are undecided, because their partition has changed.</summary>
    public IEnumerable<int> Unproven =>
        _partitions.Values.Where(partition => !_unchanged.Contains(partition.Number)).SelectMany(partition => partition.Rows);

    /// <summary>The position that a partition has if it is unchanged; <see langword="null"/> for one without a row here.</summary>
    public long? Expected(short partition) => _partitions.TryGetValue(partition, out var of) ? of.To : null;

    /// <summary>Whether a partition has a row here and has changed.</summary>
    public bool HasChanged(short partition) => _partitions.ContainsKey(partition) && !_unchanged.Contains(partition);

    /// <summary>The statement that inserts the entries.</summary>
    public NpgsqlBatchCommand Command()
    {
        GuardedPartition[] parts = [.. _partitions.Values];
        Entry[] entries = [.. parts.SelectMany(part => part.Entries)];
        const NpgsqlDbType array = NpgsqlDbType.Array;
        return Sql.Command(
            PartitionSql.InsertIfUnchanged,
            (Array.ConvertAll(parts, part => part.Number), array | NpgsqlDbType.Smallint),
            (Array.ConvertAll(parts, part => part.From), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(parts, part => part.Version), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(parts, part => part.To), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(entries, entry => (short)entry.Partition), array | NpgsqlDbType.Smallint),
            (Array.ConvertAll(entries, entry => entry.Position), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(entries, entry => entry.Subject.Value), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(entries, entry => entry.Turn), array | NpgsqlDbType.Bigint),
            (Array.ConvertAll(entries, entry => entry.Day), array | NpgsqlDbType.Date),
            (parts.SelectMany(part => part.Keys).ToArray(), array | NpgsqlDbType.Uuid),
            (Array.ConvertAll(entries, entry => entry.Body), array | NpgsqlDbType.Bytea),
            (parts.SelectMany(part => part.Leaves()).ToArray(), array | NpgsqlDbType.Bytea));
    }

    /// <summary>Reads the result of the statement.</summary>
    public async Task Read(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync()) _unchanged.Add((short)reader.GetInt32(0));
        await reader.NextResultAsync();
    }

    /// <summary>Remembers what is written, once it is committed.</summary>
    public void Remember()
    {
        foreach (var partition in Written) partition.Remember();
    }

    /// <summary>Remembers that the events may have been written: whether the commit came through is not known.</summary>
    public void Doubt()
    {
        foreach (var partition in _partitions.Values) partition.Doubt();
    }

    /// <summary>The partitions with rows whose key another row has too.</summary>
    private static HashSet<short> Repeated(IReadOnlyList<PendingRow> rows, List<int> events)
    {
        var first = new Dictionary<Guid, short>(events.Count);
        var repeated = new HashSet<short>();
        foreach (var index in events)
        {
            if (first.TryAdd(rows[index].Event!.Key, rows[index].Partition)) continue;
            repeated.Add(rows[index].Partition);
            repeated.Add(first[rows[index].Event!.Key]);
        }
        return repeated;
    }
}
