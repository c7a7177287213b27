using System.Text;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

/// <summary>Drafts of the sample programme, written in the middle of 2025.</summary>
internal static class SampleDrafts
{
    public static readonly ProgrammeId Calm = ProgrammeId.Parse("calm");

    public static readonly DateTimeOffset Now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static readonly PublicationLimits Limits = new(NoticeDays: 14, FirstNoticeDays: 1);

    public static DocumentSet Published { get; } = SampleDocuments.Read(SampleDocuments.All());

    /// <summary>The sample's documents without its programme.</summary>
    public static DocumentSet Unpublished => Published with { Versions = [], Services = [] };

    /// <summary>A draft of the second version, without problems.</summary>
    public static JsonObject Second() => Of(2, "2025-07-01");

    /// <summary>A draft of the first version, without problems.</summary>
    public static JsonObject First() => Of(1, "2025-06-16");

    public static CheckedDraft Check(JsonNode draft, DocumentSet published, DateTimeOffset? now = null) =>
        DraftCheck.Check(Bytes(draft), Calm, published, now ?? Now, Limits);

    public static (string, string)[] Problems(JsonNode draft, DocumentSet published, DateTimeOffset? now = null) =>
        [.. Check(draft, published, now).Problems.Select(problem => (problem.Pointer, problem.Code))];

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static JsonObject Of(int number, string firstDay)
    {
        var draft = new JsonObject
        {
            ["programme"] = JsonNode.Parse(SampleDocuments.Programme),
            ["ruleSet"] = JsonNode.Parse(SampleDocuments.RuleSet),
            ["assessment"] = JsonNode.Parse(SampleDocuments.Assessment),
        };
        draft["ruleSet"]!["number"] = number;
        draft["ruleSet"]!["firstDay"] = firstDay;
        return draft;
    }
}
