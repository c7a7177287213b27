using CsCheck;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Tests.Rules;

using Retention = Scoring.Rules.Retention;

public sealed class RetentionTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void What_is_gone_weighs_nothing_on_any_day_from_then_on() =>
        Gen.Select(World.Any, Gen.Int[1, 60].Array[3], Gen.Int[0, 90]).Sample(
            (world, retentions, later) =>
            {
                var today = world.Asked.AddDays(later);
                var versions = world.Rules.RuleSets.Select((set, index) => Version(set, retentions[index % 3])).ToArray();
                var gone = Retention.LastDayGone([.. versions], today);
                var entries = InTime(world.Entries);
                var kept = entries.Where(entry => entry.Day > gone || entry.Kind == EntryKind.Enrolled).ToArray();
                var (whole, holed) = (World.Fold(entries, world.Rules), new FoldState());
                foreach (var entry in kept)
                {
                    holed.PassOver(entry.Turn - 1);
                    holed.Apply(entry, world.Rules);
                }
                for (var day = today.AddDays(-Retention.MarginDays); day <= today.AddDays(40); day = day.AddDays(1))
                    holed.ScoreOn(day, world.Rules).ShouldBe(whole.ScoreOn(day, world.Rules), $"gone by {gone}, asked on {day}");
                var (told, before) = (Explainer.Explain(kept, world.Rules, today), Explainer.Explain(entries, world.Rules, today));
                (told.Score, told.Tier, told.Fades.Length).ShouldBe((before.Score, before.Tier, before.Fades.Length));
            },
            iter: 3000);

    [Fact]
    public void Entries_go_after_the_days_promised_and_a_margin() =>
        Gone((100, 1)).ShouldBe(Today.AddDays(-100 - Retention.MarginDays - 1));

    [Fact]
    public void A_later_version_never_keeps_longer_what_was_promised_to_go()
    {
        Gone((60, 400), (300, 30)).ShouldBe(Today.AddDays(-63), "days of the first version, the second's are not that old");
        Gone((60, 400), (300, 61)).ShouldBe(Today.AddDays(-63));
        Gone((60, 400), (300, 70)).ShouldBe(Today.AddDays(-71), "all of the first version, of the second none yet");
        Gone((60, 1000), (300, 400)).ShouldBe(Today.AddDays(-303));
    }

    [Fact]
    public void A_later_version_shortens_from_its_first_day_on()
    {
        Gone((300, 400), (60, 10)).ShouldBe(Today.AddDays(-63));
        Gone((300, 400), (60, -1)).ShouldBe(Today.AddDays(-303), "it is not in force yet");
        Gone((60, 400), (300, 200), (100, 10)).ShouldBe(Today.AddDays(-103));
    }

    [Fact]
    public void Nothing_goes_inside_a_window_of_its_day_or_while_it_may_be_sent_again()
    {
        Gone(window: 200, lateness: 5, (60, 400)).ShouldBe(Today.AddDays(-203));
        Gone(window: 5, lateness: 90, (60, 400)).ShouldBe(Today.AddDays(-93));
    }

    /// <summary>Events may be late; what speaks of an event is written after it and bears the day of its writing.</summary>
    private static Entry[] InTime(IEnumerable<Entry> entries)
    {
        var latest = DateOnly.MinValue;
        return
        [
            .. entries.Select(entry =>
            {
                if (entry.Day > latest) latest = entry.Day;
                return entry.Kind is EntryKind.Corrected or EntryKind.ContestOpened or EntryKind.ContestDecided
                    ? entry with { Day = latest }
                    : entry;
            }),
        ];
    }

    private static DateOnly Gone(params (int Retention, int Age)[] versions) => Gone(5, 5, versions);

    private static DateOnly Gone(int window, int lateness, params (int Retention, int Age)[] versions) => Retention.LastDayGone(
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
