using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>
/// Reports to a participant what happened to one of their subjects: its entries, and the administrative actions on its programme or on all
/// programmes since its enrolment. A reentrant stateless worker with key 0; it keeps no state. Everything that it reports is in the ledger
/// already.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
/// <exception cref="Scores.RuleBookStaleException">The silo's rule book is older than its limit (from every member).</exception>
[Alias("scoring.INoticeGrain"), GrainInterfaceType("notice")]
public interface INoticeGrain : IGrainWithIntegerKey
{
    /// <summary>Reads a page of the timeline, newest first.</summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="below">
    /// Only turns and action numbers below these, both exclusive, as in <see cref="NoticesPage.Below"/>; <see langword="null"/> for the
    /// newest.
    /// </param>
    /// <param name="count">The greatest number of notices, 1 to <see cref="NoticesPage.CountMax"/>.</param>
    [Alias("Read"), AnySilo]
    Task<NoticesOutcome> Read(OwnSubject own, NoticePlace? below, int count);

    /// <summary>
    /// Reads the notices after a place, oldest first. Without any it waits until there is one, up to a bounded time (default 20 seconds),
    /// and then returns an empty run. Returns <see langword="null"/> when there is no such subject, or no longer.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="after">The place to continue at; <see langword="null"/> returns where the timeline ends now, without waiting.</param>
    /// <param name="count">The greatest number of notices, 1 to <see cref="NoticesPage.CountMax"/>.</param>
    /// <param name="waits">Whether to wait when there are no notices.</param>
    /// <param name="cancellationToken">
    /// Ends the call. A stateless worker cannot be told: its wait goes on to its bound. Streams use <see cref="INoticeStreamGrain"/>, and
    /// this method stays for gateways of the release before.
    /// </param>
    [Alias("After"), AnySilo]
    Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken);
}

/// <summary>Where to continue, in the timeline of one enrolment.</summary>
/// <param name="Place">The place.</param>
/// <param name="Enrolment">
/// The name of the enrolment from the run before, so that a later enrolment under the same ordinal is never taken for it;
/// <see langword="null"/> when it is not known.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.notice-cursor")]
public sealed record NoticeCursor(NoticePlace Place, string? Enrolment)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(NoticeCursor);
}

/// <summary>Consecutive notices of the timeline.</summary>
/// <param name="Notices">The notices, oldest first; empty when there was none in time.</param>
/// <param name="At">The place to continue at.</param>
/// <param name="Enrolment">An opaque name that tells this enrolment from others under the same ordinal.</param>
/// <param name="Restarts">
/// Whether the requested place lies ahead of the ledger, as after a restored backup. Then the timeline continues from its start, because
/// the platform cannot know which of its notices were sent.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.notice-run")]
public sealed record NoticeRun(ImmutableArray<Notice> Notices, NoticePlace At, string Enrolment, bool Restarts)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(NoticeRun);
}

/// <summary>The outcome of a request for a page. Exactly one member is set.</summary>
/// <param name="Page">The page.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.notices-outcome")]
public sealed record NoticesOutcome(NoticesPage? Page, NoticesRefusal? Refusal);

/// <summary>Why a request for a page is refused.</summary>
public enum NoticesRefusal
{
    /// <summary>The participant has no such subject.</summary>
    SubjectUnknown = 1,

    /// <summary>The place lies ahead of the ledger, so no page ever ended there.</summary>
    PlaceAhead = 2,
}

/// <summary>A page of the timeline.</summary>
/// <param name="Notices">
/// Newest first: entries in descending turns and administrative actions in descending numbers, merged by day. Within one day the actions
/// come before the entries.
/// </param>
/// <param name="Below">The next page has what is below this place; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.notices-page")]
public sealed record NoticesPage(ImmutableArray<Notice> Notices, string? Below)
{
    /// <summary>The greatest number of notices in a page.</summary>
    public const int CountMax = 100;

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(NoticesPage);
}

/// <summary>
/// Something that happened to a subject. Either <c>turn</c> or <c>act</c> is set, and names it permanently.
/// </summary>
/// <param name="Id">The place in the timeline that this notice reaches, as <c>turn-act</c>. Later notices come after it.</param>
/// <param name="Turn">The turn of the entry; <see langword="null"/> for an administrative action.</param>
/// <param name="Act">The number of the administrative action; <see langword="null"/> for an entry.</param>
/// <param name="Kind">The entry's kind or the action's word, in kebab-case.</param>
/// <param name="Day">Its day, in the programme's zone.</param>
/// <param name="Words">What happened, in one plain sentence.</param>
/// <param name="Event">The details of an event; <see langword="null"/> for other kinds.</param>
/// <param name="Look">The details of an access; <see langword="null"/> for other kinds.</param>
/// <param name="Body">Canonical JSON in UTF-8, as it is stored and hashed.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice")]
public sealed record Notice(
    string Id, long? Turn, long? Act, string Kind, DateOnly Day, string Words, EventNotice? Event, AccessNotice? Look, byte[] Body)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(Notice);
}

/// <summary>
/// An event and the points that the rules give it, before caps, fading, contests and corrections. The score's explanation shows those.
/// </summary>
/// <param name="Type">The event type.</param>
/// <param name="Source">The source that sent it.</param>
/// <param name="Data">Its attributes as they are stored, JSON in UTF-8.</param>
/// <param name="RuleSet">Number of the rule set in force on its day.</param>
/// <param name="Points">The points that each rule of that rule set gives it. Rules that give nothing are left out.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-notice")]
public sealed record EventNotice(string Type, string Source, byte[] Data, int RuleSet, ImmutableArray<NoticePoints> Points);

/// <summary>The points that one rule gives one event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice-points")]
public sealed record NoticePoints(string Rule, string Reason, long Points);

/// <summary>
/// A recorded access. The access log shows what was answered. The names are those registered today; a service that is no longer registered
/// has its id alone.
/// </summary>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> when the access is no service's query.</param>
/// <param name="LegalEntity">The service's full legal name.</param>
/// <param name="Purpose">The purpose of the service's queries.</param>
/// <param name="Contact">Where a person reaches the service.</param>
/// <param name="Reference">The reference of the answer that the service got.</param>
[GenerateSerializer, Immutable, Alias("scoring.look-notice")]
public sealed record AccessNotice(
    DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact, string? Reference)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AccessNotice);
}
