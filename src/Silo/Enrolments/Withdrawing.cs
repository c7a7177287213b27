using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Withdrawal in two steps. The fence, under the lock: everything that leads to the subject goes, a tombstone is appended, and the
/// erasure is written down; after it nothing can be appended for the subject. Then its rows are cleared in chunks without the lock,
/// by whoever comes: this call, a repeated one, or the sweeper after a crash.
/// </summary>
internal sealed class Withdrawing(LedgerDatabase database, OwnSubjects own, int eraseRowsMax)
{
    private const string LastTurn = "SELECT turn FROM ledger.entry WHERE subject = $1 ORDER BY turn DESC LIMIT 1";

    // Takes handles, grants, locator, snapshot and ledger key along.
    private const string Leave = "DELETE FROM ledger.enrolment WHERE subject = $1";

    private const string Note = "INSERT INTO ledger.erasure (partition, position, subject, entries) VALUES ($1, $2, $3, $4)";

    private const string Open = "SELECT subject FROM ledger.erasure WHERE subject IS NOT NULL ORDER BY subject LIMIT 1000";

    // Row locks only, in ascending turns. Waits for another who clears the same rows, and then passes them over: zero means that none are left.
    private const string Clear = """
        WITH cleared AS (
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM ledger.entry WHERE subject = $1 ORDER BY turn LIMIT $2 FOR UPDATE)) RETURNING 1
        )
        SELECT count(*) FROM cleared
        """;

    private const string Forget = "UPDATE ledger.erasure SET subject = NULL WHERE subject = $1";

    public async Task<(SubjectId Subject, long Entries)?> Withdraw(byte[] locator, DateOnly day, CancellationToken cancel)
    {
        var left = await Fence(locator, day, cancel);
        if (left is { } subject) await Erase(subject.Subject, CancellationToken.None);
        else await FinishOpen(cancel); // a repeated call answers "nobody" only when nothing of anybody is left
        return left;
    }

    public Task<(SubjectId Subject, long Entries)?> Fence(byte[] locator, DateOnly day, CancellationToken cancel) => own.With<(SubjectId, long)?>(
        locator, null,
        async (locked, subject, partition) =>
        {
            long entries;
            await using (var counting = locked.Batch(Sql.Command(LastTurn, (subject.Value, NpgsqlDbType.Bigint))))
                entries = await counting.ExecuteScalarAsync(cancel) as long? ?? 0;
            await locked.Run(cancel, Sql.Command(Leave, (subject.Value, NpgsqlDbType.Bigint)));
            var position = await locked.AppendPublic(
                partition, EntryKind.Withdrawn, day, EntryBody.Withdrawn(entries), cancel);
            await locked.Run(cancel, Sql.Command(
                Note, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint), (subject.Value, NpgsqlDbType.Bigint),
                (entries, NpgsqlDbType.Bigint)));
            await locked.Commit();
            return (subject, entries);
        },
        cancel);

    /// <summary>Clears what interrupted withdrawals left.</summary>
    public async Task<int> FinishOpen(CancellationToken cancel)
    {
        var open = new List<SubjectId>();
        await using (var command = database.Readers.CreateCommand(Open))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) open.Add(new SubjectId(reader.GetInt64(0)));
        foreach (var subject in open) await Erase(subject, cancel);
        return open.Count;
    }

    /// <summary>Clears a subject's rows once its fence stands.</summary>
    public async Task Erase(SubjectId subject, CancellationToken cancel)
    {
        while (await Scalar(Clear, cancel, (subject.Value, NpgsqlDbType.Bigint), (eraseRowsMax, NpgsqlDbType.Integer)) > 0)
        {
        }
        await Scalar(Forget, cancel, (subject.Value, NpgsqlDbType.Bigint));
    }

    private async Task<long> Scalar(string sql, CancellationToken cancel, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = database.Writers.CreateCommand(sql);
        foreach (var (value, type) in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }
}
