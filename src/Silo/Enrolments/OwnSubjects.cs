using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// The way from a locator to its subject under the subject's lock: the partition is found by a hint, and the locator is followed again
/// once it is locked.
/// </summary>
internal sealed class OwnSubjects(LedgerDatabase database, LedgerHeads heads, int attemptsMax)
{
    private const string Follow = """
        SELECT e.subject, e.partition FROM ledger.locator l JOIN ledger.enrolment e ON e.subject = l.subject WHERE l.hash = $1
        """;

    /// <summary>Does <paramref name="work"/> with the subject locked; <paramref name="nobody"/> when there is none.</summary>
    public async Task<T> With<T>(
        byte[] locator, T nobody, Func<LockedTransaction, SubjectId, short, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < attemptsMax; attempt++)
        {
            if (await Followed(database.Readers.CreateBatch(), locator, cancel) is not { } hint) return nobody;
            await using var locked = await LockedTransaction.Open(database, heads, [hint.Partition], cancel);
            if (await Followed(locked.Batch(), locator, cancel) is not { } found) return nobody;
            if (found.Partition == hint.Partition) return await work(locked, found.Subject, found.Partition);
        }
        throw new LedgerUnavailableException();
    }

    /// <summary>Where a locator leads, as the batch sees it.</summary>
    public static async Task<(SubjectId Subject, short Partition)?> Followed(NpgsqlBatch batch, byte[] locator, CancellationToken cancel)
    {
        await using var used = batch;
        batch.BatchCommands.Add(Sql.Command(Follow, (locator, NpgsqlDbType.Bytea)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (new SubjectId(reader.GetInt64(0)), reader.GetInt16(1)) : null;
    }
}
