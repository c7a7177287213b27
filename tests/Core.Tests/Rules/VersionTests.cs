using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

/// <summary>Tests the versions of one programme: their checks against each other, their differences, and the catalogue.</summary>
public sealed class VersionTests
{
    private static readonly ProgrammeId Calm = ProgrammeId.Parse("calm");

    [Fact]
    public void The_terms_published_are_those_in_force_on_the_day_and_before_the_first_day_the_first()
    {
        var read = Read("2025-02-01", terms: text => text.Replace("Calm driving.", "Calmer driving.", StringComparison.Ordinal));
        Purpose(2024, 12, 31).ShouldBe("Calm driving.");
        Purpose(2025, 1, 31).ShouldBe("Calm driving.");
        Purpose(2025, 2, 1).ShouldBe("Calmer driving.");
        read.VersionsOf(Calm).Select(version => version.RuleSet.Number).ShouldBe([1, 2]);
        read.VersionsOf(ProgrammeId.Parse("loud")).ShouldBeEmpty();

        string Purpose(int year, int month, int day)
        {
            var published = read.Publish(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero)).Find(Calm)!;
            published.Versions.Length.ShouldBe(2);
            return published.Programme.Purpose;
        }
    }

    [Fact]
    public void Stopped_programmes_and_registrations_are_marked_in_the_catalogue_and_change_its_hash()
    {
        var read = Read("2025-02-01");
        var now = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var all = new[]
        {
            read.Publish(now),
            read.Publish(now, StoppedState.Undisturbed with { Suspended = [Calm] }),
            read.Publish(now, StoppedState.Undisturbed with { Ended = [Calm] }),
            read.Publish(now, Stopped(RegistrationKind.EventType, "traffic.trip")),
            read.Publish(now, Stopped(RegistrationKind.Source, "urn:example:trips")),
            read.Publish(now, Stopped(RegistrationKind.Service, "parking")),
        };
        all.Select(catalogue => catalogue.Hash).Distinct().Count().ShouldBe(all.Length);
        all.Select(catalogue => (
                catalogue.Find(Calm)!.Suspended, catalogue.Find(Calm)!.Ended, catalogue.EventTypes.Count(type => type.Stopped),
                catalogue.Sources.Count(source => source.Stopped), catalogue.Services.Count(service => service.Stopped)))
            .ShouldBe(
            [
                (false, false, 0, 0, 0), (true, false, 0, 0, 0), (false, true, 0, 0, 0), (false, false, 1, 0, 0),
                (false, false, 0, 1, 0), (false, false, 0, 0, 1),
            ]);

        static StoppedState Stopped(RegistrationKind kind, string id) =>
            StoppedState.Undisturbed with { StoppedRegistrations = [StoppedState.KeyOf(kind, id)] };
    }

    [Theory]
    [InlineData("Calm driving.", "Calmer driving.", true)]
    [InlineData("[\"traffic.trip\"", "[\"traffic.trip\",\"traffic.park\"", true)]
    [InlineData("\"retentionDays\":400", "\"retentionDays\":401", true)]
    [InlineData("\"retentionDays\":400", "\"retentionDays\":399", false)]
    [InlineData(",\"surveillance.camera\"", "", false)]
    [InlineData("Less.", "Much less.", false)]
    [InlineData("\"latenessDaysMax\":30", "\"latenessDaysMax\":31", false)]
    public void A_version_widens_when_more_is_done_with_peoples_data(string right, string wrong, bool widens)
    {
        var read = Read("2025-02-01", terms: text => text.Replace(right, wrong, StringComparison.Ordinal));
        var versions = read.VersionsOf(Calm);
        versions.Select(version => version.Widens).ShouldBe([false, widens]);
        versions[0].Differences.ShouldBeEmpty();
        versions[1].Differences.ShouldHaveSingleItem();
    }

    [Fact]
    public void Differences_are_described_in_words_and_an_unchanged_version_has_none()
    {
        Read("2025-02-01").VersionsOf(Calm)[1].Differences.ShouldBeEmpty();
        var read = Read(
            "2025-02-01",
            text => text.Replace("Calm driving.", "Calmer driving.", StringComparison.Ordinal)
                .Replace("\"traffic.trip\",", "\"traffic.trip\",\"traffic.park\",", StringComparison.Ordinal)
                .Replace("\"gold\",\"effect\":\"fee-discount\"", "\"gold\",\"effect\":\"voucher\"", StringComparison.Ordinal),
            text => text.Replace("\"points\":5", "\"points\":-6", StringComparison.Ordinal)
                .Replace("\"atLeast\":3", "\"moreThan\":4", StringComparison.Ordinal)
                .Replace("\"capPerWindow\":100,\"windowDays\":90,\"halfLifeDays\":30",
                    "\"capPerWindow\":90,\"windowDays\":80,\"halfLifeDays\":0", StringComparison.Ordinal)
                .Replace("\"id\":\"roads\"", "\"id\":\"ways\"", StringComparison.Ordinal)
                .Replace("\"from\":600", "\"from\":510", StringComparison.Ordinal)
                .Replace("\"tiers\":[", "\"corrections\":[{\"ruleSet\":1,\"rule\":\"trips\"}],\"tiers\":[", StringComparison.Ordinal));
        read.VersionsOf(Calm)[1].Differences.ShouldBe(
        [
            "The purpose is now: Calmer driving.",
            "Newly taken: traffic.park (Parked.)",
            "The tier gold newly gives: Less.",
            "The tier gold no longer gives: Less.",
            "Rule trips: it gives -6 points, before +5.",
            "Rule trips: it counts km is more than 4 and not calm is false, before km is at least 3 and not calm is false.",
            "Rule trips: all days together count at most 90 points, before 100.",
            "Rule trips: a day counts for 80 days, before for 90.",
            "Rule trips: its points are without fading, before halved every 30 days.",
            "New rule ways: Roads. On traffic.trip, always: by road: city +2, land +1 points; at most 10 a day and 50 in 90 days, "
                + "without fading.",
            "Rule roads ends: Roads. What it gave until then fades as it did.",
            "The tier gold starts at 510 points, before at 600.",
            "Taken back: what rule trips of version 1 gave counts nothing any more.",
        ]);
    }

    [Theory]
    [InlineData("\"floor\":500", "\"floor\":400", "/floor")]
    [InlineData("\"ceiling\":900", "\"ceiling\":901", "/ceiling")]
    [InlineData("Europe/Berlin", "Europe/Paris", "/zone")]
    [InlineData("\"vehicle\"", "\"merchant\"", "/subjectKind")]
    [InlineData("\"context\":\"mobility\"", "\"context\":\"environment\"", "/context")]
    public void Constants_of_a_programme_stay_as_in_the_first_version(string right, string wrong, string pointer) =>
        Problems("2025-02-01", terms: text => text.Replace(right, wrong, StringComparison.Ordinal))
            .ShouldContain(("calm/programme-2.json", pointer, ProblemCode.NeverChanges));

    [Fact]
    public void Entries_are_kept_as_long_as_an_earlier_versions_rules_still_count_their_days()
    {
        string Shorter(string text) => text.Replace("\"retentionDays\":400", "\"retentionDays\":60", StringComparison.Ordinal);
        string Windows(string text) => text.Replace("\"windowDays\":90", "\"windowDays\":60", StringComparison.Ordinal);
        Problems("2025-02-01", Shorter, Windows)
            .ShouldBe([("calm/programme-2.json", "/retentionDays", ProblemCode.WindowPastRetention)]);
        var documents = SampleDocuments.WithSecond("2025-02-01", rules: Windows);
        SampleDocuments.Add(documents, 3, "2025-05-01", Shorter, Windows);
        SampleDocuments.Read(documents).Problems.ShouldBe([], "the first version's days have left their windows by the second's 90th");
        SampleDocuments.Add(documents, 3, "2025-04-30", Shorter, Windows);
        SampleDocuments.Read(documents).Problems.ShouldHaveSingleItem().Pointer.ShouldBe("/retentionDays");
    }

    [Fact]
    public void A_correction_names_a_rule_of_an_earlier_version_once()
    {
        Corrected(1, "trips").ShouldBeEmpty();
        Corrected(2, "trips").ShouldBe([("calm/ruleset-2.json", "/corrections/0/ruleSet", ProblemCode.CorrectionUnknown)]);
        Corrected(1, "trip").ShouldBe([("calm/ruleset-2.json", "/corrections/0/rule", ProblemCode.CorrectionUnknown)]);
        var documents = SampleDocuments.WithSecond("2025-02-01", rules: text => TakingBack(text, 1, "trips"));
        SampleDocuments.Add(documents, 3, "2025-03-01", rules: text => TakingBack(text, 1, "trips"));
        SampleDocuments.Read(documents).Problems.ShouldHaveSingleItem().Code.ShouldBe(ProblemCode.Duplicate);

        static (string, string, string)[] Corrected(int ruleSet, string rule) =>
            Problems("2025-02-01", rules: text => TakingBack(text, ruleSet, rule));
    }

    [Fact]
    public void A_later_version_is_written_and_read_back_with_its_hash()
    {
        var tables = $"\"factorTables\":{{\"30\":\"{FactorTable.HashOf(30)}\",\"0\":\"{FactorTable.HashOf(0)}\"}},\"tiers\":[";
        var documents = SampleDocuments.WithSecond(
            "2025-02-01", rules: text => TakingBack(text.Replace("\"tiers\":[", tables, StringComparison.Ordinal), 1, "trips"));
        var read = SampleDocuments.Read(documents);
        read.Problems.ShouldBeEmpty();
        read.VersionsOf(Calm)[1].RuleSet.Hash.ShouldBe(
            CanonicalJson.Hash(CanonicalJson.Write(JsonNode.Parse(documents["calm/ruleset-2.json"])!)));
        var again = SampleDocuments.ReadAgain(read);
        again.Problems.ShouldBeEmpty();
        again.Publish(DateTimeOffset.UnixEpoch).Hash.ShouldBe(read.Publish(DateTimeOffset.UnixEpoch).Hash);
    }

    [Fact]
    public void Event_types_and_sources_have_their_optional_members_only_when_there_is_a_value()
    {
        var documents = SampleDocuments.All();
        documents["event-types.json"] =
            SampleDocuments.EventTypes.Replace("\"A trip.\"", "\"A trip.\",\"version\":2", StringComparison.Ordinal);
        documents["registrations.json"] = SampleDocuments.Registrations.Replace(
            "\"Trips\"", "\"Trips\",\"clients\":[\"trips-1\"],\"linkUri\":\"https://trips.example/link\"", StringComparison.Ordinal);
        var read = SampleDocuments.Read(documents);
        read.Problems.ShouldBeEmpty();
        read.EventTypes.Select(type => type.Version).ShouldBe([1, 1, 1, 2]);
        read.Sources.ShouldHaveSingleItem().Clients.ShouldBe(["trips-1"]);
        var texts = SampleDocuments.Written(read).ToDictionary(text => text.Path, text => System.Text.Encoding.UTF8.GetString(text.Json));
        texts["event-types.json"].Split("\"version\"").Length.ShouldBe(2);
        texts["registrations.json"].ShouldContain("\"clients\":[\"trips-1\"]");
        read.Sources[0].LinkUri.ShouldBe("https://trips.example/link");
        texts["registrations.json"].ShouldContain("\"linkUri\":\"https://trips.example/link\"");
    }

    private static string TakingBack(string text, int ruleSet, string rule) => text.Replace(
        "\"tiers\":[", $"\"corrections\":[{{\"ruleSet\":{ruleSet},\"rule\":\"{rule}\"}}],\"tiers\":[", StringComparison.Ordinal);

    private static DocumentSet Read(string firstDay, Func<string, string>? terms = null, Func<string, string>? rules = null)
    {
        var read = SampleDocuments.Read(SampleDocuments.WithSecond(firstDay, terms, rules));
        read.Problems.ShouldBeEmpty();
        return read;
    }

    private static (string, string, string)[] Problems(
        string firstDay, Func<string, string>? terms = null, Func<string, string>? rules = null) =>
        [.. SampleDocuments.Read(SampleDocuments.WithSecond(firstDay, terms, rules)).Problems
            .Select(problem => (problem.Document, problem.Pointer, problem.Code))];
}
