using System.Collections.Immutable;
using System.Globalization;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>
/// Lets administrators see and decide contests, by opaque case and never by subject. A reentrant stateless worker with key 0; it keeps no
/// state.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
/// <exception cref="Scores.RuleBookStaleException">
/// The silo does not know the case's programme (from every member but the list).
/// </exception>
[Alias("scoring.ICaseGrain"), GrainInterfaceType("case")]
public interface ICaseGrain : IGrainWithIntegerKey
{
    /// <summary>Lists the undecided cases, the earliest due first, with nothing of the entries.</summary>
    /// <param name="after">The place at which the page before ended; <see langword="null"/> for the first.</param>
    /// <param name="count">The greatest number of cases, 1 to 500.</param>
    [Alias("List"), AnySilo]
    Task<CasePage> List(CasePlace? after, int count);

    /// <summary>
    /// Opens an undecided case's file. This is an access: it is an entry of the subject before this returns.
    /// </summary>
    /// <param name="reviewer">The administrator.</param>
    /// <param name="caseId">The case.</param>
    [Alias("OpenFile"), AnySilo]
    Task<CaseFileOutcome> OpenFile(CaseReviewer reviewer, string caseId);

    /// <summary>
    /// Decides a case. If it is upheld, a correction takes the event's effect away in the same transaction. The decision is also an
    /// administrative action in the public record, which names neither case nor entry. A repeated call changes nothing and gets the same
    /// answer.
    /// </summary>
    /// <param name="reviewer">The administrator.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="upheld">Whether the participant is right.</param>
    /// <param name="reason">The reason. It must match <paramref name="upheld"/>.</param>
    [Alias("Decide"), AnySilo]
    Task<DecisionOutcome> Decide(CaseReviewer reviewer, string caseId, bool upheld, ContestReason reason);
}

/// <summary>The administrator who reviews a case.</summary>
/// <param name="Name">The pairwise subject identifier of the administrator's token.</param>
/// <param name="Clients">The OAuth clients that the token was issued to.</param>
[GenerateSerializer, Immutable, Alias("scoring.judge")]
public sealed record CaseReviewer(string Name, ImmutableArray<string> Clients)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(CaseReviewer);
}

/// <summary>A place in the list of cases, printed as <c>2026-12-24.17</c>.</summary>
/// <param name="DueOn">The due day.</param>
/// <param name="Number">The contest's number, ascending in the order in which contests are opened.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-place")]
public readonly record struct CasePlace(DateOnly DueOn, long Number)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{DueOn.ToString(DayFormat, CultureInfo.InvariantCulture)}.{Number}");

    /// <summary>Parses what <see cref="ToString"/> prints. Returns <see langword="false"/> for any other text.</summary>
    public static bool TryParse(string? text, out CasePlace place)
    {
        place = default;
        if (text is null || text.Length < DayFormat.Length + 2 || text[DayFormat.Length] != '.'
            || !DateOnly.TryParseExact(
                text[..DayFormat.Length], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var dueOn)
            || !long.TryParse(text[(DayFormat.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        place = new CasePlace(dueOn, number);
        return true;
    }
}

/// <summary>A page of undecided cases.</summary>
/// <param name="Contests">The cases, the earliest due first.</param>
/// <param name="After">The place at which the next page begins; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-page")]
public sealed record CasePage(ImmutableArray<CaseView> Contests, CasePlace? After);

/// <summary>An undecided case, with nothing of the entry.</summary>
/// <param name="Case">Its random name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
/// <param name="OpenedOn">The day on which it was opened, in the programme's zone.</param>
/// <param name="DueOn">The last day on which it can be rejected, in the programme's zone.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-view")]
public sealed record CaseView(
    string Case, ProgrammeId Programme, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(CaseView);
}

/// <summary>The outcome of a request to open a case's file. Exactly one member is set.</summary>
/// <param name="File">The file.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-file-outcome")]
public sealed record CaseFileOutcome(CaseFile? File, ContestRefusal? Refusal);

/// <summary>The file by which a case is decided. It names no subject, no turn and no handle.</summary>
/// <param name="Case">The case's random name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
/// <param name="OpenedOn">The day on which the contest was opened, in the programme's zone.</param>
/// <param name="DueOn">The last day on which it can be rejected, in the programme's zone.</param>
/// <param name="EventType">The contested event's type.</param>
/// <param name="Day">The event's day, in the programme's zone.</param>
/// <param name="Data">The event's attributes, canonical JSON in UTF-8.</param>
/// <param name="Source">The source that sent the event.</param>
/// <param name="RuleSet">Number of the rule set that values the event's day.</param>
/// <param name="Rules">That rule set's rules about the event's type.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-file")]
public sealed record CaseFile(
    string Case, ProgrammeId Programme, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn, string EventType,
    DateOnly Day, byte[] Data, string Source, int RuleSet, ImmutableArray<CaseRule> Rules)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(CaseFile);
}

/// <summary>A rule about the contested event.</summary>
/// <param name="Points">The points that it gives the event, before any cap.</param>
/// <param name="Rule">The rule.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-rule")]
public sealed record CaseRule(long Points, Rule Rule);

/// <summary>The outcome of a decision. Exactly one member is set.</summary>
/// <param name="Decision">The decision that is in force now.</param>
/// <param name="Refusal">Why there is no decision.</param>
[GenerateSerializer, Immutable, Alias("scoring.decision-outcome")]
public sealed record DecisionOutcome(DecisionView? Decision, ContestRefusal? Refusal);

/// <summary>A decision.</summary>
/// <param name="Case">The case.</param>
/// <param name="Upheld">Whether the participant was right.</param>
/// <param name="Reason">The reason of the decision.</param>
/// <param name="DecidedOn">The day of the decision, in the programme's zone.</param>
[GenerateSerializer, Immutable, Alias("scoring.decision-view")]
public sealed record DecisionView(string Case, bool Upheld, ContestReason Reason, DateOnly DecidedOn)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(DecisionView);
}
