using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Events;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Tests.Scores;

/// <summary>
/// Generates synthetic programmes and histories: small, so that events collide often, and varied, so that every rule is used.
/// </summary>
internal sealed record World(ProgrammeRules Rules, ImmutableArray<Entry> Entries, DateOnly Asked, SlowReference Reference)
{
    public static readonly DateOnly Start = new(2025, 1, 1);

    public static readonly EventType Trip = new(
        "traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip.",
        [
            new("calm", AttributeKind.Boolean, false, "", 0, 0, [], "Whether it was calm."),
            new("km", AttributeKind.Integer, false, "km", -1000, 1000, [], "How far."),
            new("road", AttributeKind.Code, false, "", 0, 0, ["city", "land", "motorway"], "Where."),
        ]);

    public static readonly EventType Parked = new(
        "traffic.parked", EventFamily.Traffic, EventOrigin.Attested, Context.Mobility, "Parked.",
        [new("hours", AttributeKind.Integer, true, "h", 0, 24, [], "How long.")]);

    private static readonly Gen<Condition> Comparison = Gen.OneOf(
        Gen.Select(Gen.Enum<Comparison>(), Gen.Long[-5, 5], (how, value) => (Condition)new IntegerIs("km", how, value)),
        Gen.OneOfConst<Condition>(
            new OneOf("calm", ["true"]), new OneOf("calm", ["false"]),
            new OneOf("road", ["land"]), new OneOf("road", ["motorway", "city"])));

    private static readonly Gen<Condition> Conditions = Gen.OneOf(
        Comparison,
        Comparison.Array[1, 3].Select(parts => (Condition)new AllOf([.. parts])),
        Comparison.Array[1, 3].Select(parts => (Condition)new AnyOf([new Negated(new AllOf([.. parts])), new OneOf("road", ["land"])])),
        Comparison.Select(part => (Condition)new Negated(part)));

    private static readonly Gen<Points> TripPoints = Gen.OneOf(
        Gen.Long[-40, 60].Select(value => (Points)new FixedPoints(value)),
        Gen.Select(Gen.Long[-40, 60], Gen.Long[-40, 60], (one, other) =>
            (Points)new PointsByValue("road", [new PointsRow("city", one), new PointsRow("motorway", other)])),
        Gen.Long[-40, 60].Select(value => (Points)new PointsByValue("calm", [new PointsRow("true", value)])));

    public static readonly Gen<Rule> OneRule = Gen.Select(
        Gen.Bool, Conditions, Gen.Bool, TripPoints, Gen.Long[1, 120], Gen.Long[1, 400], Gen.OneOfConst(1, 2, 7, 30, 90, 730),
        Gen.OneOfConst(0, 1, 3, 30, 730),
        (isTrip, when, hasWhen, points, capPerDay, capPerWindow, window, halfLife) => new Rule(
            "", isTrip ? Trip.Name : Parked.Name, isTrip && hasWhen ? when : null,
            isTrip || points is FixedPoints ? points : new FixedPoints(3),
            capPerDay, capPerWindow, window, halfLife, "Because."));

    private static readonly Gen<ImmutableArray<RuleSet>> Sets = Gen.Select(
        Gen.Select(OneRule.Array[1, 4], Gen.Int[0, 2], (rules, first) => (rules, first)).Array[1, 3], Gen.Int[1, 40], Gen.Int[0, 63],
        (sets, apart, taken) => Corrected(
            [.. sets.Select((set, index) => new RuleSet(
                index + 1, Start.AddDays(index * apart), "Summary.",
                [.. set.rules.Select((rule, number) => rule with { Id = $"rule-{number + set.first}" })],
                [new Tier(Tiers.Baseline, 500), new Tier("silver", 540), new Tier("gold", 620)], ""))],
            taken));

    public static readonly Gen<ImmutableArray<Entry>> History = Gen.Select(
        Gen.Int[0, 11], Gen.Int[-20, 80], Gen.Int[-6, 6], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 1000], Gen.Int[-5, 40]).Array[0, 40]
        .Select(steps => HistoryMaker.Make(steps));

    public static readonly Gen<World> Any = Gen.Select(Sets, History, Gen.Int[-5, 140], (sets, entries, asked) =>
        Of(Programme(500, 900), sets, [Trip, Parked], entries, Start.AddDays(asked)));

    /// <summary>Lets each later set correct a rule of an earlier one, or none, by the bits of a number.</summary>
    private static ImmutableArray<RuleSet> Corrected(ImmutableArray<RuleSet> sets, int taken) =>
    [
        .. sets.Select((set, index) => RuleSetDocument.Hashed((taken >> (index * 2) & 1) == 0 || index == 0
            ? set
            : set with { Corrections = [Correction(sets[taken % index], taken)] })),
    ];

    private static RuleCorrection Correction(RuleSet set, int taken) => new(set.Number, set.Rules[taken % set.Rules.Length].Id);

    public static Programme Programme(long floor, long ceiling) => new(
        ProgrammeId.Parse("synthetic"), "Synthetic", "For tests.", Context.Mobility, SubjectKind.Vehicle, [Trip.Name, Parked.Name],
        floor, ceiling, "Europe/Berlin", 30, 730, new Controller("City", "city@example.org"), []);

    public static ProgrammeVersion Version(Programme terms, RuleSet set) =>
        new(terms, set, new Assessment(["Testers"], [new Risk("None.", "None.")], new DateOnly(2025, 12, 31)), false, []);

    public static World Of(
        Programme programme, ImmutableArray<RuleSet> sets, IEnumerable<EventType> types, ImmutableArray<Entry> entries, DateOnly asked)
    {
        var rules = RuleBook.Compile(sets.Select(set => Version(programme, set)), types).Find(programme.Id)!;
        var reference = new SlowReference(
            JsonNode.Parse(ProgrammeDocument.Write(programme))!, [.. sets.Select(set => JsonNode.Parse(RuleSetDocument.Write(set))!)]);
        return new World(rules, entries, asked, reference);
    }

    public static FoldState Fold(IEnumerable<Entry> entries, ProgrammeRules rules)
    {
        var state = new FoldState();
        foreach (var entry in entries) state.Apply(entry, rules).Outcome.ShouldBe(FoldOutcome.Folded);
        return state;
    }

    public SlowReference.Answer Slow(DateOnly asked) => Reference.Ask(Entries.Select(HistoryMaker.Line), asked);
}
