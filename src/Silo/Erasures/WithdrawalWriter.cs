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
internal sealed class WithdrawalWriter(LockedSubjects subjects, TombstoneWriter tombstones, ErasureFinisher finisher)
{
    /// <summary>
    /// Counts the entries that lose their bodies; those that expired were declared before. Runs under the subject's lock. $1 subject.
    /// </summary>
    private const string CountEntries = "SELECT count(*) FROM ledger.entry WHERE subject = $1 AND body IS NOT NULL";

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
    public Task<(OpenErasure Open, long Entries)?> Fence(
        byte[] locator, DateOnly day, ErasureCause cause, CancellationToken cancellationToken) =>
        subjects.With<(OpenErasure, long)?>(
            locator, null,
            async (locked, subject, partition) =>
            {
                var entries = await Scalar<long>(locked, CountEntries, subject, cancellationToken);
                var kind = await Scalar<short>(locked, DeleteEnrolment, subject, cancellationToken);
                var position = await tombstones.Append(locked, partition, EntryKind.Withdrawn, day, entries, cause, cancellationToken);
                await locked.Run(cancellationToken, Sql.Command(
                    InsertErasure, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint),
                    (subject.Value, NpgsqlDbType.Bigint), (kind, NpgsqlDbType.Smallint), (entries, NpgsqlDbType.Bigint)));
                await locked.Commit();
                return (new OpenErasure(subject, (SubjectKind)kind, IsListed: false), entries);
            },
            cancellationToken);

    private static async Task<T> Scalar<T>(LockedTransaction locked, string sql, SubjectId subject, CancellationToken cancellationToken)
    {
        await using var batch = locked.Batch(Sql.Command(sql, (subject.Value, NpgsqlDbType.Bigint)));
        return (T)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }
}
