using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>Composes the case file by which an administrator decides a contest.</summary>
internal static class CaseFileBuilder
{
    /// <summary>The case file: the event, its source, and each rule for its type with the points that it gives.</summary>
    /// <param name="found">The contest and its event.</param>
    /// <param name="rules">The rules of the contest's programme.</param>
    public static CaseFile Compose(FoundCase found, ProgrammeRules rules)
    {
        var contest = found.Contest;
        var contested = found.Event;
        using var body = JsonDocument.Parse(contested.Body);
        var type = body.RootElement.GetProperty("type").GetString()!;
        var set = rules.InForce(contested.Day);
        var pointsByRule = PointsByRule(contested, rules);
        return new CaseFile(
            contest.Case, contest.Programme, contest.Grounds, contest.OpenedOn, contest.DueOn, type, contested.Day,
            CanonicalJson.Write(body.RootElement.GetProperty("data")), contest.Source, set.Number,
            [.. set.Rules.Where(rule => rule.EventType == type)
                .Select(rule => new CaseRule(pointsByRule.GetValueOrDefault(rule.Id), rule))]);
    }

    /// <summary>The points that each rule gives the event, by the rule's name; rules that give none are left out.</summary>
    private static Dictionary<string, long> PointsByRule(ContestedEvent contested, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var pointsByRule = new Dictionary<string, long>(StringComparer.Ordinal);
        if (EntryBodyReader.Read(contested.Body, out var body) is not null
            || rules.Value(body, contested.Day.DayNumber, points, out var count) is not null)
        {
            return pointsByRule;
        }
        foreach (var (rule, value) in points[..count]) pointsByRule[rules.RuleNames[rule]] = value;
        return pointsByRule;
    }
}
