using System.Text.Json;
using Spectre.Console;

namespace Scoring.City.Demos;

/// <summary>A participant's explanation as it could be shown to them.</summary>
public static class ExplanationView
{
    private const int FadesShown = 3;

    /// <summary>Prints one.</summary>
    public static void Print(JsonElement told)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "why", "points");
        table.Columns[2].RightAligned();
        table.Title = new TableTitle(Markup.Escape(
            $"{told.GetProperty("programme").GetString()}, {told.GetProperty("day").GetString()}: {told.GetProperty("score")} points, " +
            $"tier {told.GetProperty("tier").GetString()}"));
        table.AddRow("", "where everyone starts", told.GetProperty("floor").ToString());
        foreach (var rule in told.GetProperty("rules").EnumerateArray())
            table.AddRow(Cell(rule, "rule"), Cell(rule, "reason"), Cell(rule, "worth"));
        if (told.GetProperty("limit").GetInt64() != 0) table.AddRow("", "floor and ceiling", told.GetProperty("limit").ToString());
        table.AddRow("", "score", told.GetProperty("score").ToString());
        AnsiConsole.Write(table);
        List("Main reasons",
            told.GetProperty("mainReasons").EnumerateArray().Select(r => $"{Text(r, "reason")} ({r.GetProperty("worth")})"));
        if (told.TryGetProperty("nextTier", out var next) && next.ValueKind == JsonValueKind.Object)
            Console.WriteLine(
                $"Next tier: {Text(next, "tier")} from {next.GetProperty("from")}, {next.GetProperty("missing")} points away");
        List("What would raise it", told.GetProperty("raises").EnumerateArray()
            .Select(r => $"{Text(r, "reason")} (up to {r.GetProperty("upToPerEvent")} each, {r.GetProperty("room")} left)"));
        List("What fades by itself", told.GetProperty("fades").EnumerateArray().Take(FadesShown)
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
