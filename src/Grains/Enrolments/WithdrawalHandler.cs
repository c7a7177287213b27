using Scoring.Receipts;

namespace Scoring.Enrolments;

/// <summary>Withdraws a subject and signs the receipt of the withdrawal.</summary>
internal sealed class WithdrawalHandler(ParticipantDependencies dependencies, WithdrawalReceiptIssuer receipts)
{
    /// <summary>Erases the subject. Returns <see langword="null"/> when there was nothing to erase.</summary>
    public async Task<WithdrawalView?> Withdraw(OwnSubject own, string? request)
    {
        if (dependencies.Catalogue.Find(own.Programme) is not { } programme || dependencies.Enrolments.Locator(own) is not { } locator)
            return null;
        var before = await receipts.ReadBefore(own);
        var today = programme.Day(dependencies.Clock.Now);
        return await dependencies.Store.Withdraw(locator, today, request, CancellationToken.None) is { } left
            ? new WithdrawalView(left.Entries) { Receipt = receipts.Issue(before, left.Subject, left.Entries) }
            : null;
    }
}
