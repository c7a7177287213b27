using Scoring.City.Expected;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Spectre.Console;

namespace Scoring.City.Commands;

/// <summary>What is said at the end.</summary>
public static class RunSummary
{
    private const int MismatchesShown = 20;

    /// <summary>Prints what became of a run; <see langword="true"/> when nothing unexpected happened.</summary>
    /// <param name="session">The run's session.</param>
    /// <param name="findings">What the comparisons found; empty when nothing was compared.</param>
    /// <param name="rows">More lines, in front.</param>
    public static bool Print(Session session, IReadOnlyList<VerificationResult> findings, IReadOnlyList<(string Name, string Value)> rows)
    {
        var sender = session.Sender;
        string[] mismatches = [.. findings.SelectMany(f => f.Mismatches)];
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in rows) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        table.AddRow("accepted", $"{sender.Accepted:N0}");
        table.AddRow("counted", $"{session.ExpectedEvents.Count:N0}");
        table.AddRow("refused", $"{sender.Refused:N0}");
        if (findings.Count > 0)
        {
            table.AddRow("subjects compared", $"{findings.Sum(f => f.Checked):N0}");
            table.AddRow("queries compared", $"{findings.Sum(f => f.Queried):N0}");
            table.AddRow("mismatches", $"{mismatches.Length:N0}");
        }
        table.AddRow("sent again", $"{session.Api.Retries:N0} requests");
        if (sender.Busy > TimeSpan.Zero) table.AddRow("events a second", $"{sender.Accepted / sender.Busy.TotalSeconds:N0}");
        table.AddRow("batch answered", Percentiles.Text(sender.LatenciesMs));
        AnsiConsole.Write(table);
        foreach (var reason in sender.Reasons) Console.WriteLine($"refused: {(reason.Length > 400 ? reason[..400] + "…" : reason)}");
        foreach (var mismatch in mismatches.Take(MismatchesShown)) Console.WriteLine($"mismatch: {mismatch}");
        return sender.Refused == 0 && mismatches.Length == 0;
    }

    /// <summary>What the files held, for <see cref="Print"/>.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(RowFile file)
    {
        yield return (file.Format, $"{file.Rows:N0} rows");
        foreach (var (reason, count) in file.Skipped) yield return ($"  left out, {reason}", $"{count:N0}");
        if (file.Generated > 0) yield return ("  made up beside them (daily trips)", $"{file.Generated:N0}");
    }
}

/// <summary>Middle and end of a list of times.</summary>
public static class Percentiles
{
    /// <summary>The value that so many per cent do not exceed (nearest rank); 0 of nothing.</summary>
    public static double Of(IReadOnlyList<double> values, double percent)
    {
        if (values.Count == 0) return 0;
        double[] sorted = [.. values.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>p50, p99 and the greatest, in milliseconds.</summary>
    public static string Text(IReadOnlyList<double> values) =>
        $"p50 {Of(values, 50):N0} ms, p99 {Of(values, 99):N0} ms, max {Of(values, 100):N0} ms";
}
