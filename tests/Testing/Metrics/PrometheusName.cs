using Scoring.Hosting;

namespace Scoring.Testing;

/// <summary>
/// The names of metrics in Prometheus by OpenTelemetry's rules: dots become underscores, the unit follows, then <c>_total</c> behind a
/// counter. A histogram is three series.
/// </summary>
public static class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes" };

    /// <summary>The series of a metric.</summary>
    public static IReadOnlyList<string> Of(Measure measure)
    {
        var name = Of(measure.Instrument.Name, measure.Instrument.Unit, measure.Kind);
        return measure.Kind == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    /// <summary>The name of a metric, without what follows the name of a histogram.</summary>
    /// <exception cref="ArgumentException">The unit has no name in Prometheus here.</exception>
    public static string Of(string name, string? unit, string kind)
    {
        var parts = name.Replace('.', '_');
        // A unit in braces is a word for people. 1 is a ratio, and a gauge alone says so.
        if (unit is not null && unit.StartsWith('{')) unit = null;
        if (unit == "1") unit = null;
        if (unit is not null)
        {
            var suffix = Units.TryGetValue(unit, out var known) ? known : throw new ArgumentException($"{name} has the unit {unit}.");
            if (!parts.EndsWith("_" + suffix, StringComparison.Ordinal)) parts += "_" + suffix;
        }
        return kind == "counter" && !parts.EndsWith("_total", StringComparison.Ordinal) ? parts + "_total" : parts;
    }
}
