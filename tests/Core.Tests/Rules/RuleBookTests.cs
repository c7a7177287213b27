using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Tests.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Rules;

public sealed class RuleBookTests
{
    private static readonly ProgrammeId Calm = ProgrammeId.Parse("calm");

    [Fact]
    public void A_programme_that_is_not_published_is_not_found()
    {
        SampleDocuments.Read(SampleDocuments.All()).Compile().Find(ProgrammeId.Parse("loud")).ShouldBeNull();
        RuleBook.Compile([], []).Find(Calm).ShouldBeNull();
    }

    [Fact]
    public void The_hash_changes_with_the_programme_its_rules_and_its_event_types_only()
    {
        var first = Hash(_ => { });
        Hash(documents => documents["registrations.json"] = """{"sources":[],"services":[]}""").ShouldBe(first);
        Hash(documents => documents["event-types.json"] = SampleDocuments.EventTypes.Replace("Paid.", "Bought.", StringComparison.Ordinal))
            .ShouldBe(first);
        Hash(documents => documents["calm/assessment-1.json"] =
            SampleDocuments.Assessment.Replace("2025-12-31", "2025-12-30", StringComparison.Ordinal))
            .ShouldBe(first, "no score depends on an assessment");
        string[] others =
        [
            Hash(documents => documents["calm/programme-1.json"] =
                SampleDocuments.Programme.Replace("900", "901", StringComparison.Ordinal)),
            Hash(documents => documents["calm/ruleset-1.json"] =
                SampleDocuments.RuleSet.Replace("\"points\":5", "\"points\":6", StringComparison.Ordinal)),
            Hash(documents => documents["event-types.json"] =
                SampleDocuments.EventTypes.Replace("\"land\"", "\"land\",\"sea\"", StringComparison.Ordinal)),
            first,
        ];
        others.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void The_rule_set_in_force_is_the_last_that_has_begun_and_before_the_first_the_first()
    {
        var documents = SampleDocuments.WithSecond("2025-02-01");
        var rules = SampleDocuments.Read(documents).Compile().Find(Calm)!;
        rules.InForce(new DateOnly(2024, 12, 31)).Number.ShouldBe(1);
        rules.InForce(new DateOnly(2025, 1, 31)).Number.ShouldBe(1);
        rules.InForce(new DateOnly(2025, 2, 1)).Number.ShouldBe(2);
    }

    [Fact]
    public void Events_of_a_type_that_a_later_version_no_longer_takes_are_worth_what_they_were()
    {
        var terms = World.Programme(500, 900);
        var parked = Cases.Rule(5, 10, 10, id: "parked") with { EventType = World.Parked.Name };
        var rules = RuleBook.Compile(
            [
                World.Version(terms, Set(1, World.Start, Cases.Rule(30, 100, 100), parked)),
                World.Version(terms with { EventTypes = [World.Parked.Name] }, Set(2, Cases.Today.AddDays(1), parked)),
            ],
            [World.Trip, World.Parked]).Find(terms.Id)!;
        var enrolled = HistoryMaker.Entry(1, EntryKind.Enrolled, World.Start, new System.Text.Json.Nodes.JsonObject());
        World.Fold([enrolled, Cases.Trip(2, Cases.Today)], rules).ScoreOn(Cases.Today.AddDays(9), rules).Score.ShouldBe(530);

        static RuleSet Set(int number, DateOnly firstDay, params Rule[] rules) => new(
            number, firstDay, "Summary.", [.. rules], [new Tier(Tiers.Baseline, 500), new Tier("silver", 540)], "");
    }

    [Theory]
    [InlineData("2025-06-30T21:59:59Z", "2025-06-30")]
    [InlineData("2025-06-30T22:00:00Z", "2025-07-01")]
    [InlineData("2025-12-31T22:59:59Z", "2025-12-31")]
    [InlineData("2025-12-31T23:00:00Z", "2026-01-01")]
    [InlineData("2025-03-30T22:00:00Z", "2025-03-31")]
    public void An_instant_becomes_a_day_in_the_programmes_zone(string instant, string day)
    {
        var rules = SampleDocuments.Read(SampleDocuments.All()).Compile().Find(Calm)!;
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        rules.Day(at).ShouldBe(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Hash(Action<Dictionary<string, string>> change)
    {
        var documents = SampleDocuments.All();
        change(documents);
        return SampleDocuments.Read(documents).Compile().Find(Calm)!.Hash;
    }
}
