using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Receipts;

/// <summary>
/// Issues the receipt of a withdrawal. It reads what the receipt names before the erasure, and stores the receipt nowhere. Two concurrent
/// calls, or a call that finishes an interrupted withdrawal, may find nothing to name. Then there is no receipt; the withdrawal is complete
/// all the same.
/// </summary>
internal sealed class WithdrawalReceiptIssuer(
    OwnEnrolmentReader enrolments, ConsentReceiptReader consents, ReceiptIssuer receipts, CurrentCatalogue catalogue, ProgrammeClock clock)
{
    /// <summary>Reads the enrolment and its newest receipt; <see langword="null"/> when there is no enrolment.</summary>
    public async Task<EnrolmentWithReceipt?> ReadBefore(OwnSubject own) =>
        await enrolments.Find(own) is { } enrolment ? new EnrolmentWithReceipt(enrolment, await consents.Newest(enrolment)) : null;

    /// <summary>Signs the receipt of a complete erasure; <see langword="null"/> when there is nothing to name.</summary>
    public string? Issue(EnrolmentWithReceipt? before, SubjectId left, long entries)
    {
        if (before is null || before.Enrolment.Subject != left) return null;
        var versions = catalogue.Find(before.Enrolment.Programme)?.Published.Versions ?? [];
        return versions.FirstOrDefault(version => version.RuleSet.Hash == before.Enrolment.RuleSet) is { } consented
            ? receipts.Withdrawn(consented, clock.Now, before.Receipt, entries)
            : null;
    }

    /// <summary>An enrolment with its newest receipt.</summary>
    internal sealed record EnrolmentWithReceipt(EnrolmentRecord Enrolment, string? Receipt);
}
