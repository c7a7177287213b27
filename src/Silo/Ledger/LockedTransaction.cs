using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// A transaction of a writer that decides between its statements. It takes the same lock as the lanes; each statement after the lock sees
/// everything that was committed before. Disposing it without <see cref="Commit"/> rolls it back.
/// </summary>
internal sealed class LockedTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly LedgerHeads _heads;
    private readonly List<(int Partition, long Position)> _advanced = [];

    private LockedTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, LedgerHeads heads)
    {
        _connection = connection;
        _transaction = transaction;
        _heads = heads;
    }

    /// <summary>Begins a transaction and locks partitions.</summary>
    public static async Task<LockedTransaction> Open(
        LedgerDatabase database, LedgerHeads heads, IEnumerable<short> partitions, CancellationToken cancellationToken)
    {
        var opened = await Begin(database, heads, cancellationToken);
        try
        {
            await opened.Lock(partitions, cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Begins a transaction, does work in it while no partition is locked, and then locks a partition. The work takes no lock that another
    /// transaction takes after a partition's.
    /// </summary>
    public static async Task<LockedTransaction> Open(
        LedgerDatabase database, LedgerHeads heads, short partition, Func<LockedTransaction, Task> before,
        CancellationToken cancellationToken)
    {
        var opened = await Begin(database, heads, cancellationToken);
        try
        {
            await before(opened);
            await opened.Lock([partition], cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins a transaction, locks handles, and then the partitions that <paramref name="partitions"/> returns.</summary>
    public static async Task<LockedTransaction> Open(
        LedgerDatabase database, LedgerHeads heads, IEnumerable<byte[]> handles,
        Func<LockedTransaction, Task<IEnumerable<short>>> partitions, CancellationToken cancellationToken)
    {
        var opened = await Begin(database, heads, cancellationToken);
        try
        {
            await opened.Run(cancellationToken, LockHandles(handles));
            await opened.Lock(await partitions(opened), cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Begins a transaction that locks nothing yet. The caller runs <see cref="LockHandles"/>, if it links any, and then
    /// <see cref="LockPartitions"/>, each before whatever it decides by it; statements of one batch see each other's locks.
    /// </summary>
    public static async Task<LockedTransaction> Begin(LedgerDatabase database, LedgerHeads heads, CancellationToken cancellationToken)
    {
        var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
        try
        {
            return new LockedTransaction(connection, await connection.BeginTransactionAsync(cancellationToken), heads);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The statement that locks handles. It returns one row.</summary>
    public static NpgsqlBatchCommand LockHandles(IEnumerable<byte[]> handles)
    {
        long[] keys = [.. handles.Select(hash => BinaryPrimitives.ReadInt64BigEndian(hash)).Distinct().Order()];
        return Sql.Command(LockSql.LockHandles, (keys, NpgsqlDbType.Array | NpgsqlDbType.Bigint));
    }

    /// <summary>The statement that locks partitions. It returns a row for each.</summary>
    public static NpgsqlBatchCommand LockPartitions(IEnumerable<short> partitions)
    {
        short[] ascending = [.. partitions.Distinct().Order()];
        return Sql.Command(LockSql.LockPartitions, (ascending, NpgsqlDbType.Array | NpgsqlDbType.Smallint));
    }

    /// <summary>Runs statements in one round trip; returns how many rows they changed together.</summary>
    public async Task<int> Run(CancellationToken cancellationToken, params NpgsqlBatchCommand[] commands)
    {
        await using var batch = Batch(commands);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A batch in this transaction whose results the caller reads.</summary>
    public NpgsqlBatch Batch(params NpgsqlBatchCommand[] commands)
    {
        var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>Appends entries of subjects whose partitions are locked.</summary>
    public Task Append(CancellationToken cancellationToken, params IReadOnlyList<(SubjectId Subject, EntryToAppend Entry)> entries) =>
        Append([], entries, cancellationToken);

    /// <summary>The same after statements that return nothing, in one round trip.</summary>
    public Task Append(
        NpgsqlBatchCommand[] before, IReadOnlyList<(SubjectId Subject, EntryToAppend Entry)> entries,
        CancellationToken cancellationToken) =>
        Append(
            before,
            Sql.Command(
                EntrySql.Known,
                (entries.Select(e => e.Subject.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
                (entries.Select(e => (short)e.Entry.Kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
                (entries.Select(e => e.Entry.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid),
                (entries.Select(e => e.Entry.Day).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date),
                (entries.Select(e => e.Entry.Body).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea)),
            cancellationToken);

    /// <summary>Reads the last position of a locked partition.</summary>
    public async Task<long> Head(short partition, CancellationToken cancellationToken)
    {
        await using var batch = Batch(Sql.Command(LockSql.Head, (partition, NpgsqlDbType.Smallint)));
        return (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Appends a public entry without subject to a locked partition; returns its position.</summary>
    public async Task<long> AppendPublic(short partition, EntryKind kind, DateOnly day, byte[] body, CancellationToken cancellationToken)
    {
        await Append(
            Sql.Command(
                EntrySql.Public, (partition, NpgsqlDbType.Smallint), (day, NpgsqlDbType.Date), (body, NpgsqlDbType.Bytea),
                (new byte[32], NpgsqlDbType.Bytea), (Guid.Empty, NpgsqlDbType.Uuid), ((short)kind, NpgsqlDbType.Smallint)),
            cancellationToken);
        return _advanced[^1].Position;
    }

    /// <summary>
    /// Runs a statement that appends to locked partitions; it must return (partition, position) of the heads that it advances.
    /// </summary>
    public Task Append(NpgsqlBatchCommand command, CancellationToken cancellationToken) => Append([], command, cancellationToken);

    private async Task Append(NpgsqlBatchCommand[] before, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = Batch([.. before, command]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) _advanced.Add((reader.GetInt32(0), reader.GetInt64(1)));
    }

    /// <summary>Commits, then completes the waits for the heads that have advanced.</summary>
    public async Task Commit()
    {
        await _transaction.CommitAsync(CancellationToken.None);
        foreach (var (partition, position) in _advanced) _heads.Advance(partition, position);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task Lock(IEnumerable<short> partitions, CancellationToken cancellationToken) =>
        await Run(cancellationToken, LockPartitions(partitions));
}
