using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Tests.Scores;

namespace Scoring.Tests.Rules;

/// <summary>
/// Drafts are made up at random, good and bad. Whatever passes the gate keeps the third promise of the boundary for whatever history: a
/// score stays between floor and ceiling, a stranger gets the floor and the lowest tier, and taking part can only help.
/// </summary>
public sealed class GatePropertyTests
{
    private static readonly DateTimeOffset Now = new(2024, 12, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Rule> AnyRule = Gen.Select(World.OneRule, Gen.Int[0, 9], (rule, kept) =>
        kept == 0 ? rule : rule with { CapPerWindow = Math.Min(rule.CapPerWindow, rule.CapPerDay) });

    private static readonly Gen<ImmutableArray<Rule>> AnyRules = AnyRule.Array[1, 4].Select(rules =>
        rules.Select((rule, index) => rule with { Id = $"rule-{index}" }).ToImmutableArray());

    private static readonly Gen<(long Floor, long Ceiling, long Silver, long Gold)> AnyRange = Gen.Select(
        Gen.OneOfConst(0L, 10L, 500L, 999_000L), Gen.OneOfConst(1L, 50L, 400L), Gen.Long[0, 30], Gen.Long[0, 60],
        (floor, height, silver, gold) => (floor, floor + height, floor + silver, floor + silver + gold));

    [Fact]
    public void Every_programme_that_passes_the_gate_keeps_the_floor_for_every_history()
    {
        var (passed, refused, corrected) = (0, 0, 0);
        Gen.Select(AnyRange, AnyRules, AnyRules, Gen.Int[0, 3], World.History, Gen.Int[-5, 140]).Sample(
            (range, rules, later, taken, history, asked) =>
            {
                var versions = Published(range, rules, later, taken);
                if (versions.IsEmpty)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
                Interlocked.Increment(ref passed);
                if (versions[^1].RuleSet.Corrections.Length > 0) Interlocked.Increment(ref corrected);
                Keeps(versions, history, World.Start.AddDays(asked));
            },
            iter: 4000);
        passed.ShouldBeGreaterThan(400);
        refused.ShouldBeGreaterThan(400);
        corrected.ShouldBeGreaterThan(40);
    }

    private static void Keeps(ImmutableArray<ProgrammeVersion> versions, ImmutableArray<Entry> history, DateOnly asked)
    {
        var terms = versions[0].Terms;
        var rules = RuleBook.Compile(versions, [World.Trip, World.Parked]).Find(terms.Id)!;
        var stranger = new FoldState().ScoreOn(asked, rules);
        stranger.ShouldBe(new ScoreValue(terms.Floor, "baseline"));
        var score = World.Fold(history, rules).ScoreOn(asked, rules);
        score.Score.ShouldBeInRange(terms.Floor, terms.Ceiling);
        Gives(score.Tier).ShouldBeGreaterThanOrEqualTo(Gives(stranger.Tier));
        Gives(stranger.Tier).ShouldBe(0, "nobody loses what the lowest tier gives");
        var told = Explainer.Explain(history, rules, asked);
        (told.Score, told.Tier).ShouldBe((score.Score, score.Tier));
        (told.Floor + told.Rules.Sum(rule => rule.Worth) + told.Limit).ShouldBe(score.Score);
        var slow = new SlowReference(
            JsonNode.Parse(ProgrammeDocument.Write(terms))!,
            [.. versions.Select(version => JsonNode.Parse(RuleSetDocument.Write(version.RuleSet))!)]);
        ((long)slow.Ask(history.Select(HistoryMaker.Line), asked).Score).ShouldBe(score.Score);

        int Gives(string tier) => versions.Sum(version => version.Terms.Effects.Count(effect => effect.Tier == tier));
    }

    /// <summary>The first version by the gate, and the second where it passes too; empty when the first does not.</summary>
    private static ImmutableArray<ProgrammeVersion> Published(
        (long Floor, long Ceiling, long Silver, long Gold) range, ImmutableArray<Rule> rules, ImmutableArray<Rule> later, int taken)
    {
        var none = new DocumentSet([], [World.Parked, World.Trip], [], [], []);
        if (Check(none, range, 1, rules, []) is not { } first) return [];
        ImmutableArray<RuleCorrection> corrections = taken < rules.Length ? [new RuleCorrection(1, rules[taken].Id)] : [];
        return Check(none with { Versions = [first] }, range, 2, later, corrections) is { } second ? [first, second] : [first];
    }

    private static ProgrammeVersion? Check(
        DocumentSet published, (long Floor, long Ceiling, long Silver, long Gold) range, int number, ImmutableArray<Rule> rules,
        ImmutableArray<RuleCorrection> corrections)
    {
        var terms = World.Programme(range.Floor, range.Ceiling) with
        {
            Effects = [new TierEffect("gold", Effect.Voucher, "A voucher.")],
        };
        var set = new RuleSet(
            number, World.Start.AddDays((number - 1) * 20), "Summary.", rules,
            [new Tier(Tiers.Baseline, range.Floor), new Tier("silver", range.Silver), new Tier("gold", range.Gold)], "")
        {
            Corrections = corrections,
        };
        var draft = new JsonObject
        {
            ["programme"] = JsonNode.Parse(ProgrammeDocument.Write(terms)),
            ["ruleSet"] = JsonNode.Parse(RuleSetDocument.Write(set)),
            ["assessment"] = JsonNode.Parse(SampleDocuments.Assessment),
        };
        return DraftCheck.Check(Drafts.Bytes(draft), terms.Id, published, Now, new PublicationLimits(14, 1)).Version;
    }
}
