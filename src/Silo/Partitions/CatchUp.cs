using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>
/// Reads what a partition holds after the last position that the writer knows of: what another road has appended, or the database's own
/// part of a flush. A partition that has grown by too much is forgotten instead.
/// </summary>
internal sealed class CatchUp
{
    private const int RowsMax = 5000;
    private readonly WriterMemory _memory;
    private readonly GuardedRows? _guarded;
    private readonly List<(short Partition, long After, int Epoch)> _known = [];
    private readonly List<(short Partition, long Head, long Version)> _heads = [];
    private readonly List<(short Partition, long Subject, long Turn)> _turns = [];

    /// <summary>Prepares it for those of the partitions that are known.</summary>
    public CatchUp(WriterMemory memory, IEnumerable<short> partitions, GuardedRows? guarded = null)
    {
        _memory = memory;
        _guarded = guarded;
        foreach (var partition in partitions)
        {
            var of = memory[partition];
            lock (of.Gate)
            {
                if (of.Position >= 0) _known.Add((partition, guarded?.Expected(partition) ?? of.Position, of.Epoch));
            }
        }
    }

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => _known.Count == 0;

    /// <summary>The statement that reads.</summary>
    public NpgsqlBatchCommand Command() => Sql.Command(
        PartitionSql.CatchUp,
        (_known.ConvertAll(known => known.Partition), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
        (_known.ConvertAll(known => known.After), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        ((long)RowsMax, NpgsqlDbType.Bigint));

    /// <summary>Reads the result of the statement.</summary>
    public async Task Read(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            var partition = (short)reader.GetInt32(0);
            if (_heads.Count == 0 || _heads[^1].Partition != partition) _heads.Add((partition, reader.GetInt64(1), reader.GetInt64(2)));
            if (!reader.IsDBNull(3)) _turns.Add((partition, reader.GetInt64(3), reader.GetInt64(4)));
        }
        await reader.NextResultAsync();
    }

    /// <summary>Remembers what was read, once it is committed.</summary>
    public void Remember()
    {
        var turns = _turns.ToLookup(turn => turn.Partition);
        foreach (var (partition, head, version) in _heads)
        {
            // It was read after positions that its partition has not reached.
            if (_guarded?.HasChanged(partition) == true) continue;
            var (_, after, epoch) = _known.Find(known => known.Partition == partition);
            var of = _memory[partition];
            lock (of.Gate)
            {
                if (of.Epoch != epoch) continue;
                if (head - after > RowsMax)
                {
                    of.Clear(head);
                    continue;
                }
                foreach (var (_, subject, turn) in turns[partition]) of.AddTurn(subject, turn);
                of.Advance(head, version);
            }
        }
    }
}
