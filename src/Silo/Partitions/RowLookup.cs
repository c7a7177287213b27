using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>
/// Finds the partition of each row of a list, in place: from what the writer remembers of its handle, or in the database. What the database
/// knows of a handle is remembered. A handle that no subject has, and a grant that leads nowhere, get a partition by their keyed hash, and
/// nothing of them is remembered.
/// </summary>
internal sealed class RowLookup
{
    private readonly LedgerDatabase _database;
    private readonly WriterMemory? _memory;
    private readonly List<PendingRow> _rows;
    private readonly Dictionary<HandleKey, List<int>> _handles = [];
    private readonly List<int> _queries = [];

    /// <summary>Finds what it can in memory.</summary>
    public RowLookup(LedgerDatabase database, WriterMemory? memory, List<PendingRow> rows)
    {
        _database = database;
        _memory = memory;
        _rows = rows;
        var keys = new HandleKey[rows.Count];
        var found = new RememberedHandle?[rows.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = rows[i].Event is { } row ? HandleKey.Of(row.HandleHash) : default;
        memory?.Handles.Find(keys, found);
        for (var i = 0; i < keys.Length; i++)
        {
            if (found[i] is { } handle && memory![handle.Partition].MayUse(handle)) Set(i, handle);
            else if (rows[i].Request is not EventsRequest) _queries.Add(i);
            else if (_handles.TryGetValue(keys[i], out var others)) others.Add(i);
            else _handles.Add(keys[i], [i]);
        }
    }

    /// <summary>Whether every row has its partition.</summary>
    public bool IsComplete => _handles.Count == 0 && _queries.Count == 0;

    /// <summary>Finds the rest in the database, in one round trip.</summary>
    public async Task Complete(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var forgettings = _memory?.Handles.Forgettings ?? 0;
        int[] handles = [.. _handles.Values.Select(of => of[0])];
        foreach (var of in _handles.Values)
            foreach (var i in of) Set(i, _database.PartitionOf(_rows[i].Event!.HandleHash));
        foreach (var i in _queries) Set(i, _database.PartitionOf(_rows[i].Query!.GrantHash));
        await using var batch = new NpgsqlBatch(connection);
        if (handles.Length > 0) batch.BatchCommands.Add(Hashes(Text, [.. handles.Select(i => _rows[i].Event!.HandleHash)]));
        if (_queries.Count > 0) batch.BatchCommands.Add(Hashes(LockSql.GrantHints, [.. _queries.Select(i => _rows[i].Query!.GrantHash)]));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (handles.Length > 0)
        {
            await ReadHandles(reader, handles, forgettings, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
        }
        if (_queries.Count == 0) return;
        while (await reader.ReadAsync(cancellationToken)) Set(_queries[reader.GetInt32(0) - 1], reader.GetInt16(1));
    }

    private string Text => _memory is null ? LockSql.HandleHints : PartitionSql.Facts;

    private static NpgsqlBatchCommand Hashes(string sql, byte[][] hashes) =>
        Sql.Command(sql, (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea));

    private async Task ReadHandles(NpgsqlDataReader reader, int[] handles, long forgettings, CancellationToken cancellationToken)
    {
        List<RememberedHandle> read = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = HandleKey.Of(_rows[handles[reader.GetInt32(0) - 1]].Event!.HandleHash);
            if (_memory is null)
            {
                foreach (var i in _handles[key]) Set(i, reader.GetInt16(1));
                continue;
            }
            var handle = Handle(key, reader);
            read.Add(handle);
            foreach (var i in _handles[key]) Set(i, handle);
        }
        _memory?.Handles.Add(read, forgettings);
    }

    private static RememberedHandle Handle(HandleKey key, NpgsqlDataReader reader) => new()
    {
        Key = key,
        Partition = reader.GetInt16(1),
        Subject = reader.GetInt64(2),
        LedgerKey = reader.GetFieldValue<byte[]>(3),
        StartedAt = reader.GetDateTime(4),
        Counts = reader.GetBoolean(5),
        CoveredBefore = reader.IsDBNull(6) ? DateOnly.MaxValue : reader.GetFieldValue<DateOnly>(6),
        Turn = reader.GetInt64(7),
        Position = reader.GetInt64(8),
        Version = reader.GetInt64(9),
    };

    private void Set(int row, short partition) => Span[row] = Span[row] with { Partition = partition, Handle = null };

    private void Set(int row, RememberedHandle handle) => Span[row] = Span[row] with { Partition = handle.Partition, Handle = handle };

    private Span<PendingRow> Span => CollectionsMarshal.AsSpan(_rows);
}
