using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Tests.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Vectors;

/// <summary>The product and the slow reference both give the known answers in the files.</summary>
public sealed class VectorTests
{
    private const string FactorsFile = "factors";

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name != FactorsFile).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Vectors");

    [Theory]
    [MemberData(nameof(Files))]
    public void The_product_gives_the_known_answers(string name)
    {
        var vector = Read(Folder, name);
        var rules = Compiled(vector);
        var entries = vector["entries"]!.AsArray().Select(entry => ToEntry(entry!)).ToArray();
        foreach (var (turn, day, expected) in Queries(vector))
        {
            var upTo = entries.Where(entry => entry.Turn <= turn).ToArray();
            var score = World.Fold(upTo, rules).ScoreOn(day, rules);
            (score.Score, score.Tier).ShouldBe(((long)expected["score"]!, (string)expected["tier"]!), $"{name} turn {turn} day {day}");
            var explanation = Explainer.Explain(upTo, rules, day);
            foreach (var (rule, worth) in expected["worths"]!.AsObject())
                (explanation.Rules.FirstOrDefault(other => other.Rule == rule)?.Worth ?? 0)
                    .ShouldBe((long)worth!, $"{name} turn {turn} day {day} {rule}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_slow_reference_gives_the_known_answers(string name)
    {
        var vector = ReadOrWrite(name);
        Queries(vector).ShouldNotBeEmpty();
        foreach (var (turn, day, expected) in Queries(vector))
            JsonNode.DeepEquals(Answer(vector, turn, day), expected).ShouldBeTrue($"{name} turn {turn} day {day}");
    }

    [Fact]
    public void Both_give_the_known_factors()
    {
        var rows = ReadOrWrite(FactorsFile)["factors"]!.AsArray();
        rows.Count.ShouldBeGreaterThan(100);
        foreach (var row in rows)
        {
            var age = (int)row!["age"]!;
            var halfLife = (int)row["halfLifeDays"]!;
            var factor = (long)row["factor"]!;
            FactorTable.Of(halfLife)[age].ShouldBe(factor);
            ((long)SlowReference.Factor(age, halfLife)).ShouldBe(factor);
        }
    }

    /// <summary>
    /// Reads a file. With the environment variable <c>SCORING_VECTORS_WRITE=1</c>, for a new vector, it first writes the answers of the
    /// slow reference into the file of the source.
    /// </summary>
    private static JsonNode ReadOrWrite(string name)
    {
        if (Environment.GetEnvironmentVariable("SCORING_VECTORS_WRITE") != "1") return Read(Folder, name);
        var vector = Read(Source(), name);
        if (vector["factors"] is JsonArray factors)
            foreach (var row in factors) row!["factor"] = (long)SlowReference.Factor((int)row["age"]!, (int)row["halfLifeDays"]!);
        else
            vector["expected"] = new JsonArray([.. Queries(vector).Select(query => Answer(vector, query.Turn, query.Day))]);
        File.WriteAllText(Path.Combine(Source(), name + ".json"), Printed(vector));
        return vector;
    }

    private static JsonObject Answer(JsonNode vector, long turn, DateOnly day)
    {
        var reference = new SlowReference(vector["programme"]!, [.. vector["ruleSets"]!.AsArray().Select(set => set!)]);
        var answer = reference.Ask(
            vector["entries"]!.AsArray().Where(entry => (long)entry!["turn"]! <= turn)
                .Select(entry => new SlowReference.Line((long)entry!["turn"]!, (string)entry["kind"]!, Day(entry), entry["body"])),
            day);
        return new JsonObject
        {
            ["turn"] = turn,
            ["day"] = HistoryMaker.Iso(day),
            ["score"] = (long)answer.Score,
            ["tier"] = answer.Tier,
            ["worths"] = new JsonObject(answer.Worths.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(long)pair.Value))),
        };
    }

    private static ProgrammeRules Compiled(JsonNode vector)
    {
        var programme = (string)vector["programme"]!["id"]!;
        var texts = new List<(string, ReadOnlyMemory<byte>)>
        {
            (ProgrammeDocuments.EventTypesPath, Bytes(vector["eventTypes"]!)),
        };
        foreach (var set in vector["ruleSets"]!.AsArray())
        {
            var number = (int)set!["number"]!;
            texts.Add(($"{programme}/programme-{number}.json", Bytes(vector["programme"]!)));
            texts.Add(($"{programme}/ruleset-{number}.json", Bytes(set)));
            texts.Add(($"{programme}/assessment-{number}.json", Encoding.UTF8.GetBytes(SampleDocuments.Assessment)));
        }
        var read = ProgrammeDocuments.Read(texts);
        read.Problems.ShouldBeEmpty();
        return read.Compile().Find(read.Programmes.ShouldHaveSingleItem().Programme.Id)!;
    }

    private static Entry ToEntry(JsonNode entry) => HistoryMaker.Entry(
        (long)entry["turn"]!, Enum.Parse<EntryKind>((string)entry["kind"]!, ignoreCase: true), Day(entry), entry["body"]!);

    private static List<(long Turn, DateOnly Day, JsonNode Expected)> Queries(JsonNode vector) =>
        [.. vector["expected"]!.AsArray().Select(query => ((long)query!["turn"]!, Day(query), query))];

    private static DateOnly Day(JsonNode node) => DateOnly.ParseExact((string)node["day"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static JsonNode Read(string folder, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name + ".json")))!;

    /// <summary>One line for each element of an array, so that a change shows where it is.</summary>
    private static string Printed(JsonNode vector)
    {
        var plain = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var members = vector.AsObject().Select(member => $"  \"{member.Key}\": " + (member.Value is JsonArray elements
            ? "[\n" + string.Join(",\n", elements.Select(element => "    " + element!.ToJsonString(plain))) + "\n  ]"
            : member.Value!.ToJsonString(plain)));
        return "{\n" + string.Join(",\n", members) + "\n}\n";
    }

    private static string Source([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
