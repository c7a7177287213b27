using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Tests.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Rules;

/// <summary>
/// Tests random drafts, valid and invalid. Every draft that passes the gate keeps rule 3 of the boundary for every history: a score stays
/// between floor and ceiling, an unenrolled subject gets the floor and the lowest tier, and taking part can only help.
/// </summary>
public sealed class PublicationGatePropertyTests
{
    private static readonly DateTimeOffset Now = new(2024, 12, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Rule> AnyRule = Gen.Select(World.OneRule, Gen.Int[0, 9], (rule, chance) =>
        chance == 0 ? rule : rule with { CapPerWindow = Math.Min(rule.CapPerWindow, rule.CapPerDay) });

    private static readonly Gen<ImmutableArray<Rule>> AnyRules = AnyRule.Array[1, 4].Select(rules =>
        rules.Select((rule, index) => rule with { Id = $"rule-{index}" }).ToImmutableArray());

    private static readonly Gen<(long Floor, long Ceiling, long Silver, long Gold)> AnyRange = Gen.Select(
        Gen.OneOfConst(0L, 10L, 500L, 999_000L), Gen.OneOfConst(1L, 50L, 400L), Gen.Long[0, 30], Gen.Long[0, 60],
        (floor, height, silver, gold) => (floor, floor + height, floor + silver, floor + silver + gold));

    [Fact]
    public void Every_programme_that_passes_the_gate_keeps_the_floor_for_every_history()
    {
        var passed = 0;
        var refused = 0;
        var corrected = 0;
        Gen.Select(AnyRange, AnyRules, AnyRules, Gen.Int[0, 3], World.History, Gen.Int[-5, 140]).Sample(
            (range, rules, later, correctedRule, history, askingDay) =>
            {
                var versions = Published(range, rules, later, correctedRule);
                if (versions.IsEmpty)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
                Interlocked.Increment(ref passed);
                if (versions[^1].RuleSet.Corrections.Length > 0) Interlocked.Increment(ref corrected);
                ShouldKeepTheFloor(versions, history, World.Start.AddDays(askingDay));
            },
            iter: 4000);
        passed.ShouldBeGreaterThan(400);
        refused.ShouldBeGreaterThan(400);
        corrected.ShouldBeGreaterThan(40);
    }

    private static void ShouldKeepTheFloor(ImmutableArray<ProgrammeVersion> versions, ImmutableArray<Entry> history, DateOnly askingDay)
    {
        var terms = versions[0].Terms;
        var rules = RuleBook.Compile(versions, [World.Trip, World.Parked]).Find(terms.Id)!;
        var unenrolled = new FoldState().ScoreOn(askingDay, rules);
        unenrolled.ShouldBe(new ScoreValue(terms.Floor, "baseline"));
        var score = World.Fold(history, rules).ScoreOn(askingDay, rules);
        score.Score.ShouldBeInRange(terms.Floor, terms.Ceiling);
        EffectsOf(score.Tier).ShouldBeGreaterThanOrEqualTo(EffectsOf(unenrolled.Tier));
        EffectsOf(unenrolled.Tier).ShouldBe(0, "no subject can lose an effect of the lowest tier");
        var explanation = Explainer.Explain(history, rules, askingDay);
        (explanation.Score, explanation.Tier).ShouldBe((score.Score, score.Tier));
        (explanation.Floor + explanation.Rules.Sum(rule => rule.Worth) + explanation.Limit).ShouldBe(score.Score);
        var slow = new SlowReference(
            JsonNode.Parse(ProgrammeDocument.Write(terms))!,
            [.. versions.Select(version => JsonNode.Parse(RuleSetDocument.Write(version.RuleSet))!)]);
        ((long)slow.Ask(history.Select(HistoryMaker.Line), askingDay).Score).ShouldBe(score.Score);

        int EffectsOf(string tier) => versions.Sum(version => version.Terms.Effects.Count(effect => effect.Tier == tier));
    }

    /// <summary>The versions that pass the gate: both, the first only, or none when the first does not pass.</summary>
    private static ImmutableArray<ProgrammeVersion> Published(
        (long Floor, long Ceiling, long Silver, long Gold) range, ImmutableArray<Rule> rules, ImmutableArray<Rule> later, int correctedRule)
    {
        var published = new DocumentSet([], [World.Parked, World.Trip], [], [], []);
        if (Check(published, range, 1, rules, []) is not { } first) return [];
        ImmutableArray<RuleCorrection> corrections = correctedRule < rules.Length ? [new RuleCorrection(1, rules[correctedRule].Id)] : [];
        return Check(published with { Versions = [first] }, range, 2, later, corrections) is { } second ? [first, second] : [first];
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
        return DraftCheck.Check(SampleDrafts.Bytes(draft), terms.Id, published, Now, new PublicationLimits(14, 1)).Version;
    }
}
