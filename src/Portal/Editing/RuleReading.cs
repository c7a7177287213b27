using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Rules;

namespace Scoring.Editing;

/// <summary>Reads a rule of a draft for its sentence.</summary>
internal static class RuleReading
{
    private const int DaysMax = 730;

    /// <summary>Returns the rule; <see langword="null"/> while something is missing without which there is no sentence.</summary>
    public static Rule? Read(JsonNode? node)
    {
        try
        {
            var rule = node?.Deserialize<Rule>(ScoringJson.Options);
            return rule is { WindowDays: > 0 and <= DaysMax, HalfLifeDays: >= 0 and <= DaysMax } && IsWhole(rule.Points)
                && (rule.When is null || IsWhole(rule.When)) ? rule : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(Points points) =>
        points.Each is not null || points is { By.Length: > 0, Rows.Count: > 0 };

    private static bool IsWhole(Condition condition) => condition switch
    {
        { All: { Count: > 0 } all } => all.All(IsWhole),
        { Any: { Count: > 0 } any } => any.All(IsWhole),
        { Not: { } part } => IsWhole(part),
        { Attribute: null } => false,
        { OneOf: { } values } => values.Count > 0,
        _ => (condition.EqualTo ?? condition.LessThan ?? condition.AtMost ?? condition.AtLeast ?? condition.MoreThan) is not null,
    };
}
