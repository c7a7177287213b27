using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Archives;

namespace Scoring.Verify.Scores;

/// <summary>Checks that the verifier, which shares no code with the platform, gives the platform's known answers.</summary>
public sealed class KnownAnswerTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Vectors");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name != "factors").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_verifier_gives_the_known_answers(string name)
    {
        var vector = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        var sets = vector["ruleSets"]!.AsArray().Select(set =>
        {
            var document = set!.DeepClone().AsObject();
            document["hash"] = "0";
            return RuleSetDocument.Read(JsonSerializer.SerializeToElement(document));
        }).ToArray();
        var terms = vector["programme"]!;
        vector["expected"]!.AsArray().ShouldNotBeEmpty();
        foreach (var expected in vector["expected"]!.AsArray())
        {
            var turn = (long)expected!["turn"]!;
            var day = IsoDay.Parse((string)expected["day"]!);
            var programme = new ProgrammeDocument(
                (string)terms["id"]!, TimeZoneInfo.Utc, (long)terms["floor"]!, (long)terms["ceiling"]!, (int)terms["latenessDaysMax"]!, day,
                sets);
            var score = SlowScore.Of(programme, day, Events(vector, turn, day));
            (score.Score, score.Tier).ShouldBe(((long)expected["score"]!, (string)expected["tier"]!), $"{name} turn {turn} day {day:O}");
            foreach (var (rule, worth) in expected["worths"]!.AsObject())
                score.Worth.GetValueOrDefault(rule).ShouldBe((long)worth!, $"{name} turn {turn} day {day:O} {rule}");
        }
    }

    [Fact]
    public void The_verifier_gives_the_known_factors()
    {
        var rows = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "factors.json")))!["factors"]!.AsArray();
        rows.Count.ShouldBeGreaterThan(100);
        foreach (var row in rows) ((long)SlowScore.Factor((int)row!["age"]!, (int)row["halfLifeDays"]!)).ShouldBe((long)row["factor"]!);
    }

    private static List<CountedEvent> Events(JsonNode vector, long lastTurn, DateOnly asOf)
    {
        var amendments = new Amendments();
        var events = new List<(long Turn, CountedEvent Event)>();
        foreach (var entry in vector["entries"]!.AsArray().Where(entry => (long)entry!["turn"]! <= lastTurn))
        {
            var turn = (long)entry!["turn"]!;
            var day = IsoDay.Parse((string)entry["day"]!);
            var body = entry["body"]!.AsObject();
            var kind = (string)entry["kind"]! switch
            {
                "event" => EntryKinds.Event,
                "corrected" => EntryKinds.Corrected,
                "contestOpened" => EntryKinds.ContestOpened,
                "contestDecided" => EntryKinds.ContestDecided,
                "contestExtended" => EntryKinds.ContestExtended,
                _ => 0,
            };
            if (kind == EntryKinds.Event)
                events.Add((turn, new CountedEvent((string)body["type"]!, day, body["data"]!.DeepClone().AsObject())));
            else amendments.Apply(kind, day, body);
        }
        return events.ConvertAll(one => one.Event with { Standing = amendments.StandingOf(one.Turn, asOf) });
    }
}
