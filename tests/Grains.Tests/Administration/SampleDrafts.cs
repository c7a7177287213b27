using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Administration;

/// <summary>Makes drafts that may be published. A test may change one to break a rule.</summary>
internal static class SampleDrafts
{
    /// <summary>A first version of an unpublished programme, in force two days ahead.</summary>
    public static byte[] OfNew(ProgrammeId programme, int daysAhead = 2, Action<JsonNode>? change = null) =>
        Draft(programme, 1, daysAhead, change);

    /// <summary>The second version of the published programme, in force fifteen days ahead.</summary>
    public static byte[] OfCalm(int daysAhead = 15, Action<JsonNode>? change = null) => Draft(AdminCity.Calm, 2, daysAhead, change);

    private static byte[] Draft(ProgrammeId programme, int number, int daysAhead, Action<JsonNode>? change)
    {
        var draft = new JsonObject
        {
            ["programme"] = JsonNode.Parse(SampleDocuments.Programme),
            ["ruleSet"] = JsonNode.Parse(SampleDocuments.RuleSet),
            ["assessment"] = new JsonObject
            {
                ["affectedGroups"] = new JsonArray("Keepers of vehicles"),
                ["risks"] = new JsonArray(new JsonObject { ["risk"] = "A wrong record.", ["mitigation"] = "Contests." }),
                ["reviewBy"] = "2027-01-01",
            },
        };
        draft["programme"]!["id"] = programme.Value;
        draft["ruleSet"]!["number"] = number;
        draft["ruleSet"]!["firstDay"] = TestCity.Today.AddDays(daysAhead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        draft["ruleSet"]!["summary"] = $"Version {number}.";
        change?.Invoke(draft);
        return Encoding.UTF8.GetBytes(draft.ToJsonString());
    }
}
