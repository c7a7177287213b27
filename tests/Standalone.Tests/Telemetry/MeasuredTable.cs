using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Telemetry;

/// <summary>Compares the table of metrics in <c>docs/operations.md</c> with what a listener sees of a running platform.</summary>
internal sealed partial class MeasuredTable
{
    /// <summary>Metrics that are measured only when something goes wrong.</summary>
    private static readonly string[] OfFaults =
        ["scoring.background.failures", "scoring.background.failing", "scoring.background.held"];

    private readonly ConcurrentDictionary<string, string> _published = new();
    private readonly ConcurrentDictionary<string, string> _measured = new();

    /// <summary>Notes an instrument.</summary>
    public void Publish(Instrument instrument)
    {
        if (instrument.Meter.Name == ScoringMeter.Name)
            _published[instrument.Name] = $"{KindOf(instrument)} {instrument.Unit} {instrument.Description}";
    }

    /// <summary>Notes the names of a measurement's tags.</summary>
    public void Record(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Meter.Name != ScoringMeter.Name) return;
        var names = tags.ToArray().Select(tag => tag.Key).Order(StringComparer.Ordinal);
        _measured[instrument.Name] = string.Join(' ', names);
    }

    /// <summary>Waits until each metric was measured, apart from those of faults, and compares all of them with the table.</summary>
    public async Task ShouldBeMeasured(CancellationToken cancellationToken)
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success).ToDictionary(row => row.Groups["name"].Value);
        rows.Count.ShouldBeGreaterThan(40);
        string[] missing;
        do
        {
            missing = [.. rows.Keys.Except(OfFaults).Where(name => !_measured.ContainsKey(name))];
            if (missing.Length > 0)
                await Task.Delay(50, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (missing.Length > 0 && !cancellationToken.IsCancellationRequested);
        missing.ShouldBeEmpty("metrics that were not measured");

        _published.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}").ShouldBe(
            rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row =>
                $"{row.Key} {row.Value.Groups["kind"].Value} {row.Value.Groups["unit"].Value} {row.Value.Groups["meaning"].Value}."));
        foreach (var (name, tags) in _measured)
            tags.ShouldBe(string.Join(' ', TagName().Matches(rows[name].Groups["tags"].Value)
                .Select(tag => tag.Groups[1].Value).Order(StringComparer.Ordinal)), name);
    }

    /// <summary>
    /// Checks that what was measured is exported with its tags, and that everything that alerts and dashboards name is there.
    /// </summary>
    public void ShouldBeExported(string scrape)
    {
        var lines = scrape.Split('\n');
        foreach (var (name, tags) in _measured)
            foreach (var tag in tags.Split(' '))
                lines.ShouldContain(
                    line => line.StartsWith(Exported(name), StringComparison.Ordinal)
                        && line.Contains(Exported(tag), StringComparison.Ordinal),
                    $"{name} {tag}");
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "monitoring"))
            .SelectMany(file => ExportedName().Matches(File.ReadAllText(file))).Select(found => found.Value).Distinct()
            .Where(named => !OfFaults.Any(fault => named.StartsWith(Exported(fault), StringComparison.Ordinal)))
            .Where(named => !lines.Any(line => line.StartsWith(named, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static string Exported(string name) => name.Replace('.', '_');

    [GeneratedRegex(@"\bscoring_\w+")]
    private static partial Regex ExportedName();

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();

    [GeneratedRegex(
        @"^\| `(?<name>scoring\.[a-z._]+)` \| (?<kind>\w+) \| (?<unit>[^ |]+) \| (?<tags>[^|]*)\| [^|]*\| (?<meaning>.+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex TagName();
}
