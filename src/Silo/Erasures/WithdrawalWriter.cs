using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

/// <summary>
/// Withdraws a subject. First the fence, in one transaction under the subject's lock: everything that leads to the subject is deleted, a
/// tombstone is appended, and the erasure is stored as open. From its commit on nothing can be appended for the subject. Then
/// <see cref="ErasureFinisher"/> erases the rest.
/// </summary>
internal sealed class WithdrawalWriter(
    LockedSubjects subjects, TombstoneWriter tombstones, ErasureFinisher finisher, IOptions<EnrolmentOptions> options)
{
    /// <summary>
    /// Deletes the enrolment, and by its foreign keys handles, grants, locator, snapshot and ledger key. Runs under the subject's lock and
    /// locks the deleted rows. $1 subject.
    /// </summary>
    private const string DeleteEnrolment = "DELETE FROM ledger.enrolment WHERE subject = $1 RETURNING kind";

    /// <summary>
    /// Stores the erasure as open. Runs under the subject's lock and locks its own new row. $1 partition, $2 position of the tombstone, $3
    /// subject, $4 kind, $5 entries.
    /// </summary>
    private const string InsertErasure = """
        INSERT INTO ledger.erasure (partition, position, subject, kind, entries) VALUES ($1, $2, $3, $4, $5)
        """;

    /// <summary>
    /// Withdraws a subject; returns its number and how many entries lost their bodies. It returns <see langword="null"/> when the locator
    /// leads to no subject; by then every open erasure is finished, so a repeated call says so only when nothing is left.
    /// </summary>
    public async Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancellationToken)
    {
        if (await Fence(locator, day, cause, cancellationToken) is { } fenced)
        {
            await finisher.Finish([fenced.Open], forget: true, CancellationToken.None);
            return (fenced.Open.Subject, fenced.Entries);
        }
        await finisher.FinishOpen(forget: true, cancellationToken);
        return null;
    }

    /// <summary>Commits the fence alone; <see langword="null"/> when the locator leads to no subject.</summary>
    /// <exception cref="LedgerUnavailableException">The partition grew too fast to be counted; the caller may retry.</exception>
    public async Task<(OpenErasure Open, long Entries)?> Fence(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < options.Value.AttemptsMax; attempt++)
        {
            EntryCounter? counter = null;
            var (isDone, fenced) = await subjects.With<(bool, (OpenErasure, long)?)>(
                locator, (true, null),
                async (opened, subject, partition) =>
                {
                    counter = new EntryCounter(opened, subject, partition, options.Value.CountRowsMax);
                    await counter.CountBefore(cancellationToken);
                },
                async (locked, subject, partition) => await counter!.CountRest(cancellationToken) is { } entries
                    ? (true, (await Fence(locked, subject, partition, (day, entries, cause), cancellationToken), entries))
                    : (false, null),
                cancellationToken);
            if (isDone) return fenced;
        }
        throw new LedgerUnavailableException();
    }

    private async Task<OpenErasure> Fence(
        LockedTransaction locked, SubjectId subject, short partition, (DateOnly Day, long Entries, ErasureCause Cause) declared,
        CancellationToken cancellationToken)
    {
        await using var delete = locked.Batch(Sql.Command(DeleteEnrolment, (subject.Value, NpgsqlDbType.Bigint)));
        var kind = (short)(await delete.ExecuteScalarAsync(cancellationToken))!;
        var position = await tombstones.Append(
            locked, partition, EntryKind.Withdrawn, declared.Day, declared.Entries, declared.Cause, cancellationToken);
        await locked.Run(cancellationToken, Sql.Command(
            InsertErasure, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint),
            (subject.Value, NpgsqlDbType.Bigint), (kind, NpgsqlDbType.Smallint), (declared.Entries, NpgsqlDbType.Bigint)));
        await locked.Commit();
        return new OpenErasure(subject, (SubjectKind)kind, IsListed: false);
    }
}

/// <summary>
/// Counts the entries of a subject that lose their bodies in a withdrawal; those that expired were declared before. Almost all of them are
/// counted while the partition is not locked, so a long history stops no append. What was appended since then is among the partition's last
/// rows, and only those are read under the lock.
/// </summary>
internal sealed class EntryCounter(LockedTransaction transaction, SubjectId subject, short partition, int rowsMax)
{
    /// <summary>
    /// The partition's last position and the number of a subject's bodies, both of one snapshot. It takes no lock:
    /// <see cref="LockSql.KeepBodies"/> is held, so that no body of them expires afterwards. $1 partition, $2 subject.
    /// </summary>
    private const string Count = """
        SELECT position, (SELECT count(*) FROM ledger.entry WHERE subject = $2 AND body IS NOT NULL)
        FROM ledger.head WHERE partition = $1
        """;

    /// <summary>
    /// The rows of a partition after a position: how many, the last position, how many bodies of a subject, and whether anything expired.
    /// It takes no lock, and under the partition's lock it is final. $1 partition, $2 subject, $3 position, $4 count.
    /// </summary>
    private static readonly string CountAfter = $"""
        SELECT count(*), coalesce(max(position), $3), count(*) FILTER (WHERE subject = $2 AND body IS NOT NULL),
            coalesce(bool_or(kind = {EntryKindSql.Expired}), false)
        FROM (SELECT position, subject, kind, body FROM ledger.entry WHERE partition = $1 AND position > $3 ORDER BY position LIMIT $4) t
        """;

    private long _position;
    private long _entries;
    private bool _hasExpired;

    /// <summary>Counts while the partition is not locked, until few enough rows are left for the lock.</summary>
    public async Task CountBefore(CancellationToken cancellationToken)
    {
        await transaction.Run(cancellationToken, Sql.Command(LockSql.KeepBodies, ((int)partition, NpgsqlDbType.Integer)));
        await CountAll(cancellationToken);
        // A page is read much faster than it is appended.
        while (await CountPage(cancellationToken) == rowsMax)
        {
        }
    }

    /// <summary>
    /// Counts the rest under the partition's lock; <see langword="null"/> when the partition has grown by too many rows since.
    /// </summary>
    public async Task<long?> CountRest(CancellationToken cancellationToken)
    {
        if (await CountPage(cancellationToken) == rowsMax) return null;
        // A silo of an earlier build takes no lock on bodies. Its expiry is seen here, and all is counted again.
        if (_hasExpired) await CountAll(cancellationToken);
        return _entries;
    }

    private async Task CountAll(CancellationToken cancellationToken)
    {
        await using var batch = transaction.Batch(Sql.Command(
            Count, (partition, NpgsqlDbType.Smallint), (subject.Value, NpgsqlDbType.Bigint)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        _position = reader.GetInt64(0);
        _entries = reader.GetInt64(1);
    }

    private async Task<long> CountPage(CancellationToken cancellationToken)
    {
        await using var batch = transaction.Batch(Sql.Command(
            CountAfter, (partition, NpgsqlDbType.Smallint), (subject.Value, NpgsqlDbType.Bigint), (_position, NpgsqlDbType.Bigint),
            (rowsMax, NpgsqlDbType.Integer)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        _position = reader.GetInt64(1);
        _entries += reader.GetInt64(2);
        _hasExpired |= reader.GetBoolean(3);
        return reader.GetInt64(0);
    }
}
