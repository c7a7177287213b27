using System.Globalization;
using System.Text.Json;

namespace Scoring.Bench.Neutral;

/// <summary>One kind compared with nobody, in one condition.</summary>
/// <param name="Kind">What was asked about.</param>
/// <param name="Condition">Cold or warm, idle or under load.</param>
/// <param name="Count">How many answers of each.</param>
/// <param name="D">The greatest distance between both distributions.</param>
/// <param name="P">How often as great a distance comes about by chance.</param>
/// <param name="Holm">The same, corrected for the number of comparisons; <see langword="null"/> for what is shown only.</param>
/// <param name="LaterMs">By how much its mean is later than nobody's.</param>
/// <param name="MedianMs">Its median.</param>
public sealed record NeutralRow(
    string Kind, string Condition, int Count, double D, double P, double? Holm, double LaterMs, double MedianMs);

/// <summary>What the bench prints, one line of JSON.</summary>
/// <param name="Bench">Its name.</param>
/// <param name="Cores">Processors that platform, database and client share.</param>
/// <param name="Alpha">The level.</param>
/// <param name="Differences">Kinds that differ from nobody: each is a defect.</param>
/// <param name="Blind">Delays put in by the bench itself that were not found: it has proved nothing then.</param>
/// <param name="Rows">Every comparison.</param>
public sealed record NeutralResult(
    string Bench, int Cores, double Alpha, IReadOnlyList<string> Differences, IReadOnlyList<string> Blind, IReadOnlyList<NeutralRow> Rows)
{
    /// <summary>The line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>The same to read.</summary>
    public void Write(TextWriter to)
    {
        to.WriteLine($"{"kind",-28} {"condition",-10} {"n",6} {"D",7} {"p",9} {"Holm",9} {"later ms",9} {"median",7}");
        foreach (var row in Rows)
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Kind,-28} {row.Condition,-10} {row.Count,6} {row.D,7:0.0000} {row.P,9:0.00000} "
                    + $"{row.Holm,9:0.00000} {row.LaterMs,9:0.00} {row.MedianMs,7:0.0}"));
    }
}
