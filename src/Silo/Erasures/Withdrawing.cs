using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// Withdrawal. First the fence, under the lock: everything that leads to the subject goes, a tombstone is appended, and the erasure is
/// noted; after it nothing can be appended for the subject. Then, in this order and by whoever comes (this call, a repeated one, the
/// sweeper after a crash): it is listed outside the database, its rows are cleared in chunks without the lock, the silo that holds it
/// forgets it, and the note lets go of its number. Each step may be done twice.
/// </summary>
internal sealed class Withdrawing(
    LedgerDatabase database, OwnSubjects own, ErasureList list, Tombstones tombstones, ISubjectMemory memory, int eraseRowsMax)
{
    private const int OpenMax = 1000;

    // What has expired has been declared already.
    private const string Count = "SELECT count(*) FROM ledger.entry WHERE subject = $1 AND body IS NOT NULL";

    // Takes handles, grants, locator, snapshot and ledger key along.
    private const string Leave = "DELETE FROM ledger.enrolment WHERE subject = $1 RETURNING kind";

    private const string Note = """
        INSERT INTO ledger.erasure (partition, position, subject, kind, entries) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string Open = """
        SELECT subject, kind, listed FROM ledger.erasure WHERE subject IS NOT NULL AND subject > $1 ORDER BY subject LIMIT $2
        """;

    private const string Listed = "UPDATE ledger.erasure SET listed = true WHERE subject = ANY ($1) AND NOT listed";

    // Row locks only, in ascending turns. Waits for another who clears the same rows, and then passes them over: zero means that none are left.
    private const string Clear = """
        WITH cleared AS (
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM ledger.entry WHERE subject = $1 ORDER BY turn LIMIT $2 FOR UPDATE)) RETURNING 1
        )
        SELECT count(*) FROM cleared
        """;

    private const string Close = "UPDATE ledger.erasure SET subject = NULL, kind = NULL WHERE subject = $1";

    public async Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancel)
    {
        if (await Fence(locator, day, cause, cancel) is { } left)
        {
            await Finish([left.Open], forget: true, CancellationToken.None);
            return (left.Open.Subject, left.Entries);
        }
        await FinishOpen(forget: true, cancel); // a repeated call answers "nobody" only when nothing of anybody is left
        return null;
    }

    public Task<(OpenErasure Open, long Entries)?> Fence(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancel) =>
        own.With<(OpenErasure, long)?>(
            locator, null,
            async (locked, subject, partition) =>
            {
                var entries = await Scalar<long>(locked, Count, subject, cancel);
                var kind = await Scalar<short>(locked, Leave, subject, cancel);
                var position = await tombstones.Append(locked, partition, EntryKind.Withdrawn, day, entries, cause, cancel);
                await locked.Run(cancel, Sql.Command(
                    Note, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint), (subject.Value, NpgsqlDbType.Bigint),
                    (kind, NpgsqlDbType.Smallint), (entries, NpgsqlDbType.Bigint)));
                await locked.Commit();
                return (new OpenErasure(subject, (SubjectKind)kind, IsListed: false), entries);
            },
            cancel);

    /// <summary>Goes on with every erasure that is open; returns how many there were.</summary>
    /// <param name="forget">Whether silos are told, too, which ends them; before this silo has joined them they stay open.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<int> FinishOpen(bool forget, CancellationToken cancel)
    {
        var count = 0;
        for (var last = long.MinValue; await OpenAfter(last, cancel) is { Count: > 0 } open; last = open[^1].Subject.Value)
        {
            await Finish(open, forget, cancel);
            count += open.Count;
        }
        return count;
    }

    /// <summary>Goes on with erasures whose fence stands. What one silo does not answer keeps no other erasure open.</summary>
    /// <exception cref="LedgerUnavailableException">Not all are over.</exception>
    public async Task Finish(IReadOnlyList<OpenErasure> open, bool forget, CancellationToken cancel)
    {
        await Enlist([.. open.Where(erasure => !erasure.IsListed).Select(erasure => erasure.Subject)], cancel);
        LedgerUnavailableException? unanswered = null;
        foreach (var (subject, kind, _) in open)
        {
            await Erase(subject, cancel);
            if (!forget) continue;
            try
            {
                if (kind != 0) await memory.Forget(kind, subject);
                await Execute(Close, cancel, (subject.Value, NpgsqlDbType.Bigint));
            }
            catch (LedgerUnavailableException surprise)
            {
                unanswered = surprise;
            }
        }
        if (unanswered is not null) throw unanswered;
    }

    private async Task Enlist(SubjectId[] subjects, CancellationToken cancel)
    {
        if (subjects.Length == 0) return;
        await list.Note(subjects, cancel);
        await Execute(Listed, cancel, (Array.ConvertAll(subjects, s => s.Value), NpgsqlDbType.Array | NpgsqlDbType.Bigint));
    }

    private async Task Erase(SubjectId subject, CancellationToken cancel)
    {
        while (await Execute(Clear, cancel, (subject.Value, NpgsqlDbType.Bigint), (eraseRowsMax, NpgsqlDbType.Integer)) is > 0L)
        {
        }
    }

    private async Task<List<OpenErasure>> OpenAfter(long last, CancellationToken cancel)
    {
        var open = new List<OpenErasure>();
        await using var command = Sql.Command(
            database.Readers, Open, (last, NpgsqlDbType.Bigint), (OpenMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var kind = reader.IsDBNull(1) ? default : (SubjectKind)reader.GetInt16(1);
            open.Add(new OpenErasure(new SubjectId(reader.GetInt64(0)), kind, reader.GetBoolean(2)));
        }
        return open;
    }

    private static async Task<T> Scalar<T>(LockedTransaction locked, string sql, SubjectId subject, CancellationToken cancel)
    {
        await using var batch = locked.Batch(Sql.Command(sql, (subject.Value, NpgsqlDbType.Bigint)));
        return (T)(await batch.ExecuteScalarAsync(cancel))!;
    }

    private async Task<object?> Execute(string sql, CancellationToken cancel, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = Sql.Command(database.Writers, sql, parameters);
        return await command.ExecuteScalarAsync(cancel);
    }
}

/// <summary>An erasure that is not over.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Kind">Its kind; 0 when a silo of before noted it, which tells the grain itself.</param>
/// <param name="IsListed">Whether it stands in the list outside the database.</param>
internal sealed record OpenErasure(SubjectId Subject, SubjectKind Kind, bool IsListed);
