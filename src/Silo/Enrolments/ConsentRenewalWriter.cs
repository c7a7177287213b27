using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>Notes consent to a later version, with its entry. The handles follow by their foreign key.</summary>
internal static class ConsentRenewalWriter
{
    private const string Raise =
        "UPDATE ledger.enrolment SET rule_set = $2, consented = $3 WHERE subject = $1 AND consented < $3";

    public static Task<bool?> Renew(
        LockedSubjects own, byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken) =>
            own.With<bool?>(
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
