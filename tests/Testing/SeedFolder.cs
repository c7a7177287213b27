using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Testing;

/// <summary>Reads the shipped programmes and other folders of programme documents, for tests without a silo.</summary>
internal static class SeedFolder
{
    /// <summary>The shipped programmes, which each test project copies to its output folder.</summary>
    public static DocumentSet Shipped { get; } = Load(Path.Combine(AppContext.BaseDirectory, "programmes"));

    /// <summary>Reads every document of a folder, with the checks that a seed passes.</summary>
    public static DocumentSet Load(string folder) => ProgrammeDocuments.ReadSeed(
        from file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
        select (Path.GetRelativePath(folder, file).Replace('\\', '/'), (ReadOnlyMemory<byte>)File.ReadAllBytes(file)));
}
