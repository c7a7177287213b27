using System.Collections.Immutable;
using Scoring.Ledger;
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
    [Alias("Withdraw")]
    Task<WithdrawalView?> Withdraw(OwnSubject own);

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
    /// <param name="count">How many at most, 1 to <see cref="LooksPage.CountMax"/>.</param>
    [Alias("Looks")]
    Task<LooksPage?> Looks(OwnSubject own, long? below, int count);
}

/// <summary>One's own subject: the only way from a person to it.</summary>
/// <param name="Participant">The signed-in participant's pairwise subject identifier.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">0 to 31.</param>
[GenerateSerializer, Immutable, Alias("scoring.own-subject")]
public sealed record OwnSubject(string Participant, ProgrammeId Programme, int Ordinal)
{
    /// <summary>How many subjects a participant may have in one programme.</summary>
    public const int OrdinalCount = 32;
}

/// <summary>A wish to enrol.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="RuleSet">Hash of the rule set shown, which must be the one in force.</param>
/// <param name="HandleProofs">JWS of sources, 1 to 16, each {handle, programme, sub, exp}.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-request")]
public sealed record EnrolRequest(ProgrammeId Programme, string RuleSet, ImmutableArray<string> HandleProofs)
{
    /// <summary>
    /// The ordinal of a subject for which consent is given anew, to the version in force; then there are no proofs, and nothing else of
    /// the subject changes. <see langword="null"/> to enrol another one.
    /// </summary>
    [Id(0)]
    public int? Renews { get; init; }
}

/// <summary>What became of it. Exactly one member is set.</summary>
/// <param name="Enrolled">The new subject.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-outcome")]
public sealed record EnrolOutcome(EnrolledView? Enrolled, EnrolRefusal? Refusal);

/// <summary>Why an enrolment is refused.</summary>
public enum EnrolRefusal
{
    /// <summary>No such programme is published, or it is suspended.</summary>
    ProgrammeUnknown = 1,

    /// <summary>The rule set named is not the one in force: show the current one and ask again.</summary>
    RuleSetNotInForce = 2,

    /// <summary>
    /// A handle proof does not hold: forged, expired, of another source's key, for another person or programme, or already used. One
    /// answer for all of these.
    /// </summary>
    ProofRefused = 3,

    /// <summary>The participant has all <see cref="OwnSubject.OrdinalCount"/> subjects.</summary>
    TooManySubjects = 4,

    /// <summary>There is no subject of that ordinal whose consent could be renewed.</summary>
    SubjectUnknown = 5,
}

/// <summary>A new enrolment.</summary>
/// <param name="Ordinal">Its ordinal.</param>
/// <param name="Receipt">The signed consent record, a JWS in compact form.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrolled-view")]
public sealed record EnrolledView(int Ordinal, string Receipt);

/// <summary>A subject as its participant sees it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">Its ordinal.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="Since">The day of enrolment, in the programme's zone.</param>
/// <param name="Handles">Its handles.</param>
[GenerateSerializer, Immutable, Alias("scoring.subject-view")]
public sealed record SubjectView(
    ProgrammeId Programme, int Ordinal, string RuleSet, DateOnly Since, ImmutableArray<HandleView> Handles)
{
    /// <summary>
    /// Whether a wider version is in force than was consented to: every answer is neutral and no event taken until consent is renewed.
    /// </summary>
    [Id(0)]
    public bool Lapsed { get; init; }

    /// <summary>Published versions that are not in force yet: the notice of each coming change.</summary>
    [Id(1)]
    public ImmutableArray<ComingChange> Coming { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether the participant has paused everything: every answer is neutral and no event taken until they lift it.</summary>
    [Id(2)]
    public bool Restricted { get; init; }
}

/// <summary>The notice of a change to come.</summary>
/// <param name="RuleSet">Number of the coming rule set.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="FirstDay">Its first day, in the programme's zone.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Differences">What differs from the version before, in words.</param>
/// <param name="AsksConsent">Whether consent lapses on that day unless it is renewed from that day on.</param>
[GenerateSerializer, Immutable, Alias("scoring.coming-change")]
public sealed record ComingChange(
    int RuleSet, string Hash, DateOnly FirstDay, string Summary, ImmutableArray<string> Differences, bool AsksConsent);

/// <summary>A linked handle; the handle itself is stored nowhere.</summary>
/// <param name="Id">An opaque name.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="Since">Events from this instant on count.</param>
[GenerateSerializer, Immutable, Alias("scoring.handle-view")]
public sealed record HandleView(string Id, string Source, DateTimeOffset Since);

/// <summary>What became of a wish to grant. Exactly one member is set.</summary>
/// <param name="Granted">The new grant with its token.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-outcome")]
public sealed record GrantOutcome(NewGrantView? Granted, GrantRefusal? Refusal);

/// <summary>Why a grant is refused.</summary>
public enum GrantRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>No such service is registered for the programme.</summary>
    ServiceUnknown = 2,

    /// <summary>The end does not lie in the future.</summary>
    UntilInPast = 3,

    /// <summary>The subject has its greatest number of grants (default 64), not counting the used up.</summary>
    TooManyGrants = 4,

    /// <summary>The number of uses does not lie from 1 to 1,000,000.</summary>
    UsesOutOfRange = 5,
}

