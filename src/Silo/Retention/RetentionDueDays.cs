using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Retention;

/// <summary>What is past keeping today, by the terms of the programmes as this silo knows them.</summary>
internal sealed class RetentionDueDays(CurrentRuleBook ruleBook, ProgrammeClock clock)
{
    /// <summary>One for each programme that has not ended; whoever is in an ended one leaves it wholly.</summary>
    public IEnumerable<DueDays> All() =>
        from programme in ruleBook.Catalogue.Programmes
        where !programme.Ended
        let today = ProgrammeDay.Of(clock.Now, TimeZoneInfo.FindSystemTimeZoneById(programme.Programme.Zone))
        select new DueDays(
            programme.Programme.Id, Rules.Retention.LastDayGone(programme.Versions, today),
            programme.Versions.Max(version => version.Terms.LatenessDaysMax), today);
}
