using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>Checks that the table of <c>docs/events.md</c> is what the code logs.</summary>
public sealed class EventsPageTests
{
    [Fact]
    public void The_table_of_events_is_what_the_code_logs()
    {
        string[] rows = [.. Rows()];
        rows.Length.ShouldBeGreaterThan(30);
        GeneratedTable.ShouldHold("docs/events.md", "events", ["| event | level | text | where |", "|---|---|---|---|", .. rows]);
    }

    /// <summary>
    /// A text that is put together at run time would not be in the table, and could hold anything when it is exported.
    /// </summary>
    [Fact]
    public void Everything_is_logged_by_a_numbered_event() =>
        (from found in SourceFile.Nodes<InvocationExpressionSyntax>()
         where found.File.Path.Split('/')[0] is "src" or "tools"
         where found.Node.Expression is MemberAccessExpressionSyntax
         {
             Name.Identifier.Text: "LogTrace" or "LogDebug" or "LogInformation" or "LogWarning" or "LogError" or "LogCritical",
         }
         select found.File.At(found.Node.GetLocation())).ShouldBeEmpty();

    private static IEnumerable<string> Rows() =>
        from found in SourceFile.Nodes<AttributeSyntax>()
        where found.Node.Name.ToString() == "LoggerMessage" && !found.File.Path.StartsWith("tests/", StringComparison.Ordinal)
        let number = int.Parse(Argument(found.Node, 0, "EventId").ToString(), CultureInfo.InvariantCulture)
        let level = ((MemberAccessExpressionSyntax)Argument(found.Node, 1, "Level")).Name.Identifier.Text
        orderby number
        select $"| {number} | {level} | {Text(Argument(found.Node, 2, "Message"))} | `{Folder(found.File.Path)}` |";

    private static ExpressionSyntax Argument(AttributeSyntax attribute, int position, string name)
    {
        var arguments = attribute.ArgumentList!.Arguments;
        return (arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == name) ?? arguments[position]).Expression;
    }

    private static string Text(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText.Replace("|", "\\|", StringComparison.Ordinal),
        BinaryExpressionSyntax sum => Text(sum.Left) + Text(sum.Right),
        _ => throw new InvalidOperationException($"{expression} is no constant text."),
    };

    private static string Folder(string path) => string.Join('/', path.Split('/')[..^1]) + "/";
}
