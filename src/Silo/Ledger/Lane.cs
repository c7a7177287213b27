using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// One of the writer's lanes: commits the rows of the partitions it owns, one flush at a time. A flush that fails fails its rows, and the
/// lane goes on with the next.
/// </summary>
internal sealed class Lane(LedgerDatabase database, LedgerHeads heads, AppendWriter writer, LedgerOptions options, ILogger log)
{
    private readonly Channel<PendingRow> _queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });

    public void Add(PendingRow row) => _queue.Writer.TryWrite(row);

    /// <summary>Commits rows until it is stopped; then the waiting rows fail.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var rows = new List<PendingRow>(options.FlushRowsMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                rows.Clear();
                while (rows.Count < options.FlushRowsMax && _queue.Reader.TryRead(out var row)) rows.Add(row);
                await Commit(rows);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            FailWaiting();
        }
    }

    /// <summary>Fails the waiting rows. Call it only when the lane has stopped.</summary>
    public void FailWaiting()
    {
        while (_queue.Reader.TryRead(out var row)) writer.Fail([row], new LedgerUnavailableException());
    }

    private async Task Commit(List<PendingRow> rows)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var flush = new Flush(rows);
            await using (var connection = await database.Lanes.OpenConnectionAsync()) await flush.Run(connection);
            foreach (var (partition, position) in flush.Heads) heads.Advance(partition, position);
            var strays = flush.Strays.Select(i => rows[i]).ToArray();
            for (var i = 0; i < rows.Count; i++)
                if (!flush.Strays.Contains(i)) writer.Done(rows[i]);
            if (strays.Length > 0) writer.Reroute(strays);
            LedgerMetrics.FlushSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            LedgerMetrics.FlushRows.Record(rows.Count);
            LedgerMetrics.Appended.Add(flush.Appended);
        }
        catch (Exception exception)
        {
            writer.Fail(rows, PostgresErrors.Translate(exception, log));
        }
    }
}

/// <summary>
/// One commit in one round trip: lock, decide and insert, pulse. Without BEGIN, PostgreSQL runs the statements of the batch as one
/// transaction, each with its own snapshot under READ COMMITTED, and commits at the end of the batch.
/// </summary>
internal sealed class Flush(IReadOnlyList<PendingRow> rows)
{
    private readonly List<int> _events = new(rows.Count);
    private readonly List<int> _queries = [];

    /// <summary>The new last positions. They are committed once <see cref="Run"/> has returned.</summary>
    public List<(int Partition, long Position)> Heads { get; } = [];

    /// <summary>
    /// Indexes of the rows whose handle or grant belongs to a partition that is not locked here: undecided, to be rerouted.
    /// </summary>
    public HashSet<int> Strays { get; } = [];

    /// <summary>How many entries the flush wrote, for the metric.</summary>
    public long Appended { get; private set; }

    public async Task Run(NpgsqlConnection connection)
    {
        for (var i = 0; i < rows.Count; i++) (rows[i].Request is EventsRequest ? _events : _queries).Add(i);
        short[] partitions = [.. rows.Select(row => row.Partition).Distinct().Order()];
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(LockSql.LockPartitions, (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint)));
        if (_events.Count > 0) batch.BatchCommands.Add(EventsCommand(partitions));
        if (_queries.Count > 0) batch.BatchCommands.Add(QueriesCommand(partitions));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql.Pulse));

        // The results are valid only after the commit at the end of the batch, so the caller uses them when this method has returned.
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
        var hashes = new byte[count][];
        var keys = new Guid[count];
        var instants = new DateTime[count];
        var days = new DateOnly[count];
        var bodies = new byte[count][];
        var distinct = new HashSet<Guid>(count);
        for (var i = 0; i < count; i++)
        {
            var row = rows[_events[i]].Event!;
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
        var queries = _queries.ConvertAll(i => rows[i].Query!);
        return Sql.Command(
            EntrySql.Queries,
            (partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            (queries.ConvertAll(q => q.GrantHash), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (queries.ConvertAll(q => q.Key), NpgsqlDbType.Array | NpgsqlDbType.Uuid),
            (queries.ConvertAll(q => q.At.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (queries.ConvertAll(q => q.Day), NpgsqlDbType.Array | NpgsqlDbType.Date),
            (queries.ConvertAll(q => q.BodyPrefix), NpgsqlDbType.Array | NpgsqlDbType.Bytea),
            (queries.ConvertAll(q => q.BodySuffix), NpgsqlDbType.Array | NpgsqlDbType.Bytea));
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
