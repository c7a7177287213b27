using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>Pauses everything for a subject and lifts that, each with its entry. The handles follow by their foreign key.</summary>
internal static class RestrictionWriter
{
    private const string Set = "UPDATE ledger.enrolment SET restricted = $2 WHERE subject = $1 AND restricted <> $2";

    public static Task<bool?> Restrict(
        LockedSubjects own, byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken) => own.With<bool?>(
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
