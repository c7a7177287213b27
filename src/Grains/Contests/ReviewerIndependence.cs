using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>
/// Decides whether an administrator may review a case. The administrator must not have written or approved the rules that value the event's
/// day or are in force now, must not run the event's source, and must not be the participant. It reads the record and the current
/// registrations, not this silo's rule book.
/// </summary>
internal sealed class ReviewerIndependence(
    IProgrammeStore programmes, IEnrolmentStore enrolments, PriorInvolvement involvement, PlatformKeys keys)
{
    /// <summary>Tells whether the reviewer is independent of the case.</summary>
    public async Task<bool> Holds(CaseReviewer reviewer, FoundCase found, DateOnly today) =>
        (await Among(reviewer, [new WaitingCase(found.Subject, found.Contest, found.Event.Day)], _ => today)).Count == 1;

    /// <summary>Returns the cases of which the reviewer is independent, in their order.</summary>
    /// <param name="reviewer">The administrator.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="today">The current day of a programme.</param>
    public async Task<IReadOnlyList<WaitingCase>> Among(
        CaseReviewer reviewer, IReadOnlyList<WaitingCase> cases, Func<ProgrammeId, DateOnly> today)
    {
        if (cases.Count == 0) return [];
        var published = (await programmes.Read(CancellationToken.None)).Documents;
        var dependent = new HashSet<WaitingCase>(ReferenceEqualityComparer.Instance);
        foreach (var group in cases.GroupBy(waiting => waiting.Contest.Programme))
        {
            var own = await OwnSubjects(reviewer, group.Key);
            var involved = await involvement.Of(group.Key);
            var versions = published.VersionsOf(group.Key);
            dependent.UnionWith(group.Where(waiting =>
                own.Contains(waiting.Subject) || RunsSource(reviewer, waiting.Contest.Source, published)
                || involved.InSource(waiting.Contest.Source, reviewer.Name)
                || InRules(reviewer, versions, involved, waiting.EventDay) || InRules(reviewer, versions, involved, today(group.Key))));
        }
        return [.. cases.Where(waiting => !dependent.Contains(waiting))];
    }

    private static bool RunsSource(CaseReviewer reviewer, string id, DocumentSet published) =>
        published.Sources.FirstOrDefault(source => source.Id == id) is { } source
        && source.Clients.Intersect(reviewer.Clients, StringComparer.Ordinal).Any();

    private static bool InRules(
        CaseReviewer reviewer, ImmutableArray<ProgrammeVersion> versions, PriorInvolvement.InvolvedAdministrators involved, DateOnly day)
    {
        var inForce = versions.LastOrDefault(version => version.RuleSet.FirstDay <= day) ?? versions.FirstOrDefault();
        return inForce is not null && involved.InVersion(inForce.RuleSet.Number, reviewer.Name);
    }

    private async Task<HashSet<SubjectId>> OwnSubjects(CaseReviewer reviewer, ProgrammeId programme)
    {
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount)
            .Select(ordinal => keys.Locator(reviewer.Name, programme, ordinal)).ToArray();
        return [.. (await enrolments.Find(locators, CancellationToken.None)).Select(own => own.Enrolment.Subject)];
    }
}
