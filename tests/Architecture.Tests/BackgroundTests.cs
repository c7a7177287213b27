using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>Checks that background work of a silo runs in steps that fail on their own, and that operators can read their names.</summary>
public sealed partial class BackgroundTests
{
    [Fact]
    public void Every_background_service_of_a_silo_gives_its_work_to_the_runner_of_steps()
    {
        var services = (
            from found in SourceFile.Nodes<ClassDeclarationSyntax>()
            where found.File.Path.StartsWith("src/Silo/", StringComparison.Ordinal)
                || found.File.Path.StartsWith("src/Grains/", StringComparison.Ordinal)
            where found.Node.BaseList?.Types.Any(type => type.ToString() == "BackgroundService") == true
            select (found.File.Path, Loop: found.Node.Members.OfType<MethodDeclarationSyntax>()
                .Single(method => method.Identifier.Text == "ExecuteAsync"))).ToArray();
        services.Length.ShouldBeGreaterThan(7);
        services.Where(service => service.Loop.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .All(call => !call.Expression.ToString().EndsWith(".Repeat", StringComparison.Ordinal))
                || service.Loop.DescendantNodes().OfType<TryStatementSyntax>().Any())
            .Select(service => service.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_step_is_on_the_page_of_operations_and_every_step_there_exists()
    {
        string[] created =
        [
            .. from found in SourceFile.Nodes<ObjectCreationExpressionSyntax>()
               where found.File.Path.StartsWith("src/", StringComparison.Ordinal) && found.Node.Type.ToString() == "BackgroundStep"
               select found.Node.ArgumentList!.Arguments[0].Expression.ToString().Trim('"'),
        ];
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "operations.md"));
        lines.SkipWhile(line => line != "| step | work |").Skip(2).TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => Name().Matches(line.Split('|')[1])).Select(name => name.Groups[1].Value).Order(StringComparer.Ordinal)
            .ShouldBe(created.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
