using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Rules;

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
    public async Task<bool> Holds(CaseReviewer reviewer, FoundCase found, DateOnly today)
    {
        var contest = found.Contest;
        var published = (await programmes.Read(CancellationToken.None)).Documents;
        if (published.Sources.FirstOrDefault(source => source.Id == contest.Source) is { } source
            && source.Clients.Intersect(reviewer.Clients, StringComparer.Ordinal).Any())
        {
            return false;
        }
        var versions = published.VersionsOf(contest.Programme);
        var involved = await involvement.Of(contest.Programme);
        if (involved.InSource(contest.Source, reviewer.Name)) return false;
        foreach (var day in (DateOnly[])[found.Event.Day, today])
        {
            var inForce = versions.LastOrDefault(version => version.RuleSet.FirstDay <= day) ?? versions.FirstOrDefault();
            if (inForce is not null && involved.InVersion(inForce.RuleSet.Number, reviewer.Name)) return false;
        }
        return !await IsOwn(reviewer, found);
    }

    /// <summary>Tells whether the case is about a subject of the reviewer.</summary>
    private async Task<bool> IsOwn(CaseReviewer reviewer, FoundCase found)
    {
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount)
            .Select(ordinal => keys.Locator(reviewer.Name, found.Contest.Programme, ordinal)).ToArray();
        return (await enrolments.Find(locators, CancellationToken.None)).Any(own => own.Enrolment.Subject == found.Subject);
    }
}
