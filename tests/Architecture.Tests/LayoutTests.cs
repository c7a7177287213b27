using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scoring.Architecture;

/// <summary>
/// Holds the layout of DESIGN §6: a folder has the same name in every project, and the namespace of its files is that name.
/// </summary>
public sealed partial class LayoutTests
{
    /// <summary>Test projects that mirror no source project, each with its reason.</summary>
    private static readonly Dictionary<string, string> Mirrorless = new()
    {
        ["Architecture"] = "it tests the source tree itself",
        ["Cluster"] = "it tests silos and gateways as several processes",
    };

    /// <summary>Folders of tests that no source project has, each with its reason.</summary>
    private static readonly Dictionary<string, string> TestsAlone = new()
    {
        ["Core.Tests/Vectors"] = "known answers for any implementation: rules and scores together",
        ["Standalone.Tests/Requests"] = "the tour in requests/ is executed against a running platform",
    };

    /// <summary>Projects with one namespace for all folders, each with its reason.</summary>
    private static readonly Dictionary<string, string> OneNamespace = new()
    {
        ["Client"] = "a package: its user writes one using, and its names must not meet the platform's",
    };

    private static readonly string[] Roots = ["src", "tests", "tools", "bench", "docs"];

    [Fact]
    public void Each_source_file_has_the_namespace_of_its_folder()
    {
        var files = SourceTree.Code().Where(file => Parts(file.Path)[0] == "src").ToArray();
        files.Length.ShouldBeGreaterThan(300);
        files.Where(file => Path.GetFileName(file.Path) != "Program.cs" && Namespace(file.Lines) != Expected(file.Path))
            .Select(file => $"{file.Path}: {Namespace(file.Lines)}").ShouldBeEmpty();

        static string Expected(string path) => Parts(path) switch
        {
            [_, var project, _, _, ..] when OneNamespace.ContainsKey(project) => $"Scoring.{project}",
            [_, _, var folder, _, ..] => $"Scoring.{folder}",
            _ => "a folder is missing",
        };
    }

    [Fact]
    public void Each_folder_of_tests_is_a_folder_of_the_tested_project() =>
        (from project in Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "tests"), "*.Tests").Found("test projects")
         let name = Path.GetFileName(project)
         where !Mirrorless.ContainsKey(name[..^".Tests".Length])
         let tested = Tested(name[..^".Tests".Length])
         from folder in Folders(project)
         where !tested.Contains(folder) && !TestsAlone.ContainsKey($"{name}/{folder}")
         select $"{name}/{folder}").ShouldBeEmpty();

    /// <summary>A file system that ignores case would merge the two.</summary>
    [Fact]
    public void No_two_paths_differ_in_case_alone() =>
        Roots.SelectMany(root => Entries(Path.Combine(SourceTree.Root, root))).GroupBy(path => path, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1).SelectMany(same => same).ShouldBeEmpty();

    /// <summary>Code that several test projects share is in tests/Testing.</summary>
    [Fact]
    public void No_project_compiles_a_file_of_another() =>
        (from project in Roots.SelectMany(root => Entries(Path.Combine(SourceTree.Root, root)))
             .Where(entry => Path.GetExtension(entry) is ".csproj" or ".props" or ".targets").Found("project files")
         from item in XDocument.Load(Path.Combine(SourceTree.Root, project)).Descendants("Compile")
         where item.Attribute("Include") is not null
         select $"{project}: {item.Attribute("Include")!.Value}").ShouldBeEmpty();

    /// <summary>
    /// Returns the folders of the tested project. Standalone runs all source projects, so its tests may be about any of them.
    /// </summary>
    private static HashSet<string> Tested(string name)
    {
        var source = new[] { "src", "tools" }.Select(root => Path.Combine(SourceTree.Root, root, name)).SingleOrDefault(Directory.Exists);
        source.ShouldNotBeNull($"{name}.Tests mirrors no project");
        var all = name == "Standalone" ? Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src")) : [source];
        return [.. all.SelectMany(Folders)];
    }

    /// <summary>Returns the folders directly in a project that contain code at any depth.</summary>
    private static IEnumerable<string> Folders(string project) =>
        from folder in Directory.EnumerateDirectories(project)
        where !IsBuilt(folder) && Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any()
        select Path.GetFileName(folder);

    /// <summary>Returns every file and folder below a folder, as paths relative to the root; build output is left out.</summary>
    private static IEnumerable<string> Entries(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return Path.GetRelativePath(SourceTree.Root, file);
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !IsBuilt(inner)))
        {
            yield return Path.GetRelativePath(SourceTree.Root, inner);
            foreach (var entry in Entries(inner)) yield return entry;
        }
    }

    private static bool IsBuilt(string folder) => Path.GetFileName(folder) is "bin" or "obj";

    private static string[] Parts(string path) => path.Split(Path.DirectorySeparatorChar);

    private static string Namespace(string[] lines) =>
        lines.Select(line => NamespaceLine().Match(line)).FirstOrDefault(found => found.Success)?.Groups[1].Value ?? "none";

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex NamespaceLine();
}
