using System.Security.Cryptography;
using Scoring.Handles;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols a subject: verifies the handle proofs, signs the consent receipt, draws everything random, then calls the store for one
/// transaction.
/// </summary>
internal sealed class EnrolmentHandler(
    ParticipantDependencies dependencies, ReceiptIssuer receipts, HandleProofVerifier proofs, ConsentReceiptReader receiptReader)
{
    public async Task<EnrolOutcome> Enrol(string participant, EnrolRequest request)
    {
        var now = dependencies.Clock.Now;
        if (dependencies.Catalogue.Find(request.Programme) is not { } programme || programme.Offered(now) is not { } version)
            return Refused(EnrolRefusal.ProgrammeUnknown);
        if (request.RuleSet != version.RuleSet.Hash) return Refused(EnrolRefusal.RuleSetNotInForce);
        if (await proofs.Verify(request.HandleProofs, participant, programme) is not { } handles) return Refused(EnrolRefusal.ProofRefused);

        var receipt = receipts.Given(version, now);
        var enrolment = NewEnrolment(participant, version, receipt, handles, now, programme.Day(now));
        int? ordinal;
        try
        {
            ordinal = await dependencies.Store.Enrol(enrolment, CancellationToken.None);
        }
        catch (HandleProofReplayedException)
        {
            return await Repeated(participant, enrolment) ?? Refused(EnrolRefusal.ProofRefused);
        }
        return ordinal is { } taken
            ? new EnrolOutcome(new EnrolledView(taken, receipt), null)
            : Refused(EnrolRefusal.TooManySubjects);
    }

    /// <summary>
    /// Answers a request that was carried out already, but whose answer was lost. The proofs enrol no second subject;
    /// <see langword="null"/> when they have enrolled none that is still as they made it.
    /// </summary>
    private async Task<EnrolOutcome?> Repeated(string participant, NewEnrolment repeated)
    {
        if (await dependencies.Store.FindEnrolled(repeated, CancellationToken.None) is not { } ordinal) return null;
        var enrolment = await dependencies.Enrolments.Find(new OwnSubject(participant, repeated.Programme, ordinal));
        return enrolment is not null && await receiptReader.Newest(enrolment) is { } receipt
            ? new EnrolOutcome(new EnrolledView(ordinal, receipt), null)
            : null;
    }

    private NewEnrolment NewEnrolment(
        string participant, ProgrammeVersion version, string receipt, IReadOnlyList<ProvedHandle> handles, DateTimeOffset now,
        DateOnly today)
    {
        var programme = version.Terms;
        var ruleSet = version.RuleSet;
        var locators = new byte[OwnSubject.OrdinalCount][];
        for (var ordinal = 0; ordinal < locators.Length; ordinal++)
            locators[ordinal] = dependencies.Keys.Locator(participant, programme.Id, ordinal);
        var body = ParticipantEntryBodies.Consented(receipt, ruleSet.Hash);
        return new NewEnrolment(
            SubjectNumbers.Draw(), programme.SubjectKind, programme.Id, ruleSet.Hash, now, today,
            RandomNumberGenerator.GetBytes(PlatformKeys.KeyBytes), locators, [.. locators.Select(_ => body)],
            HandleLinkHandler.New(handles, dependencies.Keys, programme.Id), ruleSet.Number);
    }

    private static EnrolOutcome Refused(EnrolRefusal refusal) => new(null, refusal);
}
