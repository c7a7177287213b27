using System.Text.RegularExpressions;
using System.Xml.Linq;
using Scoring.Testing;

namespace Scoring.Languages;

/// <summary>The texts of the portal, and where its source uses them.</summary>
internal static partial class PortalTexts
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Portal");

    /// <summary>Every source file of the portal by its path, without comments.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = Directory
        .EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".cs" or ".razor")
        .ToDictionary(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'), path => Comment().Replace(File.ReadAllText(path), ""));

    /// <summary>The texts of each language by their keys.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> ByLanguage { get; } = Language.All
        .ToDictionary(language => language.Tag, language => Read(language.Tag));

    private static readonly string Areas = string.Join('|', ByLanguage["en"].Keys.Select(key => key.Split('.')[0]).Distinct());

    /// <summary>The keys that the source names in full, each with the file.</summary>
    public static IReadOnlyList<(string Key, bool IsCount, string File)> Literals { get; } =
    [
        .. from source in Sources
           from Match match in Regex.Matches(source.Value, $"""(\.Count\()?(?<!Word\()"((?:{Areas})\.(?!js")[a-z0-9-]+)"(?!\s*\+)""")
           select (match.Groups[2].Value, match.Groups[1].Success, source.Key),
    ];

    /// <summary>
    /// The keys that the source composes, each with <c>{}</c> for a part that it inserts, and whether a text must be there for every one.
    /// </summary>
    public static IReadOnlyList<(string Pattern, bool IsNeeded)> Composed { get; } =
    [
        .. (from source in Sources.Values
            from Match match in Regex.Matches(
                source, $$"""(\[|Fill\(|\.Find\(|= )\$"((?:{{Areas}}|\{Area\})\.(?:[a-z0-9-]|\{(?:[^{}"]|"[^"]*")*\})+)""")
            select (Inserted().Replace(match.Groups[2].Value, "{}"), match.Groups[1].Value is "[" or "Fill(")).Distinct(),
        .. from source in Sources.Values
           from Match match in Regex.Matches(source, $"""Word\("((?:{Areas})\.[a-z-]+)",""")
           select (match.Groups[1].Value + "-{}", true),
    ];

    private static Dictionary<string, string> Read(string tag) =>
        (from file in Directory.EnumerateFiles(Path.Combine(Folder, "Texts", tag), "*.resx")
         let area = Path.GetFileNameWithoutExtension(file)
         from data in XDocument.Load(file).Root!.Elements("data")
         select KeyValuePair.Create(
             $"{char.ToLowerInvariant(area[0])}{area[1..]}.{data.Attribute("name")!.Value}", data.Element("value")!.Value)).ToDictionary();

    [GeneratedRegex(@"@\*.*?\*@|(?<=\s)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""\{(?:[^{}"]|"[^"]*")*\}""")]
    private static partial Regex Inserted();
}
