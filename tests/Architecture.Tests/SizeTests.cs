using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>The sizes that keep code easy to read.</summary>
public sealed class SizeTests
{
    private const int ColumnsMax = 140;
    private const int FileLinesMax = 200;
    private const int MethodLinesMax = 40;
    private const int ConstructorParametersMax = 5;
    private const int FolderFilesMax = 15;

    private const int TestFileLinesMax = 300;

    /// <summary>Folders with more files than that, each with its reason. A name that is no longer needed fails the test.</summary>
    private static readonly Dictionary<string, string> FullFolders = new()
    {
        ["src/Core/Rules/Documents"] = "one file for each kind of document and for each check",
        ["src/Standalone/Postgres"] = "the parts of one server: cluster, account, process, settings, lock, socket",
        ["tests/Architecture.Tests"] = "one file for each rule of the source tree",
        ["tests/Portal.Tests/Hosting"] = "what every test of a page needs: portal, browser, visitor, keyboard, what is watched",
        ["tools/City/Commands"] = "one file for each command of the command line",
    };

    [Fact]
    public void A_line_has_at_most_140_columns() =>
        (from file in SourceFile.All
         from line in file.Lines.Index()
         where line.Item.Length > ColumnsMax
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    /// <summary>The tests of one class stay together: a longer file of tests is easier to follow than a split one.</summary>
    [Fact]
    public void A_file_has_at_most_200_lines_and_one_of_tests_300() =>
        (from file in SourceFile.All
         where file.Lines.Length > (file.Path.StartsWith("tests/", StringComparison.Ordinal) ? TestFileLinesMax : FileLinesMax)
         select file.Path).ShouldBeEmpty();

    [Fact]
    public void A_method_has_at_most_40_lines() =>
        (from found in SourceFile.Nodes<BaseMethodDeclarationSyntax>()
         where SourceFile.LineCount(found.Node) > MethodLinesMax
         select found.File.At(found.Node.GetLocation())).ShouldBeEmpty();

    /// <summary>A record holds what belongs together and may hold more; a class with more parameters does too much.</summary>
    [Fact]
    public void A_constructor_has_at_most_5_parameters() =>
        (from found in SourceFile.Nodes<TypeDeclarationSyntax>()
         where found.Node is not RecordDeclarationSyntax && ParameterCount(found.Node) > ConstructorParametersMax
         select $"{found.File.Path} {found.Node.Identifier.Text}").ShouldBeEmpty();

    [Fact]
    public void A_folder_has_at_most_15_files() =>
        (from file in SourceFile.All
         group file by Path.GetDirectoryName(file.Path)!.Replace('\\', '/') into folder
         where folder.Count() > FolderFilesMax
         select folder.Key).ShouldBe(FullFolders.Keys, ignoreOrder: true);

    private static int ParameterCount(TypeDeclarationSyntax type) =>
        type.Members.OfType<ConstructorDeclarationSyntax>().Select(constructor => constructor.ParameterList)
            .Append(type.ParameterList).Max(list => list?.Parameters.Count ?? 0);
}
