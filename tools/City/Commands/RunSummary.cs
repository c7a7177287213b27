using Scoring.City.Expected;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Spectre.Console;

namespace Scoring.City.Commands;

/// <summary>Writes the summary at the end of a run.</summary>
public static class RunSummary
{
    private const int MismatchesShown = 20;

    /// <summary>Writes the results of a run. Returns whether no event was refused and no comparison differed.</summary>
    /// <param name="session">The run's session.</param>
    /// <param name="results">The results of the comparisons; empty when nothing was compared.</param>
    /// <param name="rows">More lines, which are written first.</param>
    public static bool Print(Session session, IReadOnlyList<VerificationResult> results, IReadOnlyList<(string Name, string Value)> rows)
    {
        var sender = session.Sender;
        string[] mismatches = [.. results.SelectMany(result => result.Mismatches)];
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in rows) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        table.AddRow("accepted", $"{sender.Accepted:N0}");
        table.AddRow("counted", $"{session.ExpectedEvents.Count:N0}");
        table.AddRow("refused", $"{sender.Refused:N0}");
        if (results.Count > 0)
        {
            table.AddRow("subjects compared", $"{results.Sum(result => result.Checked):N0}");
            table.AddRow("queries compared", $"{results.Sum(result => result.Queried):N0}");
            table.AddRow("mismatches", $"{mismatches.Length:N0}");
        }
        table.AddRow("retries", $"{session.Api.Retries:N0} requests");
        if (sender.Busy > TimeSpan.Zero) table.AddRow("events per second", $"{sender.Accepted / sender.Busy.TotalSeconds:N0}");
        table.AddRow("time per batch", Percentiles.Text(sender.LatenciesMs));
        AnsiConsole.Write(table);
        foreach (var reason in sender.Reasons) Console.WriteLine($"refused: {(reason.Length > 400 ? reason[..400] + "…" : reason)}");
        foreach (var mismatch in mismatches.Take(MismatchesShown)) Console.WriteLine($"mismatch: {mismatch}");
        return sender.Refused == 0 && mismatches.Length == 0;
    }

    /// <summary>Describes a file's rows in lines for <see cref="Print"/>.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(RowFile file)
    {
        yield return (file.Format, $"{file.Rows:N0} rows");
        foreach (var (reason, count) in file.Skipped) yield return ($"  left out, {reason}", $"{count:N0}");
        if (file.Generated > 0) yield return ("  synthetic trips added", $"{file.Generated:N0}");
    }
}
