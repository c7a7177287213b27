using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>
/// Writes an administrative action in one transaction: lock, check whether it is known, apply its effect, number it, append its entry.
/// Partition 0's lock makes the numbers gapless. An action that stops subjects locks every partition, so each append either has committed
/// before it or decides after it.
/// </summary>
internal sealed class AdminActionWriter(LedgerDatabase database, LedgerHeads heads)
{
    private const short Partition = 0;

    /// <summary>
    /// The number of an action by its key. It takes no lock: a number that is found without one is final, and a missing one is read again
    /// under partition 0's lock. $1 key.
    /// </summary>
    private const string Known = "SELECT number FROM ledger.act WHERE key = $1";

    /// <summary>The last number. It takes no lock: the caller holds partition 0's.</summary>
    private const string Last = "SELECT number FROM ledger.act ORDER BY number DESC LIMIT 1";

    /// <summary>
    /// Stores the number of an action. Runs under partition 0's lock and locks its own new row. $1 number, $2 key, $3 position, $4
    /// programme or null.
    /// </summary>
    private const string Insert = "INSERT INTO ledger.act (number, key, position, programme) VALUES ($1, $2, $3, $4)";

    /// <summary>Writes the action with its effect, unless it was written before; returns its number and whether it is new.</summary>
    public Task<(long Number, bool IsNew)> Write(
        NewAdminAction act, Func<LockedTransaction, Task> effect, CancellationToken cancellationToken) =>
        Write([Partition], act, effect, cancellationToken);

    /// <summary>The same for an effect that every append must follow from the commit on: it locks every partition.</summary>
    public Task<(long Number, bool IsNew)> WriteEverywhere(
        NewAdminAction act, Func<LockedTransaction, Task> effect, CancellationToken cancellationToken) =>
        Write(Enumerable.Range(0, database.PartitionCount).Select(partition => (short)partition), act, effect, cancellationToken);

    /// <summary>Begins a transaction in which <see cref="Append"/> may be called.</summary>
    public Task<LockedTransaction> Open(CancellationToken cancellationToken) =>
        LockedTransaction.Open(database, heads, [Partition], cancellationToken);

    /// <summary>Numbers the action and appends its entry; returns the number.</summary>
    public static async Task<long> Append(LockedTransaction locked, NewAdminAction act, CancellationToken cancellationToken)
    {
        var number = (await Number(locked.Batch(new NpgsqlBatchCommand(Last)), cancellationToken) ?? 0) + 1;
        var position = await locked.AppendPublic(
            Partition, EntryKind.Act, DateOnly.FromDateTime(act.At.UtcDateTime), AdminActionBody.Write(act, number), cancellationToken);
        await locked.Run(cancellationToken, Sql.Command(
            Insert, (number, NpgsqlDbType.Bigint), (act.Key, NpgsqlDbType.Uuid), (position, NpgsqlDbType.Bigint),
            (act.Programme is { } programme ? programme.Value : DBNull.Value, NpgsqlDbType.Text)));
        return number;
    }

    private async Task<(long Number, bool IsNew)> Write(
        IEnumerable<short> partitions, NewAdminAction act, Func<LockedTransaction, Task> effect, CancellationToken cancellationToken)
    {
        if (await NumberOf(database.Readers.CreateBatch(), act.Key, cancellationToken) is { } before)
            return (before, false); // a repeated call takes no lock
        await using var locked = await LockedTransaction.Open(database, heads, partitions, cancellationToken);
        if (await NumberOf(locked.Batch(), act.Key, cancellationToken) is { } meanwhile) return (meanwhile, false);
        await effect(locked);
        var number = await Append(locked, act, cancellationToken);
        await locked.Commit();
        return (number, true);
    }

    private static Task<long?> NumberOf(NpgsqlBatch batch, Guid key, CancellationToken cancellationToken)
    {
        batch.BatchCommands.Add(Sql.Command(Known, (key, NpgsqlDbType.Uuid)));
        return Number(batch, cancellationToken);
    }

    private static async Task<long?> Number(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await using (batch) return await batch.ExecuteScalarAsync(cancellationToken) as long?;
    }
}
