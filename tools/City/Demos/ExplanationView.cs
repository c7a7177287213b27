using System.Text.Json;
using Spectre.Console;

namespace Scoring.City.Demos;

/// <summary>Writes the explanation of a score as a participant can see it.</summary>
public static class ExplanationView
{
    private const int FadesShown = 3;

    /// <summary>Writes an explanation.</summary>
    public static void Print(JsonElement explanation)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "why", "points");
        table.Columns[2].RightAligned();
        table.Title = new TableTitle(Markup.Escape(
            $"{explanation.GetProperty("programme").GetString()}, {explanation.GetProperty("day").GetString()}: "
            + $"{explanation.GetProperty("score")} points, tier {explanation.GetProperty("tier").GetString()}"));
        table.AddRow("", "every score starts here", explanation.GetProperty("floor").ToString());
        foreach (var rule in explanation.GetProperty("rules").EnumerateArray())
            table.AddRow(Cell(rule, "rule"), Cell(rule, "reason"), Cell(rule, "worth"));
        if (explanation.GetProperty("limit").GetInt64() != 0)
            table.AddRow("", "floor and ceiling", explanation.GetProperty("limit").ToString());
        table.AddRow("", "score", explanation.GetProperty("score").ToString());
        AnsiConsole.Write(table);
        List("Main reasons",
            explanation.GetProperty("mainReasons").EnumerateArray().Select(r => $"{Text(r, "reason")} ({r.GetProperty("worth")})"));
        if (explanation.TryGetProperty("nextTier", out var next) && next.ValueKind == JsonValueKind.Object)
            Console.WriteLine(
                $"Next tier: {Text(next, "tier")} from {next.GetProperty("from")}, {next.GetProperty("missing")} points missing");
        List("What would raise the score", explanation.GetProperty("raises").EnumerateArray()
            .Select(r => $"{Text(r, "reason")} (up to {r.GetProperty("upToPerEvent")} each, {r.GetProperty("room")} left)"));
        List("How the score fades without new events", explanation.GetProperty("fades").EnumerateArray().Take(FadesShown)
            .Select(f => $"{f.GetProperty("day").GetString()}: {f.GetProperty("score")} points"));
    }

    private static string Text(JsonElement line, string member) => line.GetProperty(member).GetString() ?? "";

    private static string Cell(JsonElement rule, string member) => Markup.Escape(rule.GetProperty(member).ToString());

    private static void List(string title, IEnumerable<string> lines)
    {
        Console.WriteLine($"{title}:");
        foreach (var line in lines.DefaultIfEmpty("nothing")) Console.WriteLine($"  - {line}");
    }
}
