using System.Text.Json;
using Scoring.Client;
using Scoring.Notices;

namespace Scoring.Audit;

/// <summary>Turns entries of a history that an auditor reads into what the pages about events and notices show.</summary>
internal static class AuditedEvents
{
    /// <summary>Returns an entry as the timeline has it. The words of the API, which are for the participant, are empty.</summary>
    public static Notice Notice(AuditedHistoryEntry entry, ProgrammeResponse document)
    {
        var kind = entry.Kind == EntryKind.Unknown ? "" : Words.Of(entry.Kind);
        var body = Read(entry.Body);
        return new Notice("", entry.Turn, null, kind, entry.Day, "", Event(entry, body, document), null, body);
    }

    private static EventNotice? Event(AuditedHistoryEntry entry, JsonElement? body, ProgrammeResponse document)
    {
        if (entry.Contribution is not { } given || body is not { } read) return null;
        var rules = document.RuleSets.Where(set => set.FirstDay <= entry.Day).ToList();
        var data = read.TryGetProperty("data", out var attributes) ? attributes : default;
        return new EventNotice(
            given.Type, new NoticeBody(read).Text("source") ?? "", data, rules.Count == 0 ? 0 : rules.Max(set => set.Number),
            [.. given.Rules.Select(points => new NoticePoints(points.Rule, Reason(points.Rule, rules), points.Points))]);
    }

    /// <summary>The reason that the latest of the versions gives for a rule; the rule's name when none has it.</summary>
    private static string Reason(string rule, IEnumerable<RuleSet> versions) => versions.OrderByDescending(set => set.Number)
        .SelectMany(set => set.Rules).FirstOrDefault(known => known.Id == rule)?.Reason ?? rule;

    private static JsonElement? Read(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null; // an entry without a body
        }
    }
}
