using System.Globalization;
using System.Text.Json;

namespace Scoring.Bench.Neutral;

/// <summary>One kind compared with the unknown kind of its family, in one condition.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Condition">
/// Cold or warm, idle or under load. With known ticks, a time is how much longer an answer took than those of requests that were sent at
/// the same moment of a period.
/// </param>
/// <param name="Count">How many answers of the kind.</param>
/// <param name="D">The greatest distance between both distributions.</param>
/// <param name="P">The probability of such a distance by chance.</param>
/// <param name="Holm">P corrected for the number of comparisons; <see langword="null"/> for a kind that is shown only.</param>
/// <param name="Auc">The probability that an answer of the kind takes longer than one of the unknown kind; 0.5 when nothing shows.</param>
/// <param name="AucLow">The lower end of its 95 % confidence interval.</param>
/// <param name="AucHigh">The upper end.</param>
/// <param name="LaterMs">The difference of the means, in milliseconds.</param>
/// <param name="MedianMs">The median of the kind, in milliseconds.</param>
/// <param name="UnknownMedianMs">The median of the unknown kind, in milliseconds.</param>
/// <param name="P99Ms">The 99th percentile of the kind, in milliseconds.</param>
/// <param name="UnknownP99Ms">The 99th percentile of the unknown kind, in milliseconds.</param>
public sealed record NeutralRow(
    string Kind, string Condition, int Count, double D, double P, double? Holm, double Auc, double AucLow, double AucHigh,
    double LaterMs, double MedianMs, double UnknownMedianMs, double P99Ms, double UnknownP99Ms);

/// <summary>The result of the bench, which prints it as one line of JSON.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Alpha">The level.</param>
/// <param name="Differences">The kinds that differ from the unknown kind. Each is a defect.</param>
/// <param name="Blind">The bench's own delays that it did not find. Then it proves nothing.</param>
/// <param name="Rows">All comparisons.</param>
public sealed record NeutralResult(
    string Bench, int Cores, double Alpha, IReadOnlyList<string> Differences, IReadOnlyList<string> Blind, IReadOnlyList<NeutralRow> Rows)
{
    /// <summary>Returns the line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Writes the comparisons as a table.</summary>
    public void Write(TextWriter to)
    {
        to.WriteLine($"{"kind",-28} {"condition",-22} {"n",6} {"D",7} {"p",9} {"Holm",9} {"AUC (95 %)",20} "
            + $"{"later ms",9} {"median",14} {"p99",14}");
        foreach (var row in Rows)
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Kind,-28} {row.Condition,-22} {row.Count,6} {row.D,7:0.0000} {row.P,9:0.00000} "
                    + $"{row.Holm,9:0.00000} {row.Auc,6:0.000} ({row.AucLow:0.000}-{row.AucHigh:0.000}) {row.LaterMs,9:0.00} "
                    + $"{row.MedianMs,6:0.0} {row.UnknownMedianMs,7:0.0} {row.P99Ms,6:0.0} {row.UnknownP99Ms,7:0.0}"));
    }
}
