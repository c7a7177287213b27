using Npgsql;
using NpgsqlTypes;
using Scoring.Handles;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// The way from a locator, or anything else that leads to one subject, to it under its lock: the partition is found by a hint, and the
/// way is followed again once it is locked.
/// </summary>
internal sealed class LockedSubjects(LedgerDatabase database, LedgerHeads heads, int attemptsMax)
{
    private const string Follow = """
        SELECT e.subject, e.partition FROM ledger.locator l JOIN ledger.enrolment e ON e.subject = l.subject WHERE l.hash = $1
        """;

    /// <summary>Does <paramref name="work"/> with the subject locked; <paramref name="nobody"/> when there is none.</summary>
    public Task<T> With<T>(
        byte[] locator, T nobody, Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancellationToken) =>
        With(() => By(locator), nobody, hint => LockedTransaction.Open(database, heads, [hint], cancellationToken), work,
            cancellationToken);

    /// <summary>The same with handles locked before, and the partitions of whoever has them locked too.</summary>
    public Task<T> With<T>(
        byte[] locator, NewHandle[] handles, T nobody, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(
            () => By(locator), nobody,
            hint => LockedTransaction.Open(
                database, heads, handles.Select(handle => handle.Hash),
                async locked => (await HandleRows.Now(locked, handles, cancellationToken)).Select(handle => handle.Partition).Append(hint),
                cancellationToken),
            work, cancellationToken);

    /// <summary>The same for whomever another statement leads to (subject, partition), with one more partition locked.</summary>
    public Task<T> With<T>(
        Func<NpgsqlBatchCommand> follow, short beside, T nobody, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(follow, nobody, hint => LockedTransaction.Open(database, heads, [beside, hint], cancellationToken), work, cancellationToken);

    /// <summary>The same for whomever another statement leads to (subject, partition).</summary>
    public Task<T> With<T>(
        Func<NpgsqlBatchCommand> follow, T nobody, Func<LockedTransaction, SubjectId, short, Task<T>> work,
        CancellationToken cancellationToken) =>
        With(follow, nobody, hint => LockedTransaction.Open(database, heads, [hint], cancellationToken), work, cancellationToken);

    private async Task<T> With<T>(
        Func<NpgsqlBatchCommand> follow, T nobody, Func<short, Task<LockedTransaction>> open,
        Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < attemptsMax; attempt++)
        {
            if (await Followed(database.Readers.CreateBatch(), follow(), cancellationToken) is not { } hint) return nobody;
            await using var locked = await open(hint.Partition);
            if (await Followed(locked.Batch(), follow(), cancellationToken) is not { } found) return nobody;
            if (found.Partition == hint.Partition) return await work(locked, found.Subject, found.Partition);
        }
        throw new LedgerUnavailableException();
    }

    private static NpgsqlBatchCommand By(byte[] locator) => Sql.Command(Follow, (locator, NpgsqlDbType.Bytea));

    private static async Task<(SubjectId Subject, short Partition)?> Followed(
        NpgsqlBatch batch, NpgsqlBatchCommand follow, CancellationToken cancellationToken)
    {
        await using var used = batch;
        batch.BatchCommands.Add(follow);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (new SubjectId(reader.GetInt64(0)), reader.GetInt16(1)) : null;
    }
}
