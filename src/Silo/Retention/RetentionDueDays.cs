using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Retention;

/// <summary>Computes what is past its retention today, by the terms of the programmes in this silo's rule book.</summary>
internal sealed class RetentionDueDays(CurrentRuleBook ruleBook, ProgrammeClock clock)
{
    /// <summary>One value for each programme that has not ended. The enrolments of an ended programme are erased as a whole.</summary>
    public IEnumerable<DueDays> All() =>
        from programme in ruleBook.Catalogue.Programmes
        where !programme.Ended
        let today = ProgrammeDay.Of(clock.Now, TimeZoneInfo.FindSystemTimeZoneById(programme.Programme.Zone))
        select new DueDays(
            programme.Programme.Id, Rules.Retention.LastDayGone(programme.Versions, today),
            programme.Versions.Max(version => version.Terms.LatenessDaysMax), today);
}
