using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>Writes the platform's answers to administrators as lines of text.</summary>
public static class AdminView
{
    /// <summary>Writes a draft: its hash, approvals, differences and problems.</summary>
    public static void Draft(TextWriter to, JsonElement draft)
    {
        to.WriteLine($"draft {Text(draft, "hash")} of {Text(draft, "programme")} by {Text(draft, "author")}");
        to.WriteLine($"  approved by: {Names(draft, "approvals")}");
        Differences(to, draft);
        var problems = JsonNode.Parse(draft.GetProperty("problems").GetRawText())!.AsArray();
        if (problems.Count > 0) to.WriteLine($"  problems: {problems.Count}");
        foreach (var line in AdministratorClient.Problems(problems)) to.WriteLine(line);
        if (draft.GetProperty("widens").GetBoolean()) to.WriteLine("  asks every participant for consent again, from its first day");
    }

    /// <summary>Writes a programme's status, approvals and draft.</summary>
    public static void Programme(TextWriter to, JsonElement programme)
    {
        to.WriteLine($"{Text(programme, "programme")}: {Text(programme, "status")}");
        if (programme.GetProperty("resumeApprovals").GetArrayLength() > 0)
            to.WriteLine($"  resuming approved by: {Names(programme, "resumeApprovals")}");
        if (programme.GetProperty("endApprovals").GetArrayLength() > 0)
            to.WriteLine($"  ending approved by: {Names(programme, "endApprovals")}");
        if (programme.GetProperty("draft") is { ValueKind: JsonValueKind.Object } draft) Draft(to, draft);
        else to.WriteLine("  no draft");
    }

    /// <summary>Writes whether an action is done or waits for another approval.</summary>
    public static void Outcome(TextWriter to, JsonElement outcome) => to.WriteLine(
        outcome.GetProperty("done").GetBoolean()
            ? $"Done. Approved by: {Names(outcome, "approvals")}."
            : $"Waiting for another administrator. Approved by: {Names(outcome, "approvals")}.");

    /// <summary>Writes a proposed change of a registration.</summary>
    public static void Proposal(TextWriter to, JsonElement proposal)
    {
        to.WriteLine($"proposal {Text(proposal, "hash")}: {Text(proposal, "act")}, by {Text(proposal, "author")}");
        Differences(to, proposal);
    }

    /// <summary>Writes one action of the record.</summary>
    public static void Action(TextWriter to, JsonElement action)
    {
        to.WriteLine($"{action.GetProperty("number").GetInt64(),5}  {Text(action, "at")}  {Text(action, "act")} by {Text(action, "by")}");
        foreach (var sentence in action.GetProperty("words").EnumerateArray()) to.WriteLine($"         {sentence.GetString()}");
    }

    /// <summary>Writes the report of a simulation.</summary>
    public static void Report(TextWriter to, JsonElement report)
    {
        to.WriteLine($"{Number(report, "subjects")} subjects, {Number(report, "entries")} entries, as of {Text(report, "day")}");
        foreach (var (title, member) in new[] { ("current scores", "now"), ("scores under the draft", "then"), ("changes", "changes") })
            Section(
                to, title, report.GetProperty(member),
                band => $"{Number(band, "from"),9} to {Number(band, "to"),9}  {Number(band, "subjects"),9} subjects");
        Section(
            to, "tier changes", report.GetProperty("crossings"),
            crossing => $"{Text(crossing, "now"),12} -> {Text(crossing, "then"),-12} {Number(crossing, "subjects"),9} subjects");
        Section(
            to, "example histories", report.GetProperty("examples"),
            example => $"{Number(example, "now")} -> {Number(example, "then")}  {Text(example, "story")}");
    }

    private static void Section(TextWriter to, string title, JsonElement elements, Func<JsonElement, string> line)
    {
        to.WriteLine($"{title}:");
        if (elements.GetArrayLength() == 0) to.WriteLine("  none");
        foreach (var element in elements.EnumerateArray()) to.WriteLine($"  {line(element)}");
    }

    private static void Differences(TextWriter to, JsonElement of)
    {
        foreach (var difference in of.GetProperty("differences").EnumerateArray()) to.WriteLine($"  differs: {difference.GetString()}");
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString() ?? "(merged)";

    private static string Number(JsonElement of, string member) =>
        of.GetProperty(member).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static string Names(JsonElement of, string member) =>
        of.GetProperty(member).GetArrayLength() == 0
            ? "none"
            : string.Join(", ", of.GetProperty(member).EnumerateArray().Select(name => name.GetString()));
}
