using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>Returns the drafts with which editing begins.</summary>
internal static class DraftStart
{
    private const int NoticeDays = 15;
    private const int ReviewDays = 300;

    /// <summary>A draft of a new programme: what most programmes have, and nothing about its purpose.</summary>
    /// <param name="today">The current day.</param>
    public static JsonObject New(DateOnly today) => new()
    {
        ["programme"] = new JsonObject
        {
            ["eventTypes"] = new JsonArray(), ["floor"] = 500, ["ceiling"] = 1000, ["zone"] = "Europe/Berlin", ["latenessDaysMax"] = 30,
            ["retentionDays"] = 400, ["controller"] = new JsonObject(), ["effects"] = new JsonArray(),
        },
        ["ruleSet"] = new JsonObject
        {
            ["number"] = 1, ["firstDay"] = ProgrammeDays.Format(today.AddDays(NoticeDays)), ["rules"] = new JsonArray(),
            ["tiers"] = new JsonArray(new JsonObject { ["name"] = "baseline", ["from"] = 500 }, new JsonObject { ["from"] = 600 }),
        },
        ["assessment"] = new JsonObject
        {
            ["affectedGroups"] = new JsonArray(), ["risks"] = new JsonArray(new JsonObject()),
            ["reviewBy"] = ProgrammeDays.Format(today.AddDays(ReviewDays)),
        },
    };

    /// <summary>A draft that repeats the last version under the next number. A version has corrections of its own.</summary>
    /// <param name="published">The programme's document.</param>
    public static JsonObject Next(ProgrammeResponse published)
    {
        var version = published.Versions[^1];
        var rules = JsonSerializer.SerializeToNode(published.RuleSets[^1], ScoringJson.Options)!.AsObject();
        rules.Remove("hash"); // the platform computes it
        rules.Remove("corrections");
        rules["number"] = version.Number + 1;
        rules["firstDay"] = ProgrammeDays.Format(published.Today.AddDays(NoticeDays));
        var assessment = JsonSerializer.SerializeToNode(version.Assessment, ScoringJson.Options)!.AsObject();
        assessment["reviewBy"] = ProgrammeDays.Format(published.Today.AddDays(ReviewDays));
        return new JsonObject
        {
            ["programme"] = JsonSerializer.SerializeToNode(version.Terms, ScoringJson.Options), ["ruleSet"] = rules,
            ["assessment"] = assessment,
        };
    }
}
