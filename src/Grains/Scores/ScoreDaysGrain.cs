using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Audit;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Scores;

/// <summary>See <see cref="IScoreDaysGrain"/>.</summary>
[GrainType("score-days"), Reentrant, StatelessWorker]
internal sealed class ScoreDaysGrain(OwnEnrolmentReader enrolments, ScoreDaysDependencies dependencies) : Grain, IScoreDaysGrain
{
    public async Task<ScoreDays?> Read(OwnSubject own, int count)
    {
        if (await enrolments.Find(own) is not { } enrolment) return null;
        var rules = dependencies.RuleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        // A live fold is pruned for the current day, so earlier days need one of their own.
        var history = await FullHistoryReader.Read(dependencies.Ledger, enrolment.Subject, dependencies.Options.Value);
        if (history?.Entries is not { Count: > 0 } entries) return null;
        var state = new FoldState();
        var isWhole = true;
        foreach (var entry in entries)
        {
            isWhole &= entry.Turn == state.Turn + 1 && entry.Kind != EntryKind.Erased;
            state.PassOver(entry.Turn - 1);
            state.Apply(entry, rules);
        }
        var today = rules.Day(dependencies.Clock.Now);
        var first = isWhole
            ? entries[0].Day
            : Retention.FirstDayKnown(dependencies.Catalogue.Find(enrolment.Programme)!.Published.Versions, today, rules);
        var from = today.AddDays(1 - Math.Clamp(count, 1, ScoreDays.CountMax));
        return new ScoreDays(Days(state, rules, first > from ? first : from, today));
    }

    private static ImmutableArray<DayScore> Days(FoldState state, ProgrammeRules rules, DateOnly from, DateOnly today)
    {
        var days = ImmutableArray.CreateBuilder<DayScore>();
        for (var day = from; day <= today; day = day.AddDays(1))
        {
            var score = state.ScoreOn(day, rules);
            days.Add(new DayScore(day, score.Score, score.Tier));
        }
        return days.ToImmutable();
    }
}

/// <summary>The services of <see cref="ScoreDaysGrain"/>.</summary>
internal sealed record ScoreDaysDependencies(
    ILedger Ledger, CurrentCatalogue Catalogue, CurrentRuleBook RuleBook, ProgrammeClock Clock, IOptions<SubjectOptions> Options);
