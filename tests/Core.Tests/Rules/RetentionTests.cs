using CsCheck;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Rules;

public sealed class RetentionTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void Expired_entries_count_nothing_on_any_later_day() =>
        Gen.Select(World.Any, Gen.Int[1, 60].Array[3], Gen.Int[0, 90]).Sample(
            (world, retentions, later) =>
            {
                var today = world.Asked.AddDays(later);
                var versions = world.Rules.RuleSets.Select((set, index) => Version(set, retentions[index % 3])).ToArray();
                var expired = Retention.LastDayGone([.. versions], today);
                var entries = InTime(world.Entries);
                var kept = entries.Where(entry => entry.Day > expired || entry.Kind == EntryKind.Enrolled).ToArray();
                var complete = World.Fold(entries, world.Rules);
                var withGaps = new FoldState();
                foreach (var entry in kept)
                {
                    withGaps.PassOver(entry.Turn - 1);
                    withGaps.Apply(entry, world.Rules);
                }
                DateOnly[] days = [.. Enumerable.Range(-Retention.MarginDays, Retention.MarginDays + 41).Select(today.AddDays)];
                days.Select(day => withGaps.ScoreOn(day, world.Rules)).ShouldBe(
                    days.Select(day => complete.ScoreOn(day, world.Rules)), $"expired on {expired}, asked from {days[0]} on");
                var ofKept = Explainer.Explain(kept, world.Rules, today);
                var ofAll = Explainer.Explain(entries, world.Rules, today);
                (ofKept.Score, ofKept.Tier, ofKept.Fades.Length).ShouldBe((ofAll.Score, ofAll.Tier, ofAll.Fades.Length));
            },
            // This seed makes a history in which a contest is extended on a later day than that of its event.
            seed: "cBkLKy8sP402", iter: 3000);

    [Fact]
    public void Entries_expire_after_the_promised_days_and_a_margin() =>
        LastExpiredDay((100, 1)).ShouldBe(Today.AddDays(-100 - Retention.MarginDays - 1));

    [Fact]
    public void A_later_version_never_lengthens_a_promised_retention()
    {
        LastExpiredDay((60, 400), (300, 30)).ShouldBe(Today.AddDays(-63), "days of the first version, the second's are not that old");
        LastExpiredDay((60, 400), (300, 61)).ShouldBe(Today.AddDays(-63));
        LastExpiredDay((60, 400), (300, 70)).ShouldBe(Today.AddDays(-71), "all of the first version, of the second none yet");
        LastExpiredDay((60, 1000), (300, 400)).ShouldBe(Today.AddDays(-303));
    }

    [Fact]
    public void A_later_version_shortens_from_its_first_day_on()
    {
        LastExpiredDay((300, 400), (60, 10)).ShouldBe(Today.AddDays(-63));
        LastExpiredDay((300, 400), (60, -1)).ShouldBe(Today.AddDays(-303), "it is not in force yet");
        LastExpiredDay((60, 400), (300, 200), (100, 10)).ShouldBe(Today.AddDays(-103));
    }

    [Fact]
    public void No_entry_expires_inside_a_window_of_its_day_or_while_its_event_may_still_arrive()
    {
        LastExpiredDay(window: 200, lateness: 5, (60, 400)).ShouldBe(Today.AddDays(-203));
        LastExpiredDay(window: 5, lateness: 90, (60, 400)).ShouldBe(Today.AddDays(-93));
    }

    /// <summary>Gives entries about an event the day on which they are written. Events keep their day, which may be late.</summary>
    private static Entry[] InTime(IEnumerable<Entry> entries)
    {
        var latest = DateOnly.MinValue;
        return
        [
            .. entries.Select(entry =>
            {
                if (entry.Day > latest) latest = entry.Day;
                return entry.Kind is EntryKind.Corrected or EntryKind.ContestOpened or EntryKind.ContestExtended or EntryKind.ContestDecided
                    ? entry with { Day = latest }
                    : entry;
            }),
        ];
    }

    private static DateOnly LastExpiredDay(params (int Retention, int Age)[] versions) => LastExpiredDay(5, 5, versions);

    private static DateOnly LastExpiredDay(int window, int lateness, params (int Retention, int Age)[] versions) => Retention.LastDayGone(
        [.. versions.Select((version, index) =>
        {
            var set = TestProgrammes.RuleSet(index + 1);
            set = set with { FirstDay = Today.AddDays(-version.Age), Rules = [set.Rules[0] with { WindowDays = window }] };
            return Version(set, version.Retention, lateness);
        })], Today);

    private static ProgrammeVersion Version(RuleSet set, int retention, int lateness = 1)
    {
        var version = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        return version with { RuleSet = set, Terms = version.Terms with { RetentionDays = retention, LatenessDaysMax = lateness } };
    }
}
