using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Scores;
using Scoring.Tests.Scores;

namespace Scoring.Rules;

public sealed class ValuingPropertyTests
{
    private static readonly Gen<Condition> Comparison = Gen.OneOf(
        Gen.Select(Gen.Enum<Comparison>(), Gen.Long[-4, 4], (comparison, value) => (Condition)new IntegerIs("km", comparison, value)),
        Gen.OneOfConst<Condition>(
            new OneOf("calm", ["true"]), new OneOf("calm", ["false"]), new OneOf("calm", ["false", "true"]),
            new OneOf("road", ["land"]), new OneOf("road", ["motorway", "city"])));

    private static readonly Gen<Condition> Conditions = Gen.Recursive<Condition>((depth, inner) => depth == 4
        ? Comparison
        : Gen.OneOf(
            Comparison,
            inner.Array[1, 4].Select(parts => (Condition)new AllOf([.. parts])),
            inner.Array[1, 4].Select(parts => (Condition)new AnyOf([.. parts])),
            inner.Select(part => (Condition)new Negated(part))));

    private static readonly Gen<Points> AnyPoints = Gen.OneOf(
        Gen.Long[-100_000, 100_000].Select(value => (Points)new FixedPoints(value)),
        Gen.Select(Gen.Long[-9, 9], Gen.Long[-9, 9], (one, other) =>
            (Points)new PointsByValue("road", [new PointsRow("city", one), new PointsRow("motorway", other)])),
        Gen.Long[-9, 9].Select(value => (Points)new PointsByValue("calm", [new PointsRow("false", value)])));

    private static readonly Gen<JsonObject> Data = Gen.Select(Gen.Int[-6, 5], Gen.Int[0, 3], Gen.Int[0, 2], (km, road, calm) =>
    {
        var data = new JsonObject();
        if (calm < 2) data["calm"] = calm == 1;
        if (km > -6) data["km"] = km;
        if (road < 3) data["road"] = World.Trip.Attributes[2].Codes[road];
        return data;
    });

    [Fact]
    public void Compiled_rules_give_what_a_slow_interpreter_of_the_documents_gives()
    {
        var outcomes = new HashSet<bool>();
        Gen.Select(Conditions, AnyPoints, Data, Gen.Bool).Sample(
            (when, points, data, always) =>
            {
                var rule = Cases.Rule(0, 100_000, 100_000) with { When = always ? null : when, Points = points };
                var entry = HistoryMaker.Entry(2, Ledger.EntryKind.Event, Cases.Today, HistoryMaker.Event(World.Trip.Name, data));
                var document = JsonNode.Parse(RuleDocument.Write(rule).ToJsonString())!;
                var slow = (long)SlowReference.Points(document, JsonNode.Parse(entry.Body)!);
                Value(rule, entry.Body).ShouldBe(slow);
                lock (outcomes) outcomes.Add(slow != 0);
            },
            iter: 5000);
        outcomes.Count.ShouldBe(2, "some rules give points and some do not");
    }

    /// <summary>
    /// The culture is a synthetic one, in which every number and day looks different: the platform itself has the invariant culture only.
    /// </summary>
    [Fact]
    public void Hashes_and_words_are_the_same_in_every_culture_order_and_layout()
    {
        var before = CultureInfo.CurrentCulture;
        var plain = HashesAndWords(SampleDrafts.Second());
        var changed = HashesAndWords(ChangedDraft());
        try
        {
            CultureInfo.CurrentCulture = SyntheticCulture();
            (-5).ToString(CultureInfo.CurrentCulture).ShouldBe("~5");
            Wording.Of(new IntegerIs("km", Rules.Comparison.AtLeast, -5)).ShouldBe("km is at least -5");
            Wording.Of(new FixedPoints(-5)).ShouldBe("-5");
            Gen.Int.Sample(
                seed => HashesAndWords(CanonicalJsonTests.Shuffled(ChangedDraft(), new Random(seed))!).ShouldBe(changed),
                iter: 50, threads: 1);
            HashesAndWords(SampleDrafts.Second()).ShouldBe(plain);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo SyntheticCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.PositiveSign = "^";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yy";
        return culture;
    }

    private static string HashesAndWords(JsonNode draft)
    {
        var read = SampleDrafts.Check(draft, SampleDrafts.Published);
        read.Problems.ShouldBeEmpty();
        var version = read.Version!;
        var published = SampleDrafts.Published with { Versions = SampleDrafts.Published.Versions.Add(version) };
        return string.Join(
            '\n', [read.Hash, version.RuleSet.Hash, published.Compile().Find(SampleDrafts.Calm)!.Hash,
                published.Publish(SampleDrafts.Now).Hash, .. version.Differences]);
    }

    private static JsonObject ChangedDraft()
    {
        var draft = SampleDrafts.Second();
        draft["ruleSet"]!["rules"]![0]!["points"] = -1234;
        draft["ruleSet"]!["rules"]![0]!["capPerDay"] = 4321;
        draft["ruleSet"]!["rules"]![1]!["points"]!["rows"]!["city"] = 40_000;
        draft["ruleSet"]!["rules"]![1]!["capPerWindow"] = 900;
        draft["programme"]!["purpose"] = "Güte, IĞDIR ıi.";
        var third = draft["ruleSet"]!["rules"]![1]!.DeepClone();
        third["id"] = "more";
        third["points"] = 3;
        third["when"] = JsonNode.Parse("""{"attribute":"km","moreThan":50}""");
        draft["ruleSet"]!["rules"]!.AsArray().Add(third);
        return draft;
    }

    private static RuleSet RuleSetOf(Rule rule) =>
        new(1, World.Start, "Summary.", [rule], [new Tier(Tiers.Baseline, 500), new Tier("silver", 540)], "");

    private static long Value(Rule rule, byte[] body)
    {
        var terms = World.Programme(500, 900);
        var rules = RuleBook.Compile([World.Version(terms, RuleSetOf(rule))], [World.Trip, World.Parked]).Find(terms.Id)!;
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        EntryBodyReader.Read(body, out var read).ShouldBeNull();
        rules.Value(read, Cases.Today.DayNumber, points, out var count).ShouldBeNull();
        return count == 0 ? 0 : points[0].Points;
    }
}
