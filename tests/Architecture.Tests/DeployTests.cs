using System.Text.RegularExpressions;
using Scoring.Cluster;
using Scoring.Hosting;

namespace Scoring.Architecture;

/// <summary>Checks that units, images, manifests and settings in <c>deploy</c> name what exists, and the same ports everywhere.</summary>
public sealed partial class DeployTests
{
    /// <summary>The ports that each process opens: those of its options, and those that its settings in <c>deploy</c> choose.</summary>
    private static readonly Dictionary<string, int[]> Ports = new()
    {
        ["silo"] = [new SiloClusterOptions().SiloPort, new SiloClusterOptions().GatewayPort, 5085],
        ["gateway"] = [5080],
        ["portal"] = [new PortalOptions().Port],
    };

    /// <summary>Ports of names, TLS, PostgreSQL, Prometheus, and of the identity provider of the compose file.</summary>
    private static readonly int[] PortsOfOthers = [53, 443, 5432, 8080, 9090];

    /// <summary>Ports at which Prometheus scrapes the processes of one machine, in the example of the page.</summary>
    private static readonly int[] Scrapes = [9464, 9465, 9466, 9467];

    /// <summary>Ports of the second silo of one machine, in the example of the page.</summary>
    private static readonly int[] SecondSilo = [11_112, 30_001, 5086];

    /// <summary>What pages and comments write for any setting.</summary>
    private const string Example = "Section:Name";

    private static readonly IReadOnlyList<(string Name, string Text)> Files =
        [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("installation", StringComparison.Ordinal)).Found("files in deploy")
            .Append(Path.Combine(SourceTree.Root, "docs", "deploy.md"))
            .Select(file => (Path.GetRelativePath(SourceTree.Root, file), File.ReadAllText(file)))];

    private static readonly HashSet<string> Documented =
        [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md").SelectMany(File.ReadLines)
            .Select(line => Row().Match(line)).Where(row => row.Success).Select(row => row.Groups["name"].Value)];

    [Fact]
    public void Every_setting_that_deploy_names_is_documented()
    {
        var named = (from file in Files
                     from Match setting in Setting().Matches(file.Text)
                     select (file.Name, Setting: PlaceInList().Replace(setting.Value, "").Replace("__", ":", StringComparison.Ordinal)))
            .ToArray();
        named.Length.ShouldBeGreaterThan(50);
        named.Where(one => one.Setting != Example && !Documented.Contains(one.Setting))
            .Select(one => $"{one.Name}: {one.Setting}").Distinct().ShouldBeEmpty("settings that no page lists");
    }

    [Fact]
    public void Every_port_is_one_that_a_process_opens()
    {
        int[] known = [.. Ports.Values.SelectMany(ports => ports), .. PortsOfOthers, .. SecondSilo, .. Scrapes];
        (from file in Files
         from Match port in Port().Matches(file.Text)
         let number = int.Parse(port.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture)
         where !known.Contains(number)
         select $"{file.Name}: {port.Value}").ShouldBeEmpty();
    }

    [Theory, InlineData("silo"), InlineData("gateway"), InlineData("portal")]
    public void Image_and_manifest_open_the_ports_of_the_process(string process)
    {
        Numbers(Exposed(), Text($"deploy/containers/Containerfile.{process}")).ShouldBe(Ports[process], ignoreOrder: true);
        Numbers(ContainerPort(), Text($"deploy/kubernetes/base/{process}.yaml")).ShouldBe(Ports[process], ignoreOrder: true);
    }

    [Fact]
    public void Every_program_that_deploy_starts_is_a_program_of_the_platform()
    {
        var started = Files.SelectMany(file => Program().Matches(file.Text)).Select(found => found.Groups["project"].Value).ToHashSet();
        started.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var project in started)
            new[] { "src", "tools" }.Any(root => File.Exists(Path.Combine(SourceTree.Root, root, project, project + ".csproj")))
                .ShouldBeTrue($"there is no program {project}");
    }

    [Fact]
    public void Every_unit_has_its_account_its_settings_and_its_restart()
    {
        var units = Files.Where(file => file.Name.EndsWith(".service", StringComparison.Ordinal)).Found("units");
        foreach (var (name, text) in units)
        {
            var service = Path.GetFileNameWithoutExtension(name).TrimEnd('@');
            text.ShouldContain($"\nUser={service}\n");
            Text($"deploy/systemd/{service}.sysusers").ShouldContain($"u {service} ");
            text.ShouldContain("\nRestart=always\n");
            text.ShouldContain("\nCapabilityBoundingSet=\n");
            foreach (Match file in SettingsFile().Matches(text))
                File.Exists(Path.Combine(SourceTree.Root, "deploy", "config", file.Groups["file"].Value)).ShouldBeTrue(file.Value);
        }
    }

    private static string Text(string path) => Files.Single(file => file.Name == path.Replace('/', Path.DirectorySeparatorChar)).Text;

    private static IEnumerable<int> Numbers(Regex places, string text) =>
        from Match place in places.Matches(text)
        from Capture number in place.Groups["port"].Captures
        select int.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Za-z0-9]+)+\b")]
    private static partial Regex Setting();

    [GeneratedRegex(@"__\d+\b")]
    private static partial Regex PlaceInList();

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w*(:[A-Z]\w*)+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"(127\.0\.0\.1|0\.0\.0\.0|localhost|gateway|identity|[Pp]ort:|Port=):? ?(?<port>[1-9]\d{1,4})\b")]
    private static partial Regex Port();

    [GeneratedRegex(@"^EXPOSE( (?<port>\d+))+", RegexOptions.Multiline)]
    private static partial Regex Exposed();

    [GeneratedRegex(@"containerPort: (?<port>\d+)")]
    private static partial Regex ContainerPort();

    [GeneratedRegex(@"Scoring\.(?<project>\w+)\.dll")]
    private static partial Regex Program();

    [GeneratedRegex(@"^EnvironmentFile=/etc/scoring/(?<file>\S+)$", RegexOptions.Multiline)]
    private static partial Regex SettingsFile();
}
