using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Programmes;

namespace Scoring.Handles;

/// <summary>Links, lists and unlinks a subject's handles. Each write is one transaction of the store.</summary>
internal sealed class HandleLinkHandler(ParticipantDependencies dependencies, HandleProofVerifier proofs)
{
    /// <summary>Links the handles that the proofs prove, all of them or none.</summary>
    public Task<LinkOutcome> Link(OwnSubject own, ImmutableArray<string> handleProofs) => dependencies.Newest.Decide(
        () => LinkKnown(own, handleProofs), outcome => outcome.Refusal == LinkRefusal.ProofRefused);

    private async Task<LinkOutcome> LinkKnown(OwnSubject own, ImmutableArray<string> handleProofs)
    {
        var now = dependencies.Clock.Now;
        if (dependencies.Catalogue.Find(own.Programme) is not { } programme || dependencies.Enrolments.Locator(own) is not { } locator
            || await dependencies.Enrolments.Find(own) is not { } enrolment)
        {
            return Refused(LinkRefusal.SubjectUnknown);
        }
        if (handleProofs.IsDefault || await proofs.Verify(handleProofs, own.Participant, programme) is not { } proved)
            return Refused(LinkRefusal.ProofRefused);

        var handles = new HandlesToLink(New(proved, dependencies.Keys, own.Programme), now, programme.Day(now));
        bool? linked;
        try
        {
            linked = await dependencies.Store.Link(locator, handles, dependencies.Options.Value.HandlesMax, CancellationToken.None);
        }
        catch (HandleProofReplayedException)
        {
            return Refused(LinkRefusal.ProofRefused);
        }
        return linked switch
        {
            null => Refused(LinkRefusal.SubjectUnknown),
            false => Refused(LinkRefusal.TooManyHandles),
            true => new LinkOutcome([.. await dependencies.Store.HandlesOf(enrolment.Subject, CancellationToken.None)], null),
        };
    }

    /// <summary>Lists the linked handles; <see langword="null"/> when there is no such subject.</summary>
    public async Task<ImmutableArray<HandleView>?> List(OwnSubject own) => await dependencies.Enrolments.Find(own) is { } enrolment
        ? [.. await dependencies.Store.HandlesOf(enrolment.Subject, CancellationToken.None)]
        : null;

    /// <summary>Unlinks a handle. Returns <see langword="false"/> when there is no such handle.</summary>
    public async Task<bool> Unlink(OwnSubject own, string handle) =>
        OpaqueId.Is(handle) && dependencies.Catalogue.Find(own.Programme) is { } programme
        && dependencies.Enrolments.Locator(own) is { } locator
        && await dependencies.Store.Unlink(locator, handle, programme.Day(dependencies.Clock.Now), CancellationToken.None);

    /// <summary>Makes the stored form of proved handles: a random id and the keyed hash.</summary>
    public static NewHandle[] New(IReadOnlyList<ProvedHandle> proved, PlatformKeys keys, ProgrammeId programme) =>
    [
        .. proved.Select(handle => new NewHandle(
            OpaqueId.Draw(), keys.HandleHash(handle.Source, programme, handle.Handle), handle.Source, handle.ProvedAt)),
    ];

    private static LinkOutcome Refused(LinkRefusal refusal) => new(null, refusal);
}
