using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>
/// What a participant does with their own subjects. A reentrant stateless worker with key 0: it keeps nothing, and no grain bears a
/// participant's name. Every call resolves participant, programme and ordinal anew through the locator; what is not there is
/// <see langword="null"/>, whatever the reason.
/// </summary>
[Alias("scoring.IEnrolmentGrain"), GrainInterfaceType("enrolment")]
public interface IEnrolmentGrain : IGrainWithIntegerKey
{
    /// <summary>Enrols one subject in one programme under the rule set that the participant was shown.</summary>
    /// <param name="participant">The signed-in participant's pairwise subject identifier.</param>
    /// <param name="request">What they consent to, with proofs that the handles are theirs.</param>
    [Alias("Enrol")]
    Task<EnrolOutcome> Enrol(string participant, EnrolRequest request);

    /// <summary>The participant's subjects in one programme, by ordinal.</summary>
    [Alias("List")]
    Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme);

    /// <summary>One of them.</summary>
    [Alias("Find")]
    Task<SubjectView?> Find(OwnSubject own);

    /// <summary>Its score, explained.</summary>
    [Alias("Score")]
    Task<Explanation?> Score(OwnSubject own);

    /// <summary>Its entries, newest first.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="below">Only turns below this, exclusive; <see langword="null"/> for the newest.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("History")]
    Task<HistoryPage?> History(OwnSubject own, long? below, int count);

    /// <summary>The signed consent record, a JWS in compact form.</summary>
    [Alias("Receipt")]
    Task<string?> Receipt(OwnSubject own);

    /// <summary>
    /// As <see cref="Scoring.Grants.IGrantGrain.Give"/> with any number of uses: for gateways of before there was a number.
    /// </summary>
    /// <param name="own">Whose.</param>
    /// <param name="service">A service registered for the programme.</param>
    /// <param name="until">An end, in the future; <see langword="null"/> for none.</param>
    [Alias("Grant")]
    Task<GrantOutcome> Grant(OwnSubject own, string service, DateTimeOffset? until);

    /// <summary>The grants that have not ended, the used up among them.</summary>
    [Alias("Grants")]
    Task<ImmutableArray<GrantView>?> Grants(OwnSubject own);

    /// <summary>Takes a grant back, at once. <see langword="false"/> when there is no such grant (any more).</summary>
    [Alias("Revoke")]
    Task<bool> Revoke(OwnSubject own, string grant);

    /// <summary>
    /// Leaves the programme and erases everything; complete when it returns, and harmless when repeated. <see langword="null"/> when
    /// nothing was there.
    /// </summary>
    /// <param name="own">Whose.</param>
    /// <param name="request">
    /// SHA-256, in base64url, of the access token by which the participant asks: what auditors hold against an erasure that nobody asked
    /// for. <see langword="null"/> from gateways of before.
    /// </param>
    [Alias("Withdraw")]
    Task<WithdrawalView?> Withdraw(OwnSubject own, string? request);

    /// <summary>
    /// Pauses everything at once: answers are neutral and no event is taken, nothing is deleted, and all stays visible to the
    /// participant. Harmless when repeated. <see langword="false"/> when there is no such subject.
    /// </summary>
    [Alias("Restrict")]
    Task<bool> Restrict(OwnSubject own);

    /// <summary>Lifts the pause; harmless when repeated. <see langword="false"/> when there is no such subject.</summary>
    [Alias("LiftRestriction")]
    Task<bool> LiftRestriction(OwnSubject own);

    /// <summary>
    /// Links further handles by proofs that they are theirs; all of them or none. One that is linked already stays as it is.
    /// </summary>
    /// <param name="own">Whose.</param>
    /// <param name="handleProofs">As in <see cref="EnrolRequest"/>.</param>
    [Alias("LinkHandles")]
    Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs);

    /// <summary>The linked handles; <see langword="null"/> when there is no such subject.</summary>
    [Alias("LinkedHandles")]
    Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own);

    /// <summary>Unlinks a handle, at once. <see langword="false"/> when there is no such handle (any more).</summary>
    [Alias("UnlinkHandle")]
    Task<bool> UnlinkHandle(OwnSubject own, string handle);

    /// <summary>Who looked, newest first, and what they were told.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="below">Only looks whose turns are below this, exclusive; <see langword="null"/> for the newest.</param>
    /// <param name="count">How many at most, 1 to <see cref="AccessPage.CountMax"/>.</param>
    [Alias("Looks")]
    Task<AccessPage?> Looks(OwnSubject own, long? below, int count);
}
