using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using Scoring.Programmes;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

/// <summary>A reader can recompute a score from its explanation, without the ledger, the rules or any code of the platform.</summary>
public sealed class RecomputationTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new IdJson() },
    };

    [Fact]
    public void A_score_with_its_limit_and_every_worth_is_recomputed_from_the_answer_alone() => World.Any.Sample(
        world => Recomputation.Contradictions(Json(Explainer.Explain(world.Entries, world.Rules, world.Asked))).ShouldBeEmpty(),
        iter: 3000);

    [Fact]
    public void Every_changed_number_is_found()
    {
        var explained = 0;
        var changed = 0;
        World.Any.Sample(
            world =>
            {
                var explanation = Explainer.Explain(world.Entries, world.Rules, world.Asked);
                if (explanation.Rules.IsEmpty) return;
                Interlocked.Increment(ref explained);
                var rule = explanation.Rules[0];
                var day = rule.Days[0];
                foreach (var other in (Explanation[])[
                    explanation with { Score = explanation.Score + 1 },
                    explanation with { Limit = explanation.Limit - 1 },
                    With(explanation, rule with { Worth = rule.Worth + 1 }),
                    With(explanation, rule with { Days = rule.Days.SetItem(0, day with { Factor = day.Factor + 1 }) }),
                    With(explanation, rule with { Days = rule.Days.SetItem(0, day with { Points = day.Points + 1 }) }),
                    With(explanation, rule with
                    {
                        Days = rule.Days.SetItem(0, day with { Entries = day.Entries.Add(new EntryPoints(99, Ledger.EntryKind.Event, 1)) }),
                    })])
                {
                    Recomputation.Contradictions(Json(other)).ShouldNotBeEmpty();
                    Interlocked.Increment(ref changed);
                }
            },
            iter: 300);
        explained.ShouldBeGreaterThan(50);
        changed.ShouldBe(6 * explained);
    }

    [Fact]
    public void Each_day_names_the_rule_set_whose_terms_it_has() => World.Any.Sample(
        world =>
        {
            foreach (var rule in Explainer.Explain(world.Entries, world.Rules, world.Asked).Rules)
            {
                foreach (var day in rule.Days)
                {
                    var set = world.Rules.RuleSets.Single(set => set.Number == day.RuleSet);
                    set.ShouldBe(world.Rules.InForce(day.Day));
                    var terms = set.Rules.Single(one => one.Id == rule.Rule);
                    (day.HalfLifeDays, day.CapPerDay).ShouldBe((terms.HalfLifeDays, terms.CapPerDay));
                }
            }
        },
        iter: 500);

    private static Explanation With(Explanation explanation, RuleWorth rule) =>
        explanation with { Rules = explanation.Rules.SetItem(0, rule) };

    /// <summary>The explanation as the gateway writes it. Another test uses the same recipe on the answer of a running platform.</summary>
    private static JsonElement Json(Explanation explanation) => JsonSerializer.SerializeToElement(explanation, Options);

    private sealed class IdJson : JsonConverter<ProgrammeId>
    {
        public override ProgrammeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ProgrammeId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ProgrammeId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
