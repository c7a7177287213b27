using System.Xml.Linq;

namespace Scoring.Architecture;

/// <summary>Reads the source tree that these tests check.</summary>
internal static class SourceTree
{
    public static string Root => Testing.Repository.Root;

    /// <summary>The projects under src by name, each with the projects that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Projects { get; } =
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Found("projects").ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read);

    /// <summary>Returns the projects that a project file references; the file is a path relative to the root.</summary>
    public static IReadOnlySet<string> References(string project) => Read(Path.Combine(Root, project));

    /// <summary>Returns every C# source file of the repository: its path relative to the root, and its lines.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Code() =>
        (from folder in new[] { "src", "tests", "tools", "bench" }
         from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Found($"files in {folder}")
         where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
         select (Path.GetRelativePath(Root, file), File.ReadAllLines(file))).Found("source files");

    /// <summary>Returns the items. A rule that selects nothing holds always, so it fails instead.</summary>
    /// <exception cref="InvalidOperationException">There are no items.</exception>
    public static IReadOnlyList<T> Found<T>(this IEnumerable<T> items, string what) =>
        items.ToArray() is { Length: > 0 } found ? found : throw new InvalidOperationException($"The rule found no {what}.");

    private static IReadOnlySet<string> Read(string file) => XDocument.Load(file).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .ToHashSet();
}
