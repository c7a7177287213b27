using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>
/// One commit in one round trip: lock, insert what the writer decides, decide and insert the rest, read what the rest has become, pulse.
/// Without BEGIN, PostgreSQL runs the statements of the batch as one transaction, each with its own snapshot under READ COMMITTED, and
/// commits at the end of the batch.
/// </summary>
/// <param name="rows">The rows of the flush.</param>
/// <param name="memory">What the writer remembers; <see langword="null"/> when it remembers nothing.</param>
/// <param name="bySqlAlone">Whether the database decides every event.</param>
internal sealed class Flush(IReadOnlyList<PendingRow> rows, WriterMemory? memory = null, bool bySqlAlone = false)
{
    private readonly short[] _partitions = [.. rows.Select(row => row.Partition).Distinct().Order()];
    private ResolvedRows _resolved = null!;

    /// <summary>The partitions of the rows, ascending.</summary>
    public IReadOnlyList<short> Partitions => _partitions;

    /// <summary>What the writer has decided; <see langword="null"/> when that is nothing.</summary>
    public GuardedRows? Guarded { get; private set; }

    /// <summary>The new last positions. They are committed once <see cref="Run"/> has returned.</summary>
    public List<(int Partition, long Position)> Heads { get; } = [];

    /// <summary>
    /// Indexes of the rows whose handle or grant belongs to a partition that is not locked here: undecided, to be rerouted.
    /// </summary>
    public HashSet<int> Strays => _resolved.Strays;

    /// <summary>Indexes of the rows that are undecided because their partition has changed: the database is to decide them.</summary>
    public IReadOnlyList<int> Unproven { get; private set; } = [];

    /// <summary>How many entries the flush wrote, for the metric.</summary>
    public long Appended { get; private set; }

    /// <summary>Runs the flush, and remembers what it has written.</summary>
    public async Task Run(NpgsqlConnection connection)
    {
        List<int> events = [], queries = [];
        for (var i = 0; i < rows.Count; i++) (rows[i].Request is EventsRequest ? events : queries).Add(i);
        memory?.BeginFlush(_partitions);
        try
        {
            Decide(events, queries);
            var catchUp = memory is null ? null : new CatchUp(memory, _resolved.Partitions, Guarded);
            if (catchUp is { IsEmpty: true }) catchUp = null;
            await Run(connection, catchUp);
            // The batch is committed, so what it has written may be remembered.
            Guarded?.Remember();
            catchUp?.Remember();
            if (memory is not null) RememberKeys(memory);
            Unproven = [.. Guarded?.Unproven ?? []];
        }
        finally
        {
            memory?.EndFlush(_partitions);
        }
    }

    /// <summary>Remembers the keys that the database has decided, of linked handles only: of the others nothing is remembered.</summary>
    private void RememberKeys(WriterMemory memory)
    {
        foreach (var index in _resolved.Events)
        {
            if (rows[index] is not { Handle: not null } row || Strays.Contains(index)) continue;
            lock (memory[row.Partition].Gate) memory[row.Partition].AddKey(row.Event!.Key);
        }
    }

    private void Decide(List<int> events, List<int> queries)
    {
        if (memory is null || bySqlAlone)
        {
            _resolved = new ResolvedRows(rows, events, queries);
            return;
        }
        List<int> rest = [];
        var guarded = new GuardedRows(rows, events, memory, rest);
        if (!guarded.IsEmpty) Guarded = guarded;
        rest.Sort();
        _resolved = new ResolvedRows(rows, rest, queries);
    }

    private async Task Run(NpgsqlConnection connection, CatchUp? catchUp)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(LockSql.LockPartitions, (_partitions, NpgsqlDbType.Array | NpgsqlDbType.Smallint)));
        if (Guarded is not null) batch.BatchCommands.Add(Guarded.Command());
        _resolved.AddTo(batch, _partitions);
        if (catchUp is not null) batch.BatchCommands.Add(catchUp.Command());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql.Pulse));

        // The results are valid only after the commit at the end of the batch, so they are used when all of it has been read.
        await using var reader = await batch.ExecuteReaderAsync();
        var before = new Dictionary<int, long>(_partitions.Length);
        while (await reader.ReadAsync()) before[reader.GetInt16(0)] = reader.GetInt64(1);
        await reader.NextResultAsync();
        if (Guarded is not null) await Guarded.Read(reader);
        await _resolved.Read(reader);
        if (catchUp is not null) await catchUp.Read(reader);
        while (await reader.NextResultAsync())
        {
        }
        if (Guarded is not null) Heads.AddRange(Guarded.Written.Select(partition => ((int)partition.Number, partition.To)));
        Heads.AddRange(_resolved.Heads);
        Appended = Heads.GroupBy(head => head.Partition).Sum(of => of.Max(head => head.Position) - before[of.Key]);
    }
}
