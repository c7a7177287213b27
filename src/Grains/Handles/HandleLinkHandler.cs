using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Scoring.Keys;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Links further handles to a subject: proofs verified, then one transaction of the store.</summary>
internal sealed class HandleLinkHandler(
    OwnEnrolmentReader mine, IEnrolmentStore store, CurrentCatalogue catalogue, PlatformKeys keys, HandleProofVerifier proofs,
    ProgrammeClock clock,
    IOptions<ParticipantOptions> options)
{
    public async Task<LinkOutcome> Link(OwnSubject own, ImmutableArray<string> handleProofs)
    {
        var now = clock.Now;
        if (catalogue.Find(own.Programme) is not { } programme || mine.Locator(own) is not { } locator
            || await mine.Find(own) is not { } enrolment)
        {
            return Refused(LinkRefusal.SubjectUnknown);
        }
        if (handleProofs.IsDefault || await proofs.Verify(handleProofs, own.Participant, programme) is not { } proved)
            return Refused(LinkRefusal.ProofRefused);

        var handles = New(proved, keys, own.Programme);
        bool? linked;
        try
        {
            linked = await store.Link(
                locator, new HandlesToLink(handles, now, programme.Day(now)), options.Value.HandlesMax, CancellationToken.None);
        }
        catch (HandleProofReplayedException)
        {
            return Refused(LinkRefusal.ProofRefused);
        }
        return linked switch
        {
            null => Refused(LinkRefusal.SubjectUnknown),
            false => Refused(LinkRefusal.TooManyHandles),
            true => new LinkOutcome([.. await store.HandlesOf(enrolment.Subject, CancellationToken.None)], null),
        };
    }

    /// <summary>Proved handles as they are stored: a random name and the keyed hash.</summary>
    public static NewHandle[] New(IReadOnlyList<ProvedHandle> proved, PlatformKeys keys, ProgrammeId programme) =>
    [
        .. proved.Select(handle => new NewHandle(
            OpaqueId.Draw(), keys.HandleHash(handle.Source, programme, handle.Handle), handle.Source, handle.ProvedAt)),
    ];

    private static LinkOutcome Refused(LinkRefusal refusal) => new(null, refusal);
}
