using System.Collections.Immutable;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>
/// Acts for a participant on their own subjects. A reentrant stateless worker with key 0: it keeps no state, and no grain bears a
/// participant's name. Each call resolves participant, programme and ordinal through the locator. A subject that does not exist gives
/// <see langword="null"/> or <see langword="false"/>, for every reason the same.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
/// <exception cref="RuleBookStaleException">The silo's rule book is missing or older than its limit (from every member).</exception>
[Alias("scoring.IEnrolmentGrain"), GrainInterfaceType("enrolment")]
public interface IEnrolmentGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Enrols one subject in one programme under the rule set that the participant was shown, or renews the consent of one.
    /// </summary>
    /// <param name="participant">The signed-in participant's pairwise subject identifier.</param>
    /// <param name="request">What the participant consents to, with proofs that the handles belong to the participant.</param>
    [Alias("Enrol"), AnySilo]
    Task<EnrolOutcome> Enrol(string participant, EnrolRequest request);

    /// <summary>Lists the participant's subjects in one programme, by ordinal; empty when there is none.</summary>
    /// <param name="participant">The signed-in participant's pairwise subject identifier.</param>
    /// <param name="programme">The programme.</param>
    [Alias("List"), AnySilo]
    Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme);

    /// <summary>Returns one subject; <see langword="null"/> when there is no such subject.</summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Find"), AnySilo]
    Task<SubjectView?> Find(OwnSubject own);

    /// <summary>Explains the subject's score; <see langword="null"/> when there is no such subject.</summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Score"), AnySilo]
    Task<Explanation?> Score(OwnSubject own);

    /// <summary>Returns a page of the subject's entries, newest first; <see langword="null"/> when there is no such subject.</summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="below">Only turns below this, exclusive; <see langword="null"/> for the newest.</param>
    /// <param name="count">The greatest number of entries, 1 to 500.</param>
    [Alias("History"), AnySilo]
    Task<HistoryPage?> History(OwnSubject own, long? below, int count);

    /// <summary>
    /// Returns the newest signed consent record, a JWS in compact form; <see langword="null"/> when there is no such subject, or its
    /// entries of consent have expired.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Receipt"), AnySilo]
    Task<string?> Receipt(OwnSubject own);

    /// <summary>
    /// Gives a grant with any number of uses, as <see cref="Scoring.Grants.IGrantGrain.Give"/>. Gateways of versions before the number of
    /// uses call it.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="service">A service registered for the programme.</param>
    /// <param name="until">The instant at which the grant ends, in the future; <see langword="null"/> for none.</param>
    [Alias("Grant"), AnySilo]
    Task<GrantOutcome> Grant(OwnSubject own, string service, DateTimeOffset? until);

    /// <summary>
    /// Lists the grants that have not ended, oldest first, with the used up ones; <see langword="null"/> when there is no such subject.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Grants"), AnySilo]
    Task<ImmutableArray<GrantView>?> Grants(OwnSubject own);

    /// <summary>
    /// Revokes a grant with immediate effect. Returns <see langword="false"/> when there is no such grant, or no longer.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="grant">The grant's id.</param>
    [Alias("Revoke"), AnySilo]
    Task<bool> Revoke(OwnSubject own, string grant);

    /// <summary>
    /// Withdraws from the programme and erases everything about the subject. The erasure is complete when this returns, and a repeated call
    /// is harmless. Returns <see langword="null"/> when there was nothing to erase.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="request">
    /// SHA-256, in base64url, of the access token of the participant's call. Auditors compare it with the erasure, to find one that no
    /// participant requested. <see langword="null"/> from gateways of older versions.
    /// </param>
    [Alias("Withdraw"), AnySilo]
    Task<WithdrawalView?> Withdraw(OwnSubject own, string? request);

    /// <summary>
    /// Pauses everything for the subject with immediate effect: answers are neutral, no event is accepted, nothing is deleted, and the
    /// participant still sees everything. A repeated call is harmless. Returns <see langword="false"/> when there is no such subject.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Restrict"), AnySilo]
    Task<bool> Restrict(OwnSubject own);

    /// <summary>
    /// Lifts the pause. A repeated call is harmless. Returns <see langword="false"/> when there is no such subject.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("LiftRestriction"), AnySilo]
    Task<bool> LiftRestriction(OwnSubject own);

    /// <summary>
    /// Links further handles by proofs that they belong to the participant, all of them or none. A handle that is linked already stays
    /// linked.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="handleProofs">Proofs as in <see cref="EnrolRequest"/>.</param>
    [Alias("LinkHandles"), AnySilo]
    Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs);

    /// <summary>Lists the linked handles, oldest first; <see langword="null"/> when there is no such subject.</summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("LinkedHandles"), AnySilo]
    Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own);

    /// <summary>
    /// Unlinks a handle with immediate effect. Returns <see langword="false"/> when there is no such handle, or no longer.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="handle">The handle's id.</param>
    [Alias("UnlinkHandle"), AnySilo]
    Task<bool> UnlinkHandle(OwnSubject own, string handle);

    /// <summary>
    /// Returns a page of the subject's access log, newest first: each recorded access with the answer it got; <see langword="null"/> when
    /// there is no such subject.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="below">Only accesses with turns below this, exclusive; <see langword="null"/> for the newest.</param>
    /// <param name="count">The greatest number of accesses, 1 to <see cref="AccessPage.CountMax"/>.</param>
    [Alias("Looks"), AnySilo]
    Task<AccessPage?> Looks(OwnSubject own, long? below, int count);
}
