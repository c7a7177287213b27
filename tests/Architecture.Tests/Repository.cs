using System.Xml.Linq;

namespace Scoring.Architecture;

/// <summary>The source tree that these tests read.</summary>
internal static class Repository
{
    public static string Root => Testing.Repository.Root;

    /// <summary>The projects under src, by name, with the projects that each refers to.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Projects { get; } =
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read);

    /// <summary>The projects that a project file, a path below the root, refers to.</summary>
    public static IReadOnlySet<string> References(string project) => Read(Path.Combine(Root, project));

    /// <summary>Every C# file of ours, as a path below the root with its lines.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Code() =>
        from folder in new[] { "src", "tests", "tools", "bench" }
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (Path.GetRelativePath(Root, file), File.ReadAllLines(file));

    private static IReadOnlySet<string> Read(string file) => XDocument.Load(file).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .ToHashSet();
}
