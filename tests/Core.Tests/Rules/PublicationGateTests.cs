using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Testing;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

/// <summary>Tests the publication gate with programmes that must never be published and one that may, next to the shipped ones.</summary>
public sealed class PublicationGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly PublicationLimits Limits = new(NoticeDays: 14, FirstNoticeDays: 1);

    private static readonly DocumentSet Shipped = SeedFolder.Shipped;

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Rules", "Gate");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_fixture_is_refused_for_exactly_what_it_says_or_accepted(string name)
    {
        var fixture = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        var published = Shipped with { EventTypes = [.. Shipped.EventTypes, .. Types(fixture)] };
        var draft = DraftCheck.Check(
            SampleDrafts.Bytes(fixture["draft"]!), ProgrammeId.Parse((string)fixture["draft"]!["programme"]!["id"]!), published, Now,
            Limits);
        draft.Problems.Select(problem => (problem.Pointer, problem.Code)).ShouldBe(Refused(fixture, "draft"), ignoreOrder: true);
        (draft.Version is null).ShouldBe(Refused(fixture, "draft").Any());
        name.StartsWith("accepted-", StringComparison.Ordinal).ShouldBe(draft.Version is not null);
        if (fixture["service"] is not { } service) return;
        var registration = RegistrationCheck.Check(
            RegistrationKind.Service, (string)service["id"]!, SampleDrafts.Bytes(service), published, Now);
        registration.Problems.Select(problem => (problem.Pointer, problem.Code)).ShouldBe(Refused(fixture, "service"));
    }

    [Fact]
    public void There_are_five_that_must_be_refused_and_one_that_is_accepted() =>
        Files.Select(row => row.Data).ShouldBe(
            ["accepted-tidy-yard", "insurance-surcharge", "points-licence", "residents-grade", "school-admission", "tenancy-score"]);

    [Fact]
    public void A_service_of_another_context_prevents_the_publication_of_a_programme()
    {
        var published =
            SampleDrafts.Published with { Services = [SampleDrafts.Published.Services[0] with { Context = Context.LocalCommerce }] };
        SampleDrafts.Problems(SampleDrafts.Second(), published).ShouldBe([("/programme/context", ProblemCode.ContextMismatch)]);
    }

    [Theory]
    [InlineData("""{"attribute":"km","atLeast":3}""", """{"attribute":"km","lessThan":3}""", true)]
    [InlineData("""{"attribute":"km","atLeast":3}""", """{"attribute":"km","lessThan":4}""", false)]
    [InlineData("""{"attribute":"km","atLeast":3}""", """{"attribute":"road","oneOf":["city"]}""", true)]
    [InlineData("""{"attribute":"km","atLeast":0}""", """{"attribute":"road","oneOf":["city"]}""", false)]
    [InlineData("""{"attribute":"road","oneOf":["city"]}""", """{"attribute":"km","atLeast":0}""", false)]
    [InlineData("""{"attribute":"km","atLeast":3}""", """{"attribute":"km","atLeast":3}""", false)]
    public void Two_ways_to_earn_are_independent(string one, string other, bool passes)
    {
        var draft = SampleDrafts.Second();
        var rules = draft["ruleSet"]!["rules"]!;
        rules[1]!["points"] = 5;
        rules[0]!["when"] = JsonNode.Parse(one);
        rules[1]!["when"] = JsonNode.Parse(other);
        SampleDrafts.Problems(draft, SampleDrafts.Published).ShouldBe(passes ? [] : [("/ruleSet/rules", ProblemCode.TooFewWays)]);
    }

    [Fact]
    public void A_rule_with_negative_points_is_no_way_to_earn()
    {
        var draft = SampleDrafts.Second();
        draft["ruleSet"]!["rules"]![1]!["points"] = -1;
        SampleDrafts.Problems(draft, SampleDrafts.Published).ShouldBe([("/ruleSet/rules", ProblemCode.TooFewWays)]);
    }

    [Fact]
    public void The_documents_of_a_folder_need_two_ways_to_earn_too()
    {
        var folder = Directory.CreateTempSubdirectory("scoring-gate-");
        try
        {
            foreach (var (path, json) in SampleDocuments.All())
            {
                var file = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, json.Replace("{\"city\":2,\"land\":1}", "{\"city\":-2}", StringComparison.Ordinal));
            }
            var read = SeedFolder.Load(folder.FullName);
            read.Problems.Select(problem => (problem.Document, problem.Pointer, problem.Code))
                .ShouldBe([("calm/ruleset-1.json", "/rules", ProblemCode.TooFewWays)]);
            read.Versions.ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string, string)> Refused(JsonNode fixture, string of) => fixture["refused"]!.AsArray()
        .Where(problem => (string)problem!["of"]! == of)
        .Select(problem => ((string)problem!["pointer"]!, (string)problem["code"]!));

    /// <summary>A fixture's own event types, which have no problems of their own and are registered like any other.</summary>
    private static IEnumerable<Scoring.Events.EventType> Types(JsonNode fixture)
    {
        foreach (var type in fixture["eventTypes"]!.AsArray())
        {
            var read = RegistrationCheck.Check(
                RegistrationKind.EventType, (string)type!["name"]!, SampleDrafts.Bytes(type), Shipped, Now);
            read.Problems.ShouldBeEmpty();
        }
        return ProgrammeDocuments.Read([(ProgrammeDocuments.EventTypesPath, SampleDrafts.Bytes(fixture["eventTypes"]!))]).EventTypes;
    }
}
