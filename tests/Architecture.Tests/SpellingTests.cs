using Microsoft.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>One spelling for what every file has, and plain English (STYLE).</summary>
public sealed partial class SpellingTests
{
    /// <summary>Files that may hold a word of the list, each with its reason.</summary>
    private static readonly Dictionary<string, string> MayHoldDialect = new()
    {
        ["tests/Architecture.Tests/SpellingTests.cs"] = "it holds the list and its test",
    };

    /// <summary>The names of the schemas of the API's document.</summary>
    private static readonly HashSet<string> Schemas =
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "openapi.json")))!["components"]!["schemas"]!
            .AsObject().Select(schema => schema.Key),
    ];

    /// <summary>An override keeps the name of the framework, <c>stoppingToken</c>. A token that is one limit of several is named for
    /// it.</summary>
    [Fact]
    public void A_cancellation_token_is_called_cancellationToken() =>
        (from found in SourceFile.Nodes<ParameterSyntax>()
         where found.Node.Type?.ToString() == nameof(CancellationToken)
             && found.Node.Identifier.Text is not ("cancellationToken" or "stoppingToken" or "deadline" or "_")
         select $"{found.File.At(found.Node.GetLocation())} {found.Node.Identifier.Text}").ShouldBeEmpty();

    [Fact]
    public void A_caught_exception_is_called_exception() =>
        (from found in SourceFile.Nodes<CatchDeclarationSyntax>()
         where found.Node.Identifier.Text is not ("" or "exception")
         select $"{found.File.At(found.Node.GetLocation())} {found.Node.Identifier.Text}").ShouldBeEmpty();

    [Fact]
    public void A_private_field_is_called_in_camelCase_behind_an_underscore() =>
        (from found in SourceFile.Nodes<FieldDeclarationSyntax>()
         where IsPrivate(found.Node) && !IsConstant(found.Node)
         from variable in found.Node.Declaration.Variables
         where !PrivateField().IsMatch(variable.Identifier.Text)
         select $"{found.File.At(variable.GetLocation())} {variable.Identifier.Text}").ShouldBeEmpty();

    /// <summary>Assignments that do not belong together have a line each. A swap and a deconstructed result are no such thing.</summary>
    [Fact]
    public void Unrelated_assignments_share_no_tuple() =>
        (from found in SourceFile.Nodes<AssignmentExpressionSyntax>()
         where found.Node.Right is TupleExpressionSyntax && !IsSwap(found.Node)
         where found.Node.Left is TupleExpressionSyntax
             or DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax }
         select found.File.At(found.Node.GetLocation())).ShouldBeEmpty();

    /// <summary>
    /// The client's records bear the names of the API's document, which are the contracts' names where they mean the same.
    /// </summary>
    [Fact]
    public void A_type_name_has_one_meaning_in_all_projects() =>
        (from found in SourceFile.Nodes<BaseTypeDeclarationSyntax>()
         where found.File.Path.StartsWith("src/", StringComparison.Ordinal)
         where !(found.File.Path.StartsWith("src/Client/", StringComparison.Ordinal) && IsInApi(found.Node.Identifier.Text))
         group found.File.Path.Split('/')[1] + " " + Scope(found.Node) by found.Node.Identifier.Text into name
         where name.Distinct().Count() > 1
         select $"{name.Key}: {string.Join(", ", name.Distinct())}").ShouldBeEmpty();

    [Fact]
    public void No_word_is_one_that_plain_English_does_without()
    {
        var pages = Directory.EnumerateFiles(SourceTree.Root, "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(SourceTree.Root, page).Replace('\\', '/'))
            .Where(page => !page.StartsWith("artifacts/", StringComparison.Ordinal) && !page.StartsWith('.')).Found("pages")
            .Select(page => (Path: page, Lines: File.ReadAllLines(Path.Combine(SourceTree.Root, page))));
        (from file in SourceFile.All.Select(file => (file.Path, file.Lines)).Concat(pages)
         where !MayHoldDialect.ContainsKey(file.Path)
         from line in file.Lines.Index()
         from Match word in Dialect().Matches(line.Item)
         select $"{file.Path}:{line.Index + 1} {word.Value}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("The answer goes to whoever asks.", true)]
    [InlineData("Nobody reads it", true)]
    [InlineData("beside the ledger", true)]
    [InlineData("besides", false)]
    public void A_word_that_plain_English_does_without_is_found(string text, bool isFound) => Dialect().IsMatch(text).ShouldBe(isFound);

    [Theory]
    [InlineData("_clock", true)]
    [InlineData("clock", false)]
    [InlineData("_Clock", false)]
    [InlineData("__clock", false)]
    public void A_private_field_of_another_form_is_found(string name, bool isGood) => PrivateField().IsMatch(name).ShouldBe(isGood);

    private static bool IsInApi(string name) => Schemas.Contains(name);

    /// <summary>The namespace and the types around a type.</summary>
    private static string Scope(BaseTypeDeclarationSyntax type) =>
        string.Join('.', type.Ancestors().Reverse().Select(Name).Where(name => name.Length > 0));

    private static string Name(SyntaxNode around) => around switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        BaseTypeDeclarationSyntax outer => outer.Identifier.Text,
        _ => "",
    };

    private static bool IsPrivate(FieldDeclarationSyntax field) =>
        !field.Modifiers.Any(SyntaxKind.PublicKeyword) && !field.Modifiers.Any(SyntaxKind.InternalKeyword)
        && !field.Modifiers.Any(SyntaxKind.ProtectedKeyword);

    private static bool IsConstant(FieldDeclarationSyntax field) =>
        field.Modifiers.Any(SyntaxKind.ConstKeyword)
        || (field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword));

    private static bool IsSwap(AssignmentExpressionSyntax assignment) =>
        assignment is { Left: TupleExpressionSyntax left, Right: TupleExpressionSyntax right }
        && left.Arguments.Any(to => right.Arguments.Any(from => from.ToString().Contains(to.ToString(), StringComparison.Ordinal)));

    [GeneratedRegex("^_[a-z][A-Za-z0-9]*$")]
    private static partial Regex PrivateField();

    [GeneratedRegex(@"\b(whoever|whomever|nobody|somebody|anew|beside)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Dialect();
}
