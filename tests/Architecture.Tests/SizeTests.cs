using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>The sizes of STYLE. What is larger is named here with its reason; a name that is no longer needed fails too.</summary>
public sealed class SizeTests
{
    private const int ColumnsMax = 140;
    private const int FileLinesMax = 200;
    private const int MethodLinesMax = 40;
    private const int ConstructorParametersMax = 5;
    private const int FolderFilesMax = 15;

    private static readonly Dictionary<string, string> LongFiles = new()
    {
    };

    private static readonly Dictionary<string, string> LongMethods = new()
    {
    };

    private static readonly Dictionary<string, string> WideConstructors = new()
    {
    };

    private static readonly Dictionary<string, string> FullFolders = new()
    {
    };

    [Fact]
    public void A_line_has_at_most_140_columns() =>
        (from file in SourceFile.All
         from line in file.Lines.Index()
         where line.Item.Length > ColumnsMax
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    [Fact]
    public void A_file_has_at_most_200_lines() =>
        (from file in SourceFile.All where file.Lines.Length > FileLinesMax select file.Path).ShouldBe(LongFiles.Keys, ignoreOrder: true);

    [Fact]
    public void A_method_has_at_most_40_lines() =>
        (from found in SourceFile.Nodes<BaseMethodDeclarationSyntax>()
         where SourceFile.LineCount(found.Node) > MethodLinesMax
         select $"{found.File.Path} {Name(found.Node)}").ShouldBe(LongMethods.Keys, ignoreOrder: true);

    [Fact]
    public void A_constructor_has_at_most_5_parameters() =>
        (from found in SourceFile.Nodes<TypeDeclarationSyntax>()
         where found.Node is not RecordDeclarationSyntax && ParameterCount(found.Node) > ConstructorParametersMax
         select found.Node.Identifier.Text).ShouldBe(WideConstructors.Keys, ignoreOrder: true);

    [Fact]
    public void A_folder_has_at_most_15_files() =>
        (from file in SourceFile.All
         group file by Path.GetDirectoryName(file.Path)!.Replace('\\', '/') into folder
         where folder.Count() > FolderFilesMax
         select folder.Key).ShouldBe(FullFolders.Keys, ignoreOrder: true);

    private static string Name(BaseMethodDeclarationSyntax method) => method switch
    {
        MethodDeclarationSyntax named => named.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => method.Kind().ToString(),
    };

    private static int ParameterCount(TypeDeclarationSyntax type) =>
        type.Members.OfType<ConstructorDeclarationSyntax>().Select(constructor => constructor.ParameterList)
            .Append(type.ParameterList).Max(list => list?.Parameters.Count ?? 0);
}
