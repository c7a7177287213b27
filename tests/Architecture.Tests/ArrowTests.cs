using System.Reflection;

namespace Scoring.Architecture;

/// <summary>Gateway -> Grains.Interfaces &lt;- Core &lt;- Grains &lt;- Silo; Standalone -> Gateway, Silo. Nothing else.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Grains.Interfaces", [] },
        { "Core", ["Grains.Interfaces"] },
        { "Grains", ["Core"] },
        { "Silo", ["Grains"] },
        { "Gateway", ["Grains.Interfaces"] },
        { "Standalone", ["Gateway", "Silo"] },
    };

    [Theory, MemberData(nameof(Arrows))]
    public void A_project_refers_to_its_neighbours_alone(string project, string[] neighbours) =>
        Repository.Projects[project].Order().ShouldBe(neighbours.Order());

    [Fact]
    public void What_verifies_the_platform_shares_no_code_with_it() => Repository.References("tools/Verify/Verify.csproj").ShouldBeEmpty();

    [Fact]
    public void There_is_no_project_beyond_the_layout() =>
        Repository.Projects.Keys.Order().ShouldBe(Arrows.Select(arrow => arrow.Data.Item1).Order());

    [Theory]
    [InlineData("Scoring.Gateway", "Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Core", "Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Grains", "Scoring.Core", "Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Silo", "Scoring.Grains", "Scoring.Core", "Scoring.Grains.Interfaces")]
    public void What_is_compiled_uses_nothing_else_of_ours(string assembly, params string[] allowed) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Scoring.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(allowed);

    [Theory]
    [InlineData("Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Core")]
    [InlineData("Scoring.Grains")]
    public void Only_the_silo_and_the_cluster_of_a_gateway_know_PostgreSQL(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .ShouldNotContain(reference => reference.Name == "Npgsql");

    [Theory]
    [InlineData("Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Core")]
    [InlineData("Scoring.Grains")]
    public void Grains_know_no_HTTP(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .ShouldNotContain(reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
