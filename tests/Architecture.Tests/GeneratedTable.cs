namespace Scoring.Architecture;

/// <summary>
/// A table of a page that is made from the code. It stands between two comments that name it. With the environment variable
/// <see cref="Write"/> the page is written; otherwise a page that differs fails.
/// </summary>
internal static class GeneratedTable
{
    /// <summary>The environment variable that has tables written.</summary>
    public const string Write = "SCORING_DOCS_WRITE";

    /// <summary>Holds a table to its lines, or writes them.</summary>
    /// <param name="page">The page's path relative to the root.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="table">Its lines.</param>
    public static void ShouldHold(string page, string name, IReadOnlyList<string> table)
    {
        var path = Path.Combine(SourceTree.Root, page);
        var lines = File.ReadAllLines(path);
        var begin = Array.IndexOf(lines, $"<!-- {name}: made from the code, {Write}=1 ./test Architecture -->");
        var end = begin < 0 ? -1 : Array.IndexOf(lines, "<!-- end -->", begin);
        end.ShouldBeGreaterThan(begin, $"{page} has no place for the table {name}");
        if (Environment.GetEnvironmentVariable(Write) == "1")
            File.WriteAllLines(path, [.. lines[..(begin + 1)], "", .. table, "", .. lines[end..]]);
        else lines[(begin + 2)..(end - 1)].ShouldBe(table, $"{page}: set {Write}=1 and run this test to write it");
    }
}
