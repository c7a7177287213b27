using System.Security.Cryptography;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>Makes a subject: proofs verified, consent signed, everything random drawn, then one transaction of the store.</summary>
internal sealed class EnrolmentHandler(
    IEnrolmentStore store, CurrentCatalogue catalogue, PlatformKeys keys, ReceiptIssuer receipts, HandleProofVerifier proofs,
    ProgrammeClock clock)
{
    public async Task<EnrolOutcome> Enrol(string participant, EnrolRequest request)
    {
        var now = clock.Now;
        if (catalogue.Find(request.Programme) is not { } programme || programme.Offered(now) is not { } version)
            return Refused(EnrolRefusal.ProgrammeUnknown);
        if (request.RuleSet != version.RuleSet.Hash) return Refused(EnrolRefusal.RuleSetNotInForce);
        if (await proofs.Verify(request.HandleProofs, participant, programme) is not { } handles) return Refused(EnrolRefusal.ProofRefused);

        var receipt = receipts.Given(version, now);
        int? ordinal;
        try
        {
            ordinal = await store.Enrol(Enrolment(participant, programme, version, receipt, handles, now), CancellationToken.None);
        }
        catch (HandleProofReplayedException)
        {
            return Refused(EnrolRefusal.ProofRefused);
        }
        return ordinal is { } taken
            ? new EnrolOutcome(new EnrolledView(taken, receipt), null)
            : Refused(EnrolRefusal.TooManySubjects);
    }

    private NewEnrolment Enrolment(
        string participant, KnownProgramme known, ProgrammeVersion version, string receipt, IReadOnlyList<ProvedHandle> handles,
        DateTimeOffset now)
    {
        var (programme, ruleSet) = (version.Terms, version.RuleSet);
        var locators = new byte[OwnSubject.OrdinalCount][];
        for (var ordinal = 0; ordinal < locators.Length; ordinal++) locators[ordinal] = keys.Locator(participant, programme.Id, ordinal);
        var body = ParticipantEntryBodies.Consented(receipt, ruleSet.Hash);
        return new NewEnrolment(
            RandomSubject(), programme.SubjectKind, programme.Id, ruleSet.Hash, now, known.Day(now),
            RandomNumberGenerator.GetBytes(PlatformKeys.KeyBytes), locators, [.. locators.Select(_ => body)],
            HandleLinkHandler.New(handles, keys, programme.Id), ruleSet.Number);
    }

    private static SubjectId RandomSubject()
    {
        var number = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        return new SubjectId(number == 0 ? 1 : number);
    }

    private static EnrolOutcome Refused(EnrolRefusal refusal) => new(null, refusal);
}
