using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Partitions;

/// <summary>
/// The rows of one flush that the database resolves, decides, numbers and hashes: every query, and every event that the writer does not
/// decide from what it remembers.
/// </summary>
internal sealed class ResolvedRows(IReadOnlyList<PendingRow> rows, List<int> events, List<int> queries)
{
    /// <summary>The last positions of the partitions that it has advanced.</summary>
    public List<(int Partition, long Position)> Heads { get; } = [];

    /// <summary>Indexes of the rows whose handle or grant belongs to a partition that is not locked: undecided, to be rerouted.</summary>
    public HashSet<int> Strays { get; } = [];

    /// <summary>The indexes of the events.</summary>
    public IReadOnlyList<int> Events => events;

    /// <summary>The partitions of the rows.</summary>
    public IEnumerable<short> Partitions => events.Concat(queries).Select(i => rows[i].Partition).Distinct();

    /// <summary>Adds its statements to the batch of a flush.</summary>
    public void AddTo(NpgsqlBatch batch, short[] locked)
    {
        if (events.Count > 0) batch.BatchCommands.Add(EventsCommand(locked));
        if (queries.Count > 0) batch.BatchCommands.Add(QueriesCommand(locked));
    }

    /// <summary>Reads the results of its statements.</summary>
    public async Task Read(NpgsqlDataReader reader)
    {
        if (events.Count > 0) await ReadEvents(reader);
        if (queries.Count > 0) await ReadQueries(reader);
    }

    private NpgsqlBatchCommand EventsCommand(short[] partitions)
    {
        var count = events.Count;
        var hashes = new byte[count][];
        var keys = new Guid[count];
        var instants = new DateTime[count];
        var days = new DateOnly[count];
        var bodies = new byte[count][];
        var distinct = new HashSet<Guid>(count);
        for (var i = 0; i < count; i++)
        {
            var row = rows[events[i]].Event!;
            hashes[i] = row.HandleHash;
            keys[i] = row.Key;
            instants[i] = row.Instant.UtcDateTime;
            days[i] = row.Day;
            bodies[i] = row.Body;
            distinct.Add(row.Key);
        }
        return Sql.Command(
            distinct.Count == count ? EntrySql.Events : EntrySql.EventsWithRepeats,
            (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint), (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (keys, NpgsqlDbType.Array | NpgsqlDbType.Uuid), (instants, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (days, NpgsqlDbType.Array | NpgsqlDbType.Date), (bodies, NpgsqlDbType.Array | NpgsqlDbType.Bytea));
    }

    private NpgsqlBatchCommand QueriesCommand(short[] partitions)
    {
        var asked = queries.ConvertAll(i => rows[i].Query!);
        return Sql.Command(
            EntrySql.Queries,
            (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            (asked.ConvertAll(q => q.GrantHash), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (asked.ConvertAll(q => q.Key), NpgsqlDbType.Array | NpgsqlDbType.Uuid),
            (asked.ConvertAll(q => q.At.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (asked.ConvertAll(q => q.Day), NpgsqlDbType.Array | NpgsqlDbType.Date),
            (asked.ConvertAll(q => q.BodyPrefix), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (asked.ConvertAll(q => q.BodySuffix), NpgsqlDbType.Array | NpgsqlDbType.Bytea));
    }

    private async Task ReadEvents(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            if (reader.IsDBNull(0)) Strays.Add(events[(int)reader.GetInt64(1) - 1]);
            else Heads.Add((reader.GetInt32(0), reader.GetInt64(1)));
        }
        await reader.NextResultAsync();
    }

    private async Task ReadQueries(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            var row = queries[reader.GetInt32(0) - 1];
            if (reader.IsDBNull(4))
            {
                Strays.Add(row);
                continue;
            }
            ((QueryRequest)rows[row].Request).Turn = new QueryTurn(
                new SubjectId(reader.GetInt64(2)), (SubjectKind)reader.GetInt16(3), reader.GetInt64(4), reader.GetFieldValue<DateOnly>(5));
            if (!reader.IsDBNull(6)) Heads.Add((reader.GetInt16(1), reader.GetInt64(6)));
        }
        await reader.NextResultAsync();
    }
}
