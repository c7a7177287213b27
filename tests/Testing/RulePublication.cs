using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Testing;

/// <summary>Publishes the next rule set of a programme over HTTP, as three administrators do.</summary>
internal sealed class RulePublication(Session session)
{
    /// <summary>The rule that the changes are about.</summary>
    public const string Rule = "calm-trips";

    /// <summary>The days between a draft and its first day.</summary>
    public const int NoticeDays = 14;

    private const string Programme = ProgrammeNames.SafeDriver;

    /// <summary>Changes a draft: calm trips give more points a day and fewer in total.</summary>
    public static void CapLower(JsonNode ruleSet)
    {
        var rule = ruleSet["rules"]!.AsArray().Single(candidate => (string)candidate!["id"]! == Rule)!;
        rule["points"] = 5;
        rule["capPerDay"] = 15;
        rule["capPerWindow"] = 20;
        ruleSet["summary"] = "Calm trips count more on their day and less in all.";
    }

    /// <summary>Changes a draft: it corrects the rule of version 2, so that rule's points no longer count.</summary>
    public static void TakeBack(JsonNode ruleSet)
    {
        ruleSet["corrections"] = new JsonArray(new JsonObject { ["ruleSet"] = 2, ["rule"] = Rule });
        ruleSet["summary"] = "What version 2 gave for calm trips is taken back.";
    }

    /// <summary>Drafts the next rule set; its author may not approve it, and two others do. Returns its first day.</summary>
    public async Task<DateOnly> Publish(Action<JsonNode> change, CancellationToken cancellationToken)
    {
        var published =
            (await session.Api.SendJson(HttpMethod.Get, $"/v1/programmes/{Programme}", null, null, cancellationToken)).ShouldNotBeNull();
        var draft = JsonNode.Parse(DraftFile.Next(published, NoticeDays))!;
        change(draft["ruleSet"]!);
        var author = Administrator(1);

        var hash = (await author.Draft(Programme, Encoding.UTF8.GetBytes(draft.ToJsonString()), cancellationToken)).GetProperty("hash")
            .GetString()!;
        await Should.ThrowAsync<City.CityException>(author.Approve(Programme, hash, cancellationToken));
        (await Administrator(2).Approve(Programme, hash, cancellationToken)).GetProperty("done").GetBoolean().ShouldBeFalse();
        (await Administrator(3).Approve(Programme, hash, cancellationToken)).GetProperty("done").GetBoolean().ShouldBeTrue();

        var acts = (await author.Record(Programme, 0, cancellationToken)).GetProperty("acts").EnumerateArray()
            .Select(act => act.GetProperty("act").GetString()).ToArray();
        acts.ShouldBe([.. Enumerable.Range(1, (int)draft["ruleSet"]!["number"]!)
            .SelectMany(number => number == 1 ? (string[])["published"] : ["drafted", "approved", "published"])]);
        return DateOnly.Parse((string)draft["ruleSet"]!["firstDay"]!, CultureInfo.InvariantCulture);
    }

    private City.Platform.AdministratorClient Administrator(int number) => new(session.Api, session.Standalone.AdministratorToken(number));
}
