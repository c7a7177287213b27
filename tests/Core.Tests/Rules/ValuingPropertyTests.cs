using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Tests.Rules;

public sealed class ValuingPropertyTests
{
    private static readonly Gen<Condition> Comparison = Gen.OneOf(
        Gen.Select(Gen.Enum<Comparison>(), Gen.Long[-4, 4], (how, value) => (Condition)new IntegerIs("km", how, value)),
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
        var given = new HashSet<bool>();
        Gen.Select(Conditions, AnyPoints, Data, Gen.Bool).Sample(
            (when, points, data, always) =>
            {
                var rule = Cases.Rule(0, 100_000, 100_000) with { When = always ? null : when, Points = points };
                var entry = HistoryMaker.Entry(2, Scoring.Ledger.EntryKind.Event, Cases.Today, HistoryMaker.Event(World.Trip.Name, data));
                var document = JsonNode.Parse(RuleDocument.Write(rule).ToJsonString())!;
                var slow = (long)SlowReference.Points(document, JsonNode.Parse(entry.Body)!);
                Value(rule, entry.Body).ShouldBe(slow);
                lock (given) given.Add(slow != 0);
            },
            iter: 5000);
        given.Count.ShouldBe(2, "some were met and some were not");
    }

    /// <summary>The culture is made up, because the platform has none but the invariant one; every number looks otherwise in it.</summary>
    [Fact]
    public void Hashes_and_words_are_the_same_in_every_culture_order_and_layout()
    {
        var before = CultureInfo.CurrentCulture;
        var (plain, changed) = (Told(Drafts.Second()), Told(Changed()));
        try
        {
            CultureInfo.CurrentCulture = Strange();
            (-5).ToString(CultureInfo.CurrentCulture).ShouldBe("~5");
            Wording.Of(new IntegerIs("km", Scoring.Rules.Comparison.AtLeast, -5)).ShouldBe("km is at least -5");
            Wording.Of(new FixedPoints(-5)).ShouldBe("-5");
            Gen.Int.Sample(seed => Told(CanonicalJsonTests.Shuffled(Changed(), new Random(seed))!).ShouldBe(changed), iter: 50, threads: 1);
            Told(Drafts.Second()).ShouldBe(plain);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static CultureInfo Strange()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NegativeSign, culture.NumberFormat.PositiveSign) = ("~", "^");
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
            (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.ShortDatePattern) = (".", "dd/MM/yy");
            return culture;
        }

        static string Told(JsonNode draft)
        {
            var read = Drafts.Check(draft, Drafts.Published);
            read.Problems.ShouldBeEmpty();
            var with = Drafts.Published with { Versions = Drafts.Published.Versions.Add(read.Version!) };
            return string.Join(
                '\n', [read.Hash, read.Version!.RuleSet.Hash, with.Compile().Find(Drafts.Calm)!.Hash, with.Publish(Drafts.Now).Hash,
                    .. read.Version.Differences]);
        }

        static JsonObject Changed()
        {
            var draft = Drafts.Second();
            draft["ruleSet"]!["rules"]![0]!["points"] = -1234;
            draft["ruleSet"]!["rules"]![0]!["capPerDay"] = 4321;
            draft["ruleSet"]!["rules"]![1]!["points"]!["rows"]!["city"] = 40_000;
            draft["ruleSet"]!["rules"]![1]!["capPerWindow"] = 900;
            draft["programme"]!["purpose"] = "Güte, IĞDIR ıi.";
            var third = draft["ruleSet"]!["rules"]![1]!.DeepClone();
            (third["id"], third["points"]) = ("more", 3);
            third["when"] = JsonNode.Parse("""{"attribute":"km","moreThan":50}""");
            draft["ruleSet"]!["rules"]!.AsArray().Add(third);
            return draft;
        }
    }

    private static long Value(Rule rule, byte[] body)
    {
        var rules = Cases.With([rule]).Rules;
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        EntryBodyReader.Read(body, out var read).ShouldBeNull();
        rules.Value(read, Cases.Today.DayNumber, points, out var count).ShouldBeNull();
        return count == 0 ? 0 : points[0].Points;
    }
}
