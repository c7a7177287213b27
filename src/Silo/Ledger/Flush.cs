using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// One commit: lock, decide and insert, pulse, in one round trip. Without BEGIN, PostgreSQL takes the statements up to the end of the
/// batch as one transaction, each with its own snapshot under READ COMMITTED, and commits at the end.
/// </summary>
internal sealed class Flush(IReadOnlyList<PendingRow> rows)
{
    private readonly List<int> _events = new(rows.Count);
    private readonly List<int> _queries = [];

    /// <summary>New last positions, valid once <see cref="Run"/> has returned.</summary>
    public List<(int Partition, long Position)> Heads { get; } = [];

    /// <summary>Rows whose handle or grant belongs to a partition that is not locked here: not decided, to be sent on.</summary>
    public HashSet<int> Strays { get; } = [];

    /// <summary>How many entries there are now more, as the lanes' metric has it.</summary>
    public long Appended { get; private set; }

    public async Task Run(NpgsqlConnection connection)
    {
        for (var i = 0; i < rows.Count; i++) (rows[i].Request is EventsRequest ? _events : _queries).Add(i);
        short[] partitions = [.. rows.Select(row => row.Partition).Distinct().Order()];
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(EntrySql.LockPartitions, (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint)));
        if (_events.Count > 0) batch.BatchCommands.Add(EventsCommand(partitions));
        if (_queries.Count > 0) batch.BatchCommands.Add(QueriesCommand(partitions));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EntrySql.Pulse));

        // Answers count only after the commit, which is the end of the batch: results are read first and handed out by the caller.
        await using var reader = await batch.ExecuteReaderAsync();
        var before = new Dictionary<int, long>(partitions.Length);
        while (await reader.ReadAsync()) before[reader.GetInt16(0)] = reader.GetInt64(1);
        await reader.NextResultAsync();
        if (_events.Count > 0) await ReadEvents(reader);
        if (_queries.Count > 0) await ReadQueries(reader);
        while (await reader.NextResultAsync())
        {
        }
        Appended = Heads.GroupBy(head => head.Partition).Sum(heads => heads.Max(head => head.Position) - before[heads.Key]);
    }

    private NpgsqlBatchCommand EventsCommand(short[] partitions)
    {
        var count = _events.Count;
        var (hashes, keys, instants) = (new byte[count][], new Guid[count], new DateTime[count]);
        var (days, bodies, known) = (new DateOnly[count], new byte[count][], new HashSet<Guid>(count));
        for (var i = 0; i < count; i++)
        {
            var row = rows[_events[i]].Event!;
            (hashes[i], keys[i], instants[i], days[i], bodies[i]) =
                (row.HandleHash, row.Key, row.Instant.UtcDateTime, row.Day, row.Body);
            known.Add(row.Key);
        }
        return Sql.Command(
            known.Count == count ? EntrySql.Events : EntrySql.EventsWithRepeats,
            (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint), (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (keys, NpgsqlDbType.Array | NpgsqlDbType.Uuid), (instants, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (days, NpgsqlDbType.Array | NpgsqlDbType.Date), (bodies, NpgsqlDbType.Array | NpgsqlDbType.Bytea));
    }

    private NpgsqlBatchCommand QueriesCommand(short[] partitions)
    {
        var asked = _queries.ConvertAll(i => rows[i].Query!);
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
            if (reader.IsDBNull(0)) Strays.Add(_events[(int)reader.GetInt64(1) - 1]);
            else Heads.Add((reader.GetInt32(0), reader.GetInt64(1)));
        }
        await reader.NextResultAsync();
    }

    private async Task ReadQueries(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            var row = _queries[reader.GetInt32(0) - 1];
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
