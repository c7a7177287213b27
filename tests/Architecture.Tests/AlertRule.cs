using System.Text.RegularExpressions;
using Scoring.Hosting;

namespace Scoring.Architecture;

/// <summary>An alert of <c>deploy/monitoring/scoring.rules.yml</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its lines.</param>
internal sealed partial record AlertRule(string Name, string Text)
{
    /// <summary>The folder of dashboards and rules.</summary>
    public static string Folder { get; } = Path.Combine(SourceTree.Root, "deploy", "monitoring");

    /// <summary>Every alert, in the order of the file.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        .. Start().Split(File.ReadAllText(Path.Combine(Folder, "scoring.rules.yml")))[1..].Chunk(2)
            .Select(part => new AlertRule(part[0], part[1])).Found("alerts"),
    ];

    /// <summary>The metrics that it is about.</summary>
    public IReadOnlyList<Measure> Metrics =>
        [.. SeriesIn(Text).Where(PlatformMetrics.Series.ContainsKey).Select(name => PlatformMetrics.Series[name]).Distinct()];

    /// <summary>The series of the platform that an expression or a file names.</summary>
    public static IEnumerable<string> SeriesIn(string text) => Series().Matches(text).Select(found => found.Value).Distinct();

    [GeneratedRegex(@"^\s*- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Start();

    [GeneratedRegex(@"\bscoring_\w+")]
    private static partial Regex Series();
}
