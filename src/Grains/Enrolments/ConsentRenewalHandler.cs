using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Receipts;

namespace Scoring.Enrolments;

/// <summary>
/// Renews a participant's consent, to the version in force: a new receipt and one entry. Nothing else of the subject changes.
/// </summary>
internal sealed class ConsentRenewalHandler(
    ParticipantDependencies dependencies, ReceiptIssuer receipts, ConsentReceiptReader receiptReader)
{
    /// <summary>Renews the consent of the subject of that ordinal. It accepts no handle proofs.</summary>
    public async Task<EnrolOutcome> Renew(string participant, EnrolRequest request, int ordinal)
    {
        var now = dependencies.Clock.Now;
        var own = new OwnSubject(participant, request.Programme, ordinal);
        if (dependencies.Enrolments.Locator(own) is not { } locator) return Refused(EnrolRefusal.SubjectUnknown);
        if (!request.HandleProofs.IsDefaultOrEmpty) return Refused(EnrolRefusal.ProofRefused);
        if (dependencies.Catalogue.Find(request.Programme) is not { } programme || programme.Offered(now) is not { } version)
            return Refused(EnrolRefusal.ProgrammeUnknown);
        if (request.RuleSet != version.RuleSet.Hash) return Refused(EnrolRefusal.RuleSetNotInForce);
        if (await dependencies.Enrolments.Find(own) is not { } enrolment) return Refused(EnrolRefusal.SubjectUnknown);

        if (enrolment.Consented < version.RuleSet.Number)
        {
            var receipt = receipts.Given(version, now, former: await receiptReader.Newest(enrolment));
            if (await Write(locator, version, programme.Day(now), receipt))
                return new EnrolOutcome(new EnrolledView(ordinal, receipt), null);
        }
        // The participant consented before, or another call renewed consent just now: answer with the newest receipt.
        return await Receipt(own) is { } newest
            ? new EnrolOutcome(new EnrolledView(ordinal, newest), null)
            : Refused(EnrolRefusal.SubjectUnknown);
    }

    /// <summary>Returns the newest receipt; <see langword="null"/> when there is no such subject or no receipt.</summary>
    public async Task<string?> Receipt(OwnSubject own) =>
        await dependencies.Enrolments.Find(own) is { } enrolment ? await receiptReader.Newest(enrolment) : null;

    private async Task<bool> Write(byte[] locator, ProgrammeVersion version, DateOnly today, string receipt)
    {
        var entry = new EntryToAppend(
            EntryKind.ConsentRenewed, RandomKey.Next(), today, ParticipantEntryBodies.Consented(receipt, version.RuleSet.Hash));
        return await dependencies.Store.RenewConsent(
            locator, version.RuleSet.Hash, version.RuleSet.Number, entry, CancellationToken.None) is true;
    }

    private static EnrolOutcome Refused(EnrolRefusal refusal) => new(null, refusal);
}
