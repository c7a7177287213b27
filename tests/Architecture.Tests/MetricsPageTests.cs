using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Scoring.Hosting;

namespace Scoring.Architecture;

/// <summary>
/// Checks that the table of metrics in <c>docs/operations.md</c> equals the code and the alerts. A test of Standalone compares it with what
/// a running platform measures.
/// </summary>
[Collection("docs/operations.md")] // both may write it
public sealed partial class MetricsPageTests
{
    [Fact]
    public void The_table_of_metrics_equals_the_code()
    {
        string[] rows = [.. PlatformMetrics.All.Select(Row)];
        rows.Length.ShouldBeGreaterThan(40);
        GeneratedTable.ShouldHold(
            "docs/operations.md", "metrics",
            ["| name | kind | unit | tags | alert | meaning |", "|---|---|---|---|---|---|", .. rows]);
    }

    /// <summary>So no metric has another meter, no unit or no description.</summary>
    [Fact]
    public void Every_instrument_is_made_by_the_one_meter_and_held_by_a_class_of_metrics()
    {
        PlatformMetrics.Fields.Select(field => field.GetValue(null)).ShouldBe(
            PlatformMetrics.All.Select(measure => (object)measure.Instrument), ignoreOrder: true);
        PlatformMetrics.Fields.Select(field => field.DeclaringType!.Name).Distinct()
            .ShouldAllBe(name => name.EndsWith("Metrics", StringComparison.Ordinal));
        SourceTree.Code().Where(code => code.Path.StartsWith("src", StringComparison.Ordinal)
                && Path.GetFileName(code.Path) != "ScoringMeter.cs" && code.Lines.Any(line => Making().IsMatch(line)))
            .Select(code => code.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_metric_is_named_by_the_rules_of_OpenTelemetry_and_described()
    {
        foreach (var measure in PlatformMetrics.All)
        {
            var name = measure.Instrument.Name;
            var unit = measure.Instrument.Unit;
            Named().IsMatch(name).ShouldBeTrue(name);
            unit.ShouldNotBeNull(name);
            Unit().IsMatch(unit).ShouldBeTrue($"{name} has the unit {unit}");
            name.ShouldNotContain("second", Case.Insensitive, "the unit is no part of the name");
            measure.Instrument.Description.ShouldNotBeNullOrWhiteSpace(name);
            measure.Instrument.Description.ShouldEndWith(".");
            measure.Tags.ShouldAllBe(tag => Tag().IsMatch(tag));
            if (measure.Kind == "histogram") BoundsOf(measure.Instrument).ShouldBeGreaterThan(4, name);
        }
    }

    private static string Row(Measure measure)
    {
        var instrument = measure.Instrument;
        var alerts = AlertRule.All.Where(rule => rule.Metrics.Contains(measure))
            .Select(rule => $"[{rule.Name}](runbooks.md#{rule.Name.ToLowerInvariant()})");
        var tags = string.Join(", ", measure.Tags.Select(tag => $"`{tag}`"));
        return $"| `{instrument.Name}` | {measure.Kind} | {instrument.Unit} | {tags} | {string.Join(", ", alerts)} | "
            + $"{instrument.Description![..^1]} |";
    }

    /// <summary>The number of buckets that a histogram asks for.</summary>
    private static int BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> durations => durations.Advice?.HistogramBucketBoundaries?.Count ?? 0,
        Histogram<long> sizes => sizes.Advice?.HistogramBucketBoundaries?.Count ?? 0,
        _ => 0,
    };

    [GeneratedRegex(@"new Meter\(|\bMeter \w+ = new|\.Create(UpDownCounter|Counter|Histogram|Gauge|Observable\w+)<?")]
    private static partial Regex Making();

    [GeneratedRegex(@"^scoring(\.[a-z]+(_[a-z]+)*)+$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(s|By|1|\{[a-z]+\})$")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^[a-z]+([._][a-z]+)*$")]
    private static partial Regex Tag();
}
