using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;

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
        var published = await session.Platform.Published(Programme, cancellationToken);
        var draft = JsonNode.Parse(DraftFile.Next(published, NoticeDays))!;
        change(draft["ruleSet"]!);
        var author = Administrator(1);

        var put = await DraftFile.Put(author, Encoding.UTF8.GetBytes(draft.ToJsonString()), cancellationToken);
        var approval = new DraftApprovalRequest(put.Hash);
        (await Should.ThrowAsync<ScoringProblemException>(author.Administration.ApproveDraft(Programme, approval, cancellationToken)))
            .Kind.ShouldBe(ProblemKinds.IsAuthor);
        (await Administrator(2).Administration.ApproveDraft(Programme, approval, cancellationToken)).Done.ShouldBeFalse();
        (await Administrator(3).Administration.ApproveDraft(Programme, approval, cancellationToken)).Done.ShouldBeTrue();

        var acts = (await author.Programmes.ReadRecord(Programme, 0, 500, cancellationToken)).Acts.Select(act => act.Act).ToArray();
        acts.ShouldBe([.. Enumerable.Range(1, (int)draft["ruleSet"]!["number"]!)
            .SelectMany(number => number == 1 ? (string[])["published"] : ["drafted", "approved", "published"])]);
        return DateOnly.Parse((string)draft["ruleSet"]!["firstDay"]!, CultureInfo.InvariantCulture);
    }

    private ScoringClient Administrator(int number) => session.Api.As(session.Standalone.AdministratorToken(number));
}
