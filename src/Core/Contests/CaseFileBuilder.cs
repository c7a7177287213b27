using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>Composes what an administrator decides by.</summary>
internal static class CaseFileBuilder
{
    public static CaseFile Compose(FoundCase found, ProgrammeRules rules)
    {
        var (contest, contested) = (found.Contest, found.Event);
        using var body = JsonDocument.Parse(contested.Body);
        var type = body.RootElement.GetProperty("type").GetString()!;
        var set = rules.InForce(contested.Day);
        var given = Given(contested, rules);
        return new CaseFile(
            contest.Case, contest.Programme, contest.Grounds, contest.OpenedOn, contest.DueOn, type, contested.Day,
            CanonicalJson.Write(body.RootElement.GetProperty("data")), contest.Source, set.Number,
            [.. set.Rules.Where(rule => rule.EventType == type).Select(rule => new CaseRule(given.GetValueOrDefault(rule.Id), rule))]);
    }

    /// <summary>What each rule gives the event, by its name; those that give nothing are left out.</summary>
    private static Dictionary<string, long> Given(ContestedEvent contested, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var given = new Dictionary<string, long>(StringComparer.Ordinal);
        if (EntryBodyReader.Read(contested.Body, out var body) is not null
            || rules.Value(body, contested.Day.DayNumber, points, out var count) is not null)
        {
            return given;
        }
        foreach (var (rule, value) in points[..count]) given[rules.RuleNames[rule]] = value;
        return given;
    }
}
