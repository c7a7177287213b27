using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Scoring.Architecture;

/// <summary>One C# file of the repository with its syntax tree.</summary>
/// <param name="Path">Path below the root, with slashes.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Syntax">The root of its syntax tree.</param>
internal sealed record SourceFile(string Path, string[] Lines, SyntaxNode Syntax)
{
    private static readonly Lazy<SourceFile[]> Parsed = new(() =>
        [.. SourceTree.Code().AsParallel().AsOrdered().Select(file => new SourceFile(
            file.Path.Replace('\\', '/'), file.Lines, CSharpSyntaxTree.ParseText(string.Join('\n', file.Lines)).GetRoot()))]);

    /// <summary>Every C# file, parsed once for all tests.</summary>
    public static SourceFile[] All => Parsed.Value;

    /// <summary>Every node of a kind in all files.</summary>
    public static IEnumerable<(SourceFile File, T Node)> Nodes<T>() where T : SyntaxNode =>
        (from file in All from node in file.Syntax.DescendantNodes().OfType<T>() select (file, node)).Found(typeof(T).Name);

    /// <summary>Where a node or token is: path and line.</summary>
    public string At(Location location) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>How many lines a node spans.</summary>
    public static int LineCount(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