/// <summary>A new grant.</summary>
/// <param name="Id">An opaque name, by which it is listed and taken back.</param>
/// <param name="Token">What the participant hands to the service: 43 characters of base64url, shown once.</param>
[GenerateSerializer, Immutable, Alias("scoring.new-grant-view")]
public sealed record NewGrantView(string Id, string Token);

/// <summary>A standing grant.</summary>
/// <param name="Id">An opaque name.</param>
/// <param name="Service">The service.</param>
/// <param name="Since">When it was given.</param>
/// <param name="Until">When it ends, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.grant-view")]
public sealed record GrantView(string Id, string Service, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>How many questions it is still good for; <see langword="null"/> for any number, 0 when it is used up.</summary>
    [Id(0)]
    public int? UsesLeft { get; init; }
}

/// <summary>A page of one's own entries.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Below">Ask for turns below this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.history-page")]
public sealed record HistoryPage(ImmutableArray<HistoryEntry> Entries, long? Below);

/// <summary>One's own entry.</summary>
/// <param name="Turn">Its turn.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Canonical JSON in UTF-8.</param>
[GenerateSerializer, Immutable, Alias("scoring.history-entry")]
public sealed record HistoryEntry(long Turn, EntryKind Kind, DateOnly Day, byte[] Body);

/// <summary>A completed withdrawal.</summary>
/// <param name="Entries">How many entries were erased.</param>
[GenerateSerializer, Immutable, Alias("scoring.withdrawal-view")]
public sealed record WithdrawalView(long Entries)
{
    /// <summary>
    /// The signed record of the withdrawal, a JWS in compact form that names the consent's receipt; stored nowhere.
    /// <see langword="null"/> when this call finished what another began, and so had nothing left to name.
    /// </summary>
    [Id(0)]
    public string? Receipt { get; init; }
}

/// <summary>What became of a wish to link handles. Exactly one member is set.</summary>
/// <param name="Linked">All handles of the subject, the new ones among them.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.link-outcome")]
public sealed record LinkOutcome(ImmutableArray<HandleView>? Linked, LinkRefusal? Refusal);

/// <summary>Why handles are not linked.</summary>
public enum LinkRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>As <see cref="EnrolRefusal.ProofRefused"/>: one answer for every reason.</summary>
    ProofRefused = 2,

    /// <summary>The subject would have more than its greatest number of handles (default 16).</summary>
    TooManyHandles = 3,
}

/// <summary>A page of looks at one's own entries.</summary>
/// <param name="Looks">Newest first.</param>
/// <param name="Below">Ask for turns below this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.looks-page")]
public sealed record LooksPage(ImmutableArray<LookView> Looks, long? Below)
{
    /// <summary>The longest page.</summary>
    public const int CountMax = 100;
}

/// <summary>A look by someone else. Who looked is told in today's words; who is registered no more, by their id alone.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind"><see cref="EntryKind.Queried"/> by a service, <see cref="EntryKind.Looked"/> by anyone else of the city.</param>
/// <param name="Day">The entry's day, in the programme's zone.</param>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> for anyone else.</param>
/// <param name="LegalEntity">Its full legal name; for an administrator the programme's controller.</param>
/// <param name="Purpose">Why it asks; <c>contest</c> for an administrator.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="Reference">The answer's reference, as the service has it.</param>
/// <param name="Answer">
/// What the service was told: the fold of exactly the turns below, on the entry's day. <see langword="null"/> for anyone else, and when
/// the ledger no longer holds every turn below.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.look-view")]
public sealed record LookView(
    long Turn, EntryKind Kind, DateOnly Day, DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact,
    string? Reference, ScoreValue? Answer)
{
    /// <summary>As what somebody looked who is no service: <c>administrator</c>. They saw the one event that the case is about.</summary>
    [Id(0)]
    public string? By { get; init; }

    /// <summary>The contest for which an administrator looked.</summary>
    [Id(1)]
    public string? Case { get; init; }
}
