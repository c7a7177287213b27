using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>Writes consent to a later version, with its entry.</summary>
internal static class ConsentRenewalWriter
{
    /// <summary>
    /// Raises the version that is consented to. Runs under the subject's lock, and locks the enrolment's row and, by the foreign key, its
    /// handles' rows, which change with it. $1 subject, $2 rule set, $3 number.
    /// </summary>
    private const string Raise =
        "UPDATE ledger.enrolment SET rule_set = $2, consented = $3 WHERE subject = $1 AND consented < $3";

    /// <summary>
    /// Renews the consent. Returns <see langword="null"/> when the locator leads to no subject, and <see langword="false"/> when the
    /// subject has consented to this version or a later one.
    /// </summary>
    public static Task<bool?> Renew(
        LockedSubjects subjects, byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken) =>
        subjects.With<bool?>(
            locator, null,
            async (locked, subject, _) =>
            {
                var raised = await locked.Run(cancellationToken, Sql.Command(
                    Raise, (subject.Value, NpgsqlDbType.Bigint), (ruleSet, NpgsqlDbType.Text), (number, NpgsqlDbType.Integer)));
                if (raised == 0) return false;
                await locked.Append(cancellationToken, [(subject, entry)]);
                await locked.Commit();
                return true;
            },
            cancellationToken);
}
