using System.Collections.Immutable;
using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>
/// What a participant is told about one of their subjects: its entries, and the public acts that concern its programme or all programmes
/// since its enrolment. A reentrant stateless worker with key 0; it keeps nothing, and tells nothing that is not in the ledger already.
/// </summary>
[Alias("scoring.INoticeGrain"), GrainInterfaceType("notice")]
public interface INoticeGrain : IGrainWithIntegerKey
{
    /// <summary>A page of the timeline, newest first.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="below">
    /// Only turns and acts below these numbers, both exclusive, as <see cref="NoticesPage.Below"/> has it; <see langword="null"/> for the
    /// newest.
    /// </param>
    /// <param name="count">How many at most, 1 to <see cref="NoticesPage.CountMax"/>.</param>
    [Alias("Read")]
    Task<NoticesOutcome> Read(OwnSubject own, NoticePlace? below, int count);

    /// <summary>
    /// What comes after a place, oldest first: at once when there is something, else as soon as there is, else after a bounded wait
    /// nothing. <see langword="null"/> when there is no such subject, or it has left meanwhile.
    /// </summary>
    /// <param name="own">Whose.</param>
    /// <param name="after">Where to go on; <see langword="null"/> asks where the timeline ends now, without waiting.</param>
    /// <param name="count">How many at most, 1 to <see cref="NoticesPage.CountMax"/>.</param>
    /// <param name="waits">Whether to wait for something to come.</param>
    /// <param name="cancellationToken">Ends the wait: nobody listens any more.</param>
    [Alias("After")]
    Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken);
}

/// <summary>Where to go on, and of which enrolment.</summary>
/// <param name="Place">The place.</param>
/// <param name="Enrolment">
/// As <see cref="NoticeRun.Enrolment"/> had it, so that a later enrolment under the same ordinal is never taken for it;
/// <see langword="null"/> when it is not known.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.notice-cursor")]
public sealed record NoticeCursor(NoticePlace Place, string? Enrolment);

/// <summary>A run of the timeline.</summary>
/// <param name="Notices">Oldest first; empty when nothing came.</param>
/// <param name="At">Where to go on.</param>
/// <param name="Enrolment">Names this enrolment among those of its ordinal, and says nothing else.</param>
/// <param name="Restarts">
/// The place asked for lies ahead of the ledger, which a restored database explains: it goes on from the start, since nobody can say what
/// of the rest was told.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.notice-run")]
public sealed record NoticeRun(ImmutableArray<Notice> Notices, NoticePlace At, string Enrolment, bool Restarts);

/// <summary>What became of a wish for a page. Exactly one member is set.</summary>
/// <param name="Page">The page.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.notices-outcome")]
public sealed record NoticesOutcome(NoticesPage? Page, NoticesRefusal? Refusal);

/// <summary>Why there is no page.</summary>
public enum NoticesRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>The place lies ahead of the ledger: no page ever ended there.</summary>
    PlaceAhead = 2,
}

/// <summary>A page of the timeline.</summary>
/// <param name="Notices">
/// Newest first: entries in descending turns and acts in descending numbers, both merged by day; of one day the acts come first, since they
/// were told after the entries.
/// </param>
/// <param name="Below">Ask for what is below this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.notices-page")]
public sealed record NoticesPage(ImmutableArray<Notice> Notices, string? Below)
{
    /// <summary>The longest page.</summary>
    public const int CountMax = 100;
}

/// <summary>One thing that happened. Either <c>turn</c> or <c>act</c> is set and names it permanently.</summary>
/// <param name="Id">The notice's place, <c>{turn}-{act}</c>: later notices come after it.</param>
/// <param name="Turn">Its entry's turn.</param>
/// <param name="Act">Its act's number.</param>
/// <param name="Kind">The entry's kind or the act's word, in kebab-case.</param>
/// <param name="Day">Its day, in the programme's zone.</param>
/// <param name="Words">The same in one plain sentence.</param>
/// <param name="Event">What an event brought; <see langword="null"/> for all else.</param>
/// <param name="Look">Who looked; <see langword="null"/> for all else.</param>
/// <param name="Body">Canonical JSON in UTF-8, as it is stored and hashed.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice")]
public sealed record Notice(
    string Id, long? Turn, long? Act, string Kind, DateOnly Day, string Words, EventNotice? Event, AccessNotice? Look, byte[] Body);

/// <summary>
/// An event, and what it gives by itself: before caps, fading, contests and corrections, which the score's explanation shows.
/// </summary>
/// <param name="Type">The event type.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Data">Its attributes as they are stored, JSON in UTF-8.</param>
/// <param name="RuleSet">Number of the rule set of its day.</param>
/// <param name="Points">What each rule of that set gives it; rules that give nothing are left out.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-notice")]
public sealed record EventNotice(string Type, string Source, byte[] Data, int RuleSet, ImmutableArray<NoticePoints> Points);

/// <summary>What one rule gives one event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice-points")]
public sealed record NoticePoints(string Rule, string Reason, long Points);

/// <summary>
/// A look by someone else; what was answered is among the looks. Told in today's words, by the id alone when registered no more.
/// </summary>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> for whoever is no service.</param>
/// <param name="LegalEntity">Its full legal name.</param>
/// <param name="Purpose">Why it asks.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="Reference">The answer's reference, as the service has it.</param>
[GenerateSerializer, Immutable, Alias("scoring.look-notice")]
public sealed record AccessNotice(
    DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact, string? Reference);
