using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Receipts;

/// <summary>
/// The receipt of a withdrawal. What it names is read before the erasure, and it is stored nowhere. Two calls at once, or one that
/// finishes what a crash left, may have nothing to name: then there is none, and the withdrawal holds all the same.
/// </summary>
internal sealed class WithdrawalReceiptIssuer(
    OwnEnrolmentReader mine, ConsentRenewalHandler renewing, ReceiptIssuer receipts, CurrentCatalogue catalogue, ProgrammeClock clock)
{
    /// <summary>What stands before the erasure; <see langword="null"/> when nothing does.</summary>
    public async Task<EnrolmentWithReceipt?> ReadBefore(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? new EnrolmentWithReceipt(enrolment, await renewing.Receipt(enrolment)) : null;

    /// <summary>The signed receipt of an erasure that is complete.</summary>
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
