using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>What administrators read, in lines.</summary>
public static class AdminView
{
    /// <summary>A draft: hash, approvals, problems, differences.</summary>
    public static void Draft(TextWriter to, JsonElement draft)
    {
        to.WriteLine($"draft {Text(draft, "hash")} of {Text(draft, "programme")} by {Text(draft, "author")}");
        to.WriteLine($"  approved by: {Names(draft, "approvals")}");
        Words(to, draft);
        var problems = JsonNode.Parse(draft.GetProperty("problems").GetRawText())!.AsArray();
        if (problems.Count > 0) to.WriteLine($"  {problems.Count} to mend:");
        foreach (var line in Platform.AdministratorClient.Problems(problems)) to.WriteLine(line);
        if (draft.GetProperty("widens").GetBoolean()) to.WriteLine("  asks everybody for consent again from its first day on");
    }

    /// <summary>How a programme stands.</summary>
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

    /// <summary>What became of an act.</summary>
    public static void Outcome(TextWriter to, JsonElement outcome) => to.WriteLine(
        outcome.GetProperty("done").GetBoolean()
            ? $"Done, by {Names(outcome, "approvals")}."
            : $"Waits for another administrator; so far {Names(outcome, "approvals")}.");

    /// <summary>A proposed change of a registration.</summary>
    public static void Proposal(TextWriter to, JsonElement proposal)
    {
        to.WriteLine($"proposal {Text(proposal, "hash")}: {Text(proposal, "act")}, by {Text(proposal, "author")}");
        Words(to, proposal);
    }

    /// <summary>One act of the record.</summary>
    public static void Act(TextWriter to, JsonElement act)
    {
        to.WriteLine($"{act.GetProperty("number").GetInt64(),5}  {Text(act, "at")}  {Text(act, "act")} by {Text(act, "by")}");
        foreach (var word in act.GetProperty("words").EnumerateArray()) to.WriteLine($"         {word.GetString()}");
    }

    /// <summary>What a draft would change.</summary>
    public static void Report(TextWriter to, JsonElement report)
    {
        to.WriteLine($"{Number(report, "subjects")} subjects, {Number(report, "entries")} entries, as of {Text(report, "day")}");
        foreach (var (title, member) in new[] { ("scores now", "now"), ("scores then", "then"), ("changes", "changes") })
        {
            to.WriteLine($"{title}:");
            foreach (var band in report.GetProperty(member).EnumerateArray())
                to.WriteLine($"  {Number(band, "from"),9} to {Number(band, "to"),9}  {Number(band, "subjects"),9} subjects");
        }

        to.WriteLine("from tier to tier:");
        foreach (var crossing in report.GetProperty("crossings").EnumerateArray())
            to.WriteLine($"  {Text(crossing, "now"),12} -> {Text(crossing, "then"),-12} {Number(crossing, "subjects"),9} subjects");
        to.WriteLine("made-up histories:");
        foreach (var example in report.GetProperty("examples").EnumerateArray())
            to.WriteLine($"  {Number(example, "now")} -> {Number(example, "then")}  {Text(example, "story")}");
    }

    private static void Words(TextWriter to, JsonElement of)
    {
        foreach (var word in of.GetProperty("differences").EnumerateArray()) to.WriteLine($"  differs: {word.GetString()}");
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString() ?? "rare ones";

    private static string Number(JsonElement of, string member) =>
        of.GetProperty(member).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static string Names(JsonElement of, string member) =>
        of.GetProperty(member).GetArrayLength() == 0
            ? "nobody"
            : string.Join(", ", of.GetProperty(member).EnumerateArray().Select(name => name.GetString()));
}
