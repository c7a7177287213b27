using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Resolves a locator, or anything else that leads to one subject, to that subject under its partition's lock. A statement without a lock
/// hints at the partition, and the same statement resolves again after the lock. If the subject has moved, all of it is tried again.
/// </summary>
internal sealed class LockedSubjects(LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options)
{
    /// <summary>
    /// The subject and partition of a locator. It takes no lock: before the lock it is a hint, and under the partition's lock it is final.
    /// $1 hash.
    /// </summary>
    private const string ByLocator = """
        SELECT e.subject, e.partition FROM ledger.locator l JOIN ledger.enrolment e ON e.subject = l.subject WHERE l.hash = $1
        """;

    /// <summary>
    /// Does <paramref name="work"/> with the subject of a locator locked; returns <paramref name="missing"/> when there is none.
    /// </summary>
    public Task<T> With<T>(
        byte[] locator, T missing, Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancellationToken) =>
        With(() => Resolving(locator), missing, work, cancellationToken);

    /// <summary>The same, with handles locked before, and the partitions of the subjects that have them locked too.</summary>
    public Task<T> With<T>(
        byte[] locator, NewHandle[] handles, T missing, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(
            () => Resolving(locator), missing,
            hint => LockedTransaction.Open(
                database, heads, handles.Select(handle => handle.Hash),
                async locked => (await HandleRows.ReadLinked(locked, handles, cancellationToken))
                    .Select(handle => handle.Partition).Append(hint.Partition),
                cancellationToken),
            work, cancellationToken);

    /// <summary>
    /// The same, with work on the subject in the same transaction before its partition is locked: what takes too long under the lock.
    /// </summary>
    public Task<T> With<T>(
        byte[] locator, T missing, Func<LockedTransaction, SubjectId, short, Task> before,
        Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancellationToken) =>
        With(
            () => Resolving(locator), missing,
            hint => LockedTransaction.Open(
                database, heads, hint.Partition, opened => before(opened, hint.Subject, hint.Partition), cancellationToken),
            work, cancellationToken);

    /// <summary>The same for a statement that returns (subject, partition), with one more partition locked.</summary>
    public Task<T> With<T>(
        Func<NpgsqlBatchCommand> resolving, short alsoLocked, T missing, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(
            resolving, missing, hint => LockedTransaction.Open(database, heads, [alsoLocked, hint.Partition], cancellationToken), work,
            cancellationToken);

    /// <summary>The same for a statement that returns (subject, partition).</summary>
    public Task<T> With<T>(
        Func<NpgsqlBatchCommand> resolving, T missing, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(
            resolving, missing, hint => LockedTransaction.Open(database, heads, [hint.Partition], cancellationToken), work,
            cancellationToken);

    private async Task<T> With<T>(
        Func<NpgsqlBatchCommand> resolving, T missing, Func<(SubjectId Subject, short Partition), Task<LockedTransaction>> open,
        Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < options.Value.AttemptsMax; attempt++)
        {
            if (await Resolve(database.Readers.CreateBatch(), resolving(), cancellationToken) is not { } hint) return missing;
            await using var locked = await open(hint);
            if (await Resolve(locked.Batch(), resolving(), cancellationToken) is not { } resolved) return missing;
            if (resolved == hint) return await work(locked, resolved.Subject, resolved.Partition);
        }
        throw new LedgerUnavailableException();
    }

    private static NpgsqlBatchCommand Resolving(byte[] locator) => Sql.Command(ByLocator, (locator, NpgsqlDbType.Bytea));

    private static async Task<(SubjectId Subject, short Partition)?> Resolve(
        NpgsqlBatch batch, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var disposed = batch;
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (new SubjectId(reader.GetInt64(0)), reader.GetInt16(1)) : null;
    }
}
