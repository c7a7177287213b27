using System.Globalization;
using Scoring.Faults;
using Scoring.Histories;

namespace Scoring.Soaks;

/// <summary>What a run found.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="History">What the clients did and saw.</param>
/// <param name="Result">What the checker found.</param>
/// <param name="Recoveries">Every fault with the times that clients waited.</param>
/// <param name="Notes">What faults reported.</param>
/// <param name="Skipped">The faults that were not injected, each with its reason.</param>
/// <param name="Endings">How often each member ended by itself and was started again.</param>
/// <param name="Memory">The most memory of each member, in bytes.</param>
/// <param name="BusyWithoutRetryAfter">How many answers 429 and 503 had no <c>Retry-After</c>.</param>
/// <param name="GivenUp">How many batches were given up after all attempts.</param>
internal sealed record SoakReport(
    int Seed, History History, CheckResult Result, IReadOnlyList<Recovery> Recoveries, FaultNotes Notes,
    IReadOnlyDictionary<string, string> Skipped, IReadOnlyDictionary<string, int> Endings, IReadOnlyDictionary<string, long> Memory,
    long BusyWithoutRetryAfter, long GivenUp)
{
    private const double MiB = 1024 * 1024;

    /// <summary>How many requests were answered with a status from 500 on that is not 503. The platform has no such answer.</summary>
    public long Errors => History.Sends.LongCount(send => IsError(send.Status)) + History.Queries.LongCount(query => IsError(query.Status));

    /// <summary>Whether nothing was lost, doubled, wrong or stale, and no fault found a fault of the platform.</summary>
    public bool HasPassed => Result.MismatchCount == 0 && Notes.Failures.Count == 0 && BusyWithoutRetryAfter == 0 && Errors == 0;

    /// <summary>Returns the report as lines of text.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Text($"seed {Seed}, {History.Now:hh\\:mm\\:ss}, {Recoveries.Count} faults");
        yield return "";
        yield return "fault                count   events again after, s     every subject answered after, s";
        yield return "                             median     worst          median     worst";
        foreach (var kind in Recoveries.GroupBy(one => one.Fault).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            yield return Text($"{kind.Key,-20} {kind.Count(),5}   ") + Pair(kind.Select(one => one.Events)) + "          "
                + Pair(kind.Select(one => one.Answers));
        }
        foreach (var (name, why) in Skipped) yield return $"{name,-20} skipped: {why}";
        foreach (var line in Notes.Lines) yield return line;
        yield return "";
        foreach (var line in Operations()) yield return line;
        yield return "members that ended by themselves: " + List(Endings, count => Text($"{count}"));
        yield return "greatest memory, MiB: " + List(Memory, bytes => Text($"{bytes / MiB:0}"));
        yield return "";
        yield return Text($"{Result.Events} events sent, {Result.Acknowledged} acknowledged, {Result.Kept} in the ledger, ")
            + Text($"{Result.Answers} answers compared, {Result.NeutralAnswers} of them neutral before a grant began by a clock behind");
        foreach (var finding in Notes.Failures.Concat(Result.Mismatches)) yield return finding;
        yield return Text($"{Result.MismatchCount} mismatches, {Notes.Failures.Count} failures: {(HasPassed ? "passed" : "FAILED")}");
    }

    private IEnumerable<string> Operations()
    {
        var sends = History.Sends;
        var queries = History.Queries;
        yield return "batches: " + Outcomes(sends.Select(send => (send.Outcome, send.Status)))
            + Text($", {GivenUp} given up; answered after {Percentiles(sends.Where(IsDone).Select(send => send.To - send.From))}");
        yield return "queries: " + Outcomes(queries.Select(query => (query.Outcome, query.Status)))
            + "; answered after "
            + Percentiles(queries.Where(query => query.Outcome == Outcome.Done).Select(query => query.To - query.From));
        yield return "any query ended after " + Percentiles(queries.Select(query => query.To - query.From));
        yield return Text($"answers 429 and 503 without Retry-After: {BusyWithoutRetryAfter}; statuses from 500 on except 503: {Errors}");

        static bool IsDone(SendOperation send) => send.Outcome == Outcome.Done;
    }

    private static bool IsError(int status) => status is >= 500 and not 503;

    private static string Outcomes(IEnumerable<(Outcome Outcome, int Status)> operations) => string.Join(
        ", ", operations.GroupBy(one => one).OrderBy(same => same.Key)
            .Select(same => Text($"{same.Count()} {same.Key.Outcome.ToString().ToLowerInvariant()}")
                + (same.Key.Status == 0 ? "" : Text($" ({same.Key.Status})"))));

    private static string Percentiles(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0
            ? "no time"
            : Text($"{At(0.5):0} ms (median), {At(0.9):0} ms (90 %), {At(0.99):0} ms (99 %), {sorted[^1]:0} ms (worst)");

        double At(double part) => sorted[(int)(part * (sorted.Length - 1))];
    }

    private static string Pair(IEnumerable<TimeSpan?> times)
    {
        var sorted = times.Select(time => time?.TotalSeconds ?? double.PositiveInfinity).Order().ToArray();
        return Text($"{sorted[sorted.Length / 2],6:0.0}    {sorted[^1],6:0.0}");
    }

    private static string List<T>(IReadOnlyDictionary<string, T> values, Func<T, string> text) =>
        values.Count == 0 ? "none" : string.Join(", ", values.OrderBy(one => one.Key).Select(one => $"{one.Key} {text(one.Value)}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
