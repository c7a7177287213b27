using Scoring.Client;
using Spectre.Console;

namespace Scoring.City.Demos;

/// <summary>Writes the explanation of a score as a participant can see it.</summary>
public static class ExplanationView
{
    private const int FadesShown = 3;

    /// <summary>Writes an explanation.</summary>
    public static void Print(Explanation explanation)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "why", "points");
        table.Columns[2].RightAligned();
        table.Title = new TableTitle(Markup.Escape(
            $"{explanation.Programme}, {explanation.Day:O}: {explanation.Score} points, tier {explanation.Tier}"));
        table.AddRow("", "every score starts here", $"{explanation.Floor}");
        foreach (var rule in explanation.Rules)
            table.AddRow(Markup.Escape(rule.Rule), Markup.Escape(rule.Reason), $"{rule.Worth}");
        if (explanation.Limit != 0) table.AddRow("", "floor and ceiling", $"{explanation.Limit}");
        table.AddRow("", "score", $"{explanation.Score}");
        AnsiConsole.Write(table);
        List("Main reasons", explanation.MainReasons.Select(reason => $"{reason.Reason} ({reason.Worth})"));
        if (explanation.NextTier is { } next)
            Console.WriteLine($"Next tier: {next.Tier} from {next.From}, {next.Missing} points missing");
        List(
            "What would raise the score",
            explanation.Raises.Select(raise => $"{raise.Reason} (up to {raise.UpToPerEvent} each, {raise.Room} left)"));
        List(
            "How the score fades without new events",
            explanation.Fades.Take(FadesShown).Select(fade => $"{fade.Day:O}: {fade.Score} points"));
    }

    private static void List(string title, IEnumerable<string> lines)
    {
        Console.WriteLine($"{title}:");
        foreach (var line in lines.DefaultIfEmpty("nothing")) Console.WriteLine($"  - {line}");
    }
}
