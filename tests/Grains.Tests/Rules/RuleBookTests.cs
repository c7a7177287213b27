using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Tests.Rules;

public sealed class RuleBookTests
{
    private static readonly ProgrammeId Calm = ProgrammeId.Parse("calm");

    [Fact]
    public void A_programme_that_is_not_published_is_not_found()
    {
        SampleDocuments.Read(SampleDocuments.All()).Compile().Find(ProgrammeId.Parse("loud")).ShouldBeNull();
        RuleBook.Empty.Find(Calm).ShouldBeNull();
    }

    [Fact]
    public void The_hash_changes_with_the_programme_its_rules_and_its_event_types_only()
    {
        var first = Hash(_ => { });
        Hash(documents => documents["registrations.json"] = """{"sources":[],"services":[]}""").ShouldBe(first);
        Hash(documents => documents["event-types.json"] = SampleDocuments.EventTypes.Replace("Paid.", "Bought.", StringComparison.Ordinal))
            .ShouldBe(first);
        Hash(documents => documents["calm/assessment-1.json"] =
            SampleDocuments.Assessment.Replace("2025-12-31", "2025-12-30", StringComparison.Ordinal)).ShouldBe(first, "no score depends on an assessment");
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
