using System.Security.Cryptography;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Receipts;

namespace Scoring.Enrolments;

/// <summary>Consent anew, to the version in force: a fresh receipt, one entry, and nothing else of the subject changes.</summary>
internal sealed class ConsentRenewalHandler(
    IEnrolmentStore store, ILedger ledger, CurrentCatalogue catalogue, PlatformKeys keys, ReceiptIssuer receipts,
    ProgrammeClock clock)
{
    private const int PageRows = 500;

    public async Task<EnrolOutcome> Renew(string participant, EnrolRequest request, int ordinal)
    {
        var now = clock.Now;
        if (ordinal is < 0 or >= OwnSubject.OrdinalCount) return Refused(EnrolRefusal.SubjectUnknown);
        if (!request.HandleProofs.IsDefaultOrEmpty) return Refused(EnrolRefusal.ProofRefused);
        if (catalogue.Find(request.Programme) is not { } programme || programme.Offered(now) is not { } version)
            return Refused(EnrolRefusal.ProgrammeUnknown);
        if (request.RuleSet != version.RuleSet.Hash) return Refused(EnrolRefusal.RuleSetNotInForce);
        var locator = keys.Locator(participant, request.Programme, ordinal);
        if (await store.Find(locator, CancellationToken.None) is not { } enrolment) return Refused(EnrolRefusal.SubjectUnknown);

        if (enrolment.Consented < version.RuleSet.Number)
        {
            var receipt = receipts.Given(version, now, former: await Receipt(enrolment));
            var entry = new EntryToAppend(
                EntryKind.ConsentRenewed, new Guid(RandomNumberGenerator.GetBytes(16)), programme.Day(now),
                ParticipantEntryBodies.Consented(receipt, version.RuleSet.Hash));
            var renewed = await store.RenewConsent(
                locator, version.RuleSet.Hash, version.RuleSet.Number, entry, CancellationToken.None);
            if (renewed is true) return new EnrolOutcome(new EnrolledView(ordinal, receipt), null);
        }
        // Consented already, or at this moment by another call: the receipt that stands is the answer.
        return await store.Find(locator, CancellationToken.None) is { } standing && await Receipt(standing) is { } newest
            ? new EnrolOutcome(new EnrolledView(ordinal, newest), null)
            : Refused(EnrolRefusal.SubjectUnknown);
    }

    /// <summary>
    /// The newest receipt. Turn 1 has it unless consent was renewed, which its rule set tells, or turn 1 expired after that; only then is
    /// the history paged from the end.
    /// </summary>
    public async Task<string?> Receipt(EnrolmentRecord enrolment)
    {
        var first = await ledger.ReadSubject(enrolment.Subject, 0, 1, CancellationToken.None);
        if (first is [{ Kind: EntryKind.Enrolled } enrolled] && ParticipantEntryBodies.ConsentOf(enrolled.Body) is var consent
            && consent.RuleSet == enrolment.RuleSet)
        {
            return consent.Receipt;
        }
        for (var below = long.MaxValue; below > 1;)
        {
            var page = await ledger.ReadSubjectBackwards(enrolment.Subject, below, PageRows, CancellationToken.None);
            if (page.FirstOrDefault(entry => entry.Kind == EntryKind.ConsentRenewed) is { } renewed)
                return ParticipantEntryBodies.ConsentOf(renewed.Body).Receipt;
            if (page.Count < PageRows) break;
            below = page[^1].Turn;
        }
        return null;
    }

    private static EnrolOutcome Refused(EnrolRefusal refusal) => new(null, refusal);
}
