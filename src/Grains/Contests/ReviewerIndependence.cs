using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>
/// Whether an administrator may judge a case: they neither wrote the rules that value the event's day or are in force now, nor run the
/// event's source, nor are the participant. Decided by the record and by what is registered now, not by this silo's rule book.
/// </summary>
internal sealed class ReviewerIndependence(
    IProgrammeStore programmes, IEnrolmentStore enrolments, PriorInvolvement hands, PlatformKeys keys)
{
    public async Task<bool> Holds(CaseReviewer who, FoundCase found, DateOnly today)
    {
        var contest = found.Contest;
        var published = (await programmes.Read(CancellationToken.None)).Documents;
        if (published.Sources.FirstOrDefault(source => source.Id == contest.Source) is { } source
            && source.Clients.Intersect(who.Clients, StringComparer.Ordinal).Any())
        {
            return false;
        }
        var versions = published.VersionsOf(contest.Programme);
        var hand = await hands.Of(contest.Programme);
        if (hand.InSource(contest.Source, who.Name)) return false;
        foreach (var day in (DateOnly[])[found.Event.Day, today])
        {
            var inForce = versions.LastOrDefault(version => version.RuleSet.FirstDay <= day) ?? versions.FirstOrDefault();
            if (inForce is not null && hand.InVersion(inForce.RuleSet.Number, who.Name)) return false;
        }
        return !await IsOwn(who, found);
    }

    /// <summary>Nobody judges their own cause.</summary>
    private async Task<bool> IsOwn(CaseReviewer who, FoundCase found)
    {
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount)
            .Select(ordinal => keys.Locator(who.Name, found.Contest.Programme, ordinal)).ToArray();
        return (await enrolments.Find(locators, CancellationToken.None)).Any(own => own.Enrolment.Subject == found.Subject);
    }
}
