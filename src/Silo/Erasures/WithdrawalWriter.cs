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
internal sealed class WithdrawalWriter(
    LedgerDatabase database, LockedSubjects own, ErasureList list, TombstoneWriter tombstones, ISubjectMemory memory, int eraseRowsMax)
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

    // Row locks only, in ascending turns. Waits for another who clears the same rows, and then passes them over: zero means that none are
    // left.
    private const string Clear = """
        WITH cleared AS (
            UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM ledger.entry WHERE subject = $1 ORDER BY turn LIMIT $2 FOR UPDATE)) RETURNING 1
        )
        SELECT count(*) FROM cleared
        """;

    private const string Close = "UPDATE ledger.erasure SET subject = NULL, kind = NULL WHERE subject = $1";

    public async Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancellationToken)
    {
        if (await Fence(locator, day, cause, cancellationToken) is { } left)
        {
            await Finish([left.Open], forget: true, CancellationToken.None);
            return (left.Open.Subject, left.Entries);
        }
        await FinishOpen(forget: true, cancellationToken); // a repeated call answers "nobody" only when nothing of anybody is left
        return null;
    }

    public Task<(OpenErasure Open, long Entries)?> Fence(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancellationToken) =>
        own.With<(OpenErasure, long)?>(
            locator, null,
            async (locked, subject, partition) =>
            {
                var entries = await Scalar<long>(locked, Count, subject, cancellationToken);
                var kind = await Scalar<short>(locked, Leave, subject, cancellationToken);
                var position = await tombstones.Append(locked, partition, EntryKind.Withdrawn, day, entries, cause, cancellationToken);
                await locked.Run(cancellationToken, Sql.Command(
                    Note, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint), (subject.Value, NpgsqlDbType.Bigint),
                    (kind, NpgsqlDbType.Smallint), (entries, NpgsqlDbType.Bigint)));
                await locked.Commit();
                return (new OpenErasure(subject, (SubjectKind)kind, IsListed: false), entries);
            },
            cancellationToken);

    /// <summary>Goes on with every erasure that is open; returns how many there were.</summary>
    /// <param name="forget">Whether silos are told, too, which ends them; before this silo has joined them they stay open.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<int> FinishOpen(bool forget, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var last = long.MinValue; await OpenAfter(last, cancellationToken) is { Count: > 0 } open; last = open[^1].Subject.Value)
        {
            await Finish(open, forget, cancellationToken);
            count += open.Count;
        }
        return count;
    }

    /// <summary>Goes on with erasures whose fence stands. What one silo does not answer keeps no other erasure open.</summary>
    /// <exception cref="LedgerUnavailableException">Not all are over.</exception>
    public async Task Finish(IReadOnlyList<OpenErasure> open, bool forget, CancellationToken cancellationToken)
    {
        await Enlist([.. open.Where(erasure => !erasure.IsListed).Select(erasure => erasure.Subject)], cancellationToken);
        LedgerUnavailableException? unanswered = null;
        foreach (var (subject, kind, _) in open)
        {
            await Erase(subject, cancellationToken);
            if (!forget) continue;
            try
            {
                if (kind != 0) await memory.Forget(kind, subject);
                await Execute(Close, cancellationToken, (subject.Value, NpgsqlDbType.Bigint));
            }
            catch (LedgerUnavailableException exception)
            {
                unanswered = exception;
            }
        }
        if (unanswered is not null) throw unanswered;
    }

    private async Task Enlist(SubjectId[] subjects, CancellationToken cancellationToken)
    {
        if (subjects.Length == 0) return;
        await list.Note(subjects, cancellationToken);
        await Execute(Listed, cancellationToken, (Array.ConvertAll(subjects, s => s.Value), NpgsqlDbType.Array | NpgsqlDbType.Bigint));
    }

    private async Task Erase(SubjectId subject, CancellationToken cancellationToken)
    {
        while (await Execute(Clear, cancellationToken, (subject.Value, NpgsqlDbType.Bigint), (eraseRowsMax, NpgsqlDbType.Integer)) is > 0L)
        {
        }
    }

    private async Task<List<OpenErasure>> OpenAfter(long last, CancellationToken cancellationToken)
    {
        var open = new List<OpenErasure>();
        await using var command = Sql.Command(
            database.Readers, Open, (last, NpgsqlDbType.Bigint), (OpenMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = reader.IsDBNull(1) ? default : (SubjectKind)reader.GetInt16(1);
            open.Add(new OpenErasure(new SubjectId(reader.GetInt64(0)), kind, reader.GetBoolean(2)));
        }
        return open;
    }

    private static async Task<T> Scalar<T>(LockedTransaction locked, string sql, SubjectId subject, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Sql.Command(sql, (subject.Value, NpgsqlDbType.Bigint)));
        return (T)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<object?> Execute(
        string sql, CancellationToken cancellationToken, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = Sql.Command(database.Writers, sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}

/// <summary>An erasure that is not over.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Kind">Its kind; 0 when a silo of before noted it, which tells the grain itself.</param>
/// <param name="IsListed">Whether it stands in the list outside the database.</param>
internal sealed record OpenErasure(SubjectId Subject, SubjectKind Kind, bool IsListed);
