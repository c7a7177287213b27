using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scoring.Testing;

namespace Scoring.Architecture;

/// <summary>
/// Checks <c>deploy/monitoring</c>: dashboards and alerts name exported metrics only, Prometheus accepts the rules and their tests, and
/// each alert has its section in <c>docs/runbooks.md</c>.
/// </summary>
public sealed partial class MonitoringTests : IDisposable
{
    /// <summary>The parts of a section of the runbooks.</summary>
    private static readonly string[] Parts = ["**It means**", "**Look at**", "**Do**", "**It is over**"];

    private static readonly string Tests = Path.Combine(AlertRule.Folder, "scoring.rules.test.yml");

    private readonly string _scratch = Directory.CreateTempSubdirectory("scoring-monitoring-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public void Every_metric_in_dashboards_alerts_and_their_tests_is_exported()
    {
        var named = Directory.EnumerateFiles(AlertRule.Folder).Found("files of monitoring")
            .SelectMany(file => AlertRule.SeriesIn(File.ReadAllText(file)).Select(name => $"{Path.GetFileName(file)} {name}")).ToArray();
        named.Length.ShouldBeGreaterThan(60);
        named.Where(one => !PlatformMetrics.Series.ContainsKey(one.Split(' ')[1])).ShouldBeEmpty();
    }

    /// <summary>What a dashboard does not show is not looked at.</summary>
    [Fact]
    public void Every_metric_is_on_a_dashboard()
    {
        var shown = Dashboards().SelectMany(dashboard => Expressions(dashboard.Json)).SelectMany(AlertRule.SeriesIn)
            .Select(name => PlatformMetrics.Series[name]).ToHashSet();
        PlatformMetrics.All.Except(shown).Select(measure => measure.Instrument.Name).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_four_dashboards_and_each_panel_says_what_it_shows()
    {
        Dashboards().Select(dashboard => dashboard.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["erasure-and-proofs.json", "folds.json", "ledger.json", "traffic.json"]);
        Dashboards().Select(dashboard => dashboard.Json.GetProperty("uid").GetString()).Distinct().Count().ShouldBe(4);
        foreach (var (name, json) in Dashboards())
        foreach (var panel in json.GetProperty("panels").EnumerateArray())
        {
            var title = panel.GetProperty("title").GetString();
            panel.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace($"{name} {title}");
            panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString().ShouldNotBeNullOrEmpty(title);
            panel.GetProperty("targets").GetArrayLength().ShouldBeGreaterThan(0, title);
        }
    }

    [Fact]
    public void Every_alert_has_its_runbook_and_every_runbook_an_alert()
    {
        var sections = Sections();
        sections.Select(section => section.Name).ShouldBe(AlertRule.All.Select(rule => rule.Name));
        foreach (var (name, text) in sections) Parts.Where(part => !text.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty(name);
        AlertRule.All
            .Where(rule => !rule.Text.Contains($"runbook: docs/runbooks.md#{rule.Name.ToLowerInvariant()}\n", StringComparison.Ordinal))
            .Select(rule => rule.Name).ShouldBeEmpty();
        AlertRule.All.Where(rule => !Severity().IsMatch(rule.Text)).Select(rule => rule.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_is_seen_to_fire_and_to_stay_quiet()
    {
        var tested = Tested().Matches(File.ReadAllText(Tests)).Select(found =>
            (Alert: found.Groups["name"].Value, Fires: !found.Groups["none"].Success)).ToArray();
        foreach (var fires in new[] { true, false })
            AlertRule.All.Select(rule => rule.Name).Except(tested.Where(test => test.Fires == fires).Select(test => test.Alert))
                .ShouldBeEmpty(fires ? "alerts that no test sees fire" : "alerts that no test sees quiet");
    }

    [Fact]
    public async Task Prometheus_accepts_the_rules_the_dashboards_expressions_and_the_configuration()
    {
        await Promtool("check", "rules", Path.Combine(AlertRule.Folder, "scoring.rules.yml"));
        await Promtool("check", "config", Path.Combine(AlertRule.Folder, "prometheus.yml"));
        var rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
        foreach (var (index, expression) in Dashboards().SelectMany(dashboard => Expressions(dashboard.Json)).Index())
        {
            var query = expression.Replace("$__rate_interval", "5m", StringComparison.Ordinal);
            query.ShouldNotContain("$__");
            rules.Append(null, $"  - record: panel:{index}\n    expr: {JsonSerializer.Serialize(query)}\n");
        }
        var file = Path.Combine(_scratch, "dashboards.yml");
        await File.WriteAllTextAsync(file, rules.ToString());
        await Promtool("check", "rules", file);
    }

    [Fact]
    public Task Prometheus_fires_the_alerts_as_their_tests_say() => Promtool("test", "rules", Tests);

    /// <summary>A check that accepts everything would not be noticed.</summary>
    [Fact]
    public async Task A_wrong_rule_and_a_wrong_test_are_found()
    {
        var wrong = Path.Combine(_scratch, "wrong.yml");
        await File.WriteAllTextAsync(wrong, "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: sum(rate(x[5m])\n");
        (await Should.ThrowAsync<InvalidOperationException>(() => Promtool("check", "rules", wrong))).Message.ShouldContain("FAILED");
        var text = await File.ReadAllTextAsync(Tests);
        File.Copy(Path.Combine(AlertRule.Folder, "scoring.rules.yml"), Path.Combine(_scratch, "scoring.rules.yml"));
        var other = Path.Combine(_scratch, "scoring.rules.test.yml");
        await File.WriteAllTextAsync(other, text.Replace("severity: critical", "severity: harmless", StringComparison.Ordinal));
        (await Should.ThrowAsync<InvalidOperationException>(() => Promtool("test", "rules", other))).Message.ShouldContain("FAILED");
    }

    [Theory]
    [InlineData("scoring.ledger.flush.duration", "s", "histogram", "scoring_ledger_flush_duration_seconds")]
    [InlineData("scoring.queries", "{query}", "counter", "scoring_queries_total")]
    [InlineData("scoring.database.connection.max", "{connection}", "gauge", "scoring_database_connection_max")]
    [InlineData("scoring.subjects.active", "{subject}", "updowncounter", "scoring_subjects_active")]
    [InlineData("scoring.keys.age", "s", "gauge", "scoring_keys_age_seconds")]
    public void A_metrics_name_in_Prometheus_follows_from_name_unit_and_kind(string name, string unit, string kind, string expected) =>
        PrometheusName.Of(name, unit, kind).ShouldBe(expected);

    private static (string Name, JsonElement Json)[] Dashboards() =>
        [.. Directory.EnumerateFiles(AlertRule.Folder, "*.json").Found("dashboards")
            .Select(file => (Path.GetFileName(file), JsonElement.Parse(File.ReadAllText(file))))];

    private static IEnumerable<string> Expressions(JsonElement dashboard) =>
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString();

    private static (string Name, string Text)[] Sections() =>
        [.. File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "runbooks.md")).Split("\n## ")[1..]
            .Select(section => (section.Split('\n')[0], section))];

    /// <summary>Runs promtool, which ./test installs with Prometheus when it is missing.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or it found a fault.</exception>
    private static async Task Promtool(params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process promtool;
        try
        {
            promtool = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("promtool is missing. Install Prometheus, so that 'promtool' is on the PATH.");
        }
        using (promtool)
        {
            var output = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
            await promtool.WaitForExitAsync();
            if (promtool.ExitCode != 0) throw new InvalidOperationException(string.Concat(output));
        }
    }

    [GeneratedRegex(@"severity: (critical|warning)\b")]
    private static partial Regex Severity();

    [GeneratedRegex(@"alertname: (?<name>\w+)\s+exp_alerts:(?<none> \[\])?")]
    private static partial Regex Tested();
}
