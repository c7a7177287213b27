using System.Diagnostics;
using Scoring.Hosting;
using Scoring.Partitions;

namespace Scoring.Ledger;

/// <summary>
/// The spans of an append. A commit belongs to many appends: its span continues the trace of the first traced one and links to the others,
/// and they link to it. An append that no traced request made has none. No span holds anything of a row.
/// </summary>
internal static class LedgerSpans
{
    private const int LinksMax = 8;

    /// <summary>The span to which what is appended now belongs; <see langword="null"/> when it is not traced.</summary>
    public static Activity? Current => Activity.Current is { Recorded: true, IsStopped: false } span ? span : null;

    /// <summary>Starts the span of an append.</summary>
    public static Activity? Append(int rows) => CallTrace.Start("append")?.SetTag("scoring.rows", rows);

    /// <summary>Starts the span of a commit.</summary>
    public static Activity? Flush(IReadOnlyList<PendingRow> rows) => Shared("flush", rows);

    /// <summary>Starts the span of a call that gives rows to the silo that owns their partition.</summary>
    public static Activity? Route(IReadOnlyList<PendingRow> rows)
    {
        var span = Shared("route", rows);
        if (span is not null) CallTrace.Hand(span);
        return span;
    }

    private static Activity? Shared(string name, IReadOnlyList<PendingRow> rows)
    {
        if (!CallTrace.IsOn) return null;
        var appends = new HashSet<Activity>(LinksMax);
        for (var i = 0; i < rows.Count && appends.Count < LinksMax; i++)
            if (rows[i].Request.Span is { } append) appends.Add(append);
        if (appends.Count == 0) return null;
        var first = appends.First();
        var links = appends.Skip(1).Select(append => new ActivityLink(append.Context)).ToArray();
        var span = CallTrace.Start(name, first.Context, links)?.SetTag("scoring.rows", rows.Count);
        if (span is null) return null;
        foreach (var append in appends.Skip(1).Where(append => !append.IsStopped)) append.AddLink(new ActivityLink(span.Context));
        return span;
    }
}
