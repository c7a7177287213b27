using System.Collections.Immutable;
using System.Globalization;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>
/// Contests as administrators see and decide them: by opaque case, never by subject. A reentrant stateless worker with key 0.
/// </summary>
[Alias("scoring.ICaseGrain"), GrainInterfaceType("case")]
public interface ICaseGrain : IGrainWithIntegerKey
{
    /// <summary>Undecided cases, earliest due first, with nothing of the entries.</summary>
    /// <param name="after">Where the page before ended; <see langword="null"/> for the first.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("List")]
    Task<CasePage> List(CasePlace? after, int count);

    /// <summary>Opens an undecided case's file. This is a look: it is an entry of the subject before it is answered.</summary>
    [Alias("OpenFile")]
    Task<CaseFileOutcome> OpenFile(CaseReviewer who, string caseId);

    /// <summary>
    /// Decides. Upheld, the event is taken away by a correction in the same transaction; the decision is also a public act that names
    /// neither case nor entry. The same call again changes nothing and has the same answer.
    /// </summary>
    /// <param name="who">The administrator.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="upheld">Whether the participant is right.</param>
    /// <param name="reason">Why; must go with <paramref name="upheld"/>.</param>
    [Alias("Decide")]
    Task<DecisionOutcome> Decide(CaseReviewer who, string caseId, bool upheld, ContestReason reason);
}

/// <summary>The administrator who acts.</summary>
/// <param name="Name">The pairwise subject identifier of their token.</param>
/// <param name="Clients">The OAuth clients that the token was given to.</param>
[GenerateSerializer, Immutable, Alias("scoring.judge")]
public sealed record CaseReviewer(string Name, ImmutableArray<string> Clients);

/// <summary>A place in the list of cases, printed as <c>2026-12-24.17</c>.</summary>
/// <param name="DueOn">The due day.</param>
/// <param name="Number">The number among those of one day.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-place")]
public readonly record struct CasePlace(DateOnly DueOn, long Number)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{DueOn.ToString(DayForm, CultureInfo.InvariantCulture)}.{Number}");

    /// <summary>Reads a place; <see langword="false"/> when it is not of the form.</summary>
    public static bool TryParse(string? text, out CasePlace place)
    {
        place = default;
        if (text is null || text.Length < DayForm.Length + 2 || text[DayForm.Length] != '.'
            || !DateOnly.TryParseExact(text[..DayForm.Length], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var dueOn)
            || !long.TryParse(text[(DayForm.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        place = new CasePlace(dueOn, number);
        return true;
    }
}

/// <summary>A page of undecided cases.</summary>
/// <param name="Contests">Earliest due first.</param>
/// <param name="After">Where to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-page")]
public sealed record CasePage(ImmutableArray<CaseView> Contests, CasePlace? After);

/// <summary>An undecided case, with nothing of the entry.</summary>
/// <param name="Case">Its random name.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">On what grounds, the first first.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="DueOn">The last day on which it can be rejected.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-view")]
public sealed record CaseView(
    string Case, ProgrammeId Programme, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn);

/// <summary>What became of a wish to open a file. Exactly one member is set.</summary>
/// <param name="File">The file.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-file-outcome")]
public sealed record CaseFileOutcome(CaseFile? File, ContestRefusal? Refusal);

/// <summary>What there is to decide by. No subject, no turn, no handle.</summary>
/// <param name="Case">Its random name.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">On what grounds.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="DueOn">The last day on which it can be rejected.</param>
/// <param name="EventType">The contested event's type.</param>
/// <param name="Day">Its day, in the programme's zone.</param>
/// <param name="Data">Its attributes, canonical JSON in UTF-8.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="RuleSet">Number of the rule set that values its day.</param>
/// <param name="Rules">That rule set's rules about its type.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-file")]
public sealed record CaseFile(
    string Case, ProgrammeId Programme, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn, string EventType,
    DateOnly Day, byte[] Data, string Source, int RuleSet, ImmutableArray<CaseRule> Rules);

/// <summary>A rule about the contested event.</summary>
/// <param name="Points">What it gives the event, before any cap.</param>
/// <param name="Rule">The rule.</param>
[GenerateSerializer, Immutable, Alias("scoring.case-rule")]
public sealed record CaseRule(long Points, Rule Rule);

/// <summary>What became of a decision. Exactly one member is set.</summary>
/// <param name="Decision">The decision, as it now stands.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.decision-outcome")]
public sealed record DecisionOutcome(DecisionView? Decision, ContestRefusal? Refusal);

/// <summary>A decision.</summary>
/// <param name="Case">The case.</param>
/// <param name="Upheld">Whether the participant was right.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecidedOn">When, in the programme's zone.</param>
[GenerateSerializer, Immutable, Alias("scoring.decision-view")]
public sealed record DecisionView(string Case, bool Upheld, ContestReason Reason, DateOnly DecidedOn);
