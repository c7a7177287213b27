using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>Restricts a subject and lifts the restriction, each with its entry.</summary>
internal static class RestrictionWriter
{
    /// <summary>
    /// Changes the restriction. Runs under the subject's lock, and locks the enrolment's row and, by the foreign key, its handles' rows,
    /// which change with it. $1 subject, $2 restricted.
    /// </summary>
    private const string Set = "UPDATE ledger.enrolment SET restricted = $2 WHERE subject = $1 AND restricted <> $2";

    /// <summary>
    /// Changes the restriction. Returns <see langword="null"/> when the locator leads to no subject, and <see langword="false"/> when
    /// nothing changes.
    /// </summary>
    public static Task<bool?> Restrict(
        LockedSubjects subjects, byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken) =>
        subjects.With<bool?>(
            locator, null,
            async (locked, subject, _) =>
            {
                var changed = await locked.Run(
                    cancellationToken, Sql.Command(Set, (subject.Value, NpgsqlDbType.Bigint), (restricted, NpgsqlDbType.Boolean)));
                if (changed == 0) return false;
                await locked.Append(cancellationToken, [(subject, entry)]);
                await locked.Commit();
                return true;
            },
            cancellationToken);
}
