using System.Reflection;

namespace Scoring.Architecture;

/// <summary>
/// Holds the references between projects: Gateway -> Grains.Interfaces &lt;- Core &lt;- Grains &lt;- Silo; Gateway, Silo -> Hosting ->
/// Processes, Telemetry; Gateway, Silo, Portal, Standalone -> Processes; Portal -> Client, Telemetry, Verify.Browser (as files);
/// Standalone -> Gateway, Silo, Portal, DevelopmentIssuer; City, Bridge -> Client; Bridge -> Telemetry. No other reference is allowed.
/// </summary>
public sealed class ProjectReferenceTests
{
    public static TheoryData<string, string[]> References => new()
    {
        { "Grains.Interfaces", [] },
        { "Core", ["Grains.Interfaces"] },
        { "Grains", ["Core"] },
        { "Processes", [] },
        { "Telemetry", [] },
        { "Hosting", ["Processes", "Telemetry"] },
        { "Silo", ["Grains", "Hosting", "Processes"] },
        { "Gateway", ["Grains.Interfaces", "Hosting", "Processes"] },
        { "Client", [] },
        { "DevelopmentIssuer", [] },
        { "Portal", ["Client", "Processes", "Telemetry", "Verify.Browser"] }, // it embeds the verifier's files, and no code of it
        { "Standalone", ["DevelopmentIssuer", "Gateway", "Portal", "Processes", "Silo"] },
    };

    [Theory, MemberData(nameof(References))]
    public void A_project_references_its_neighbours_only(string project, string[] neighbours) =>
        SourceTree.Projects[project].Order().ShouldBe(neighbours.Order());

    [Fact]
    public void The_verifier_shares_no_code_with_the_platform()
    {
        SourceTree.References("tools/Verify/Verify.csproj").ShouldBeEmpty();
        SourceTree.References("tools/Verify.Browser/Verify.Browser.csproj").ShouldBe(["Verify"]);
    }

    [Fact]
    public void The_city_reaches_the_platform_by_the_client_alone() =>
        SourceTree.References("tools/City/City.csproj").Order().ShouldBe(["Client", "Verify"]);

    /// <summary>A source runs the bridge, and takes nothing of the platform with it.</summary>
    [Fact]
    public void The_bridge_knows_the_client_and_what_it_exports_alone() =>
        SourceTree.References("tools/Bridge/Bridge.csproj").Order().ShouldBe(["Client", "Telemetry"]);

    /// <summary>A city's program takes the client without the platform's server and without ASP.NET.</summary>
    [Fact]
    public void The_client_knows_neither_the_platform_nor_Orleans_nor_the_web_server() =>
        Assembly.Load("Scoring.Client").GetReferencedAssemblies().Select(reference => reference.Name!)
            .ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Polly", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

    [Fact]
    public void There_is_no_project_outside_the_layout() =>
        SourceTree.Projects.Keys.Order().ShouldBe(References.Select(row => row.Data.Item1).Order());

    [Theory]
    [InlineData("Scoring.Processes")]
    [InlineData("Scoring.Telemetry")]
    [InlineData("Scoring.Hosting", "Scoring.Processes", "Scoring.Telemetry")]
    [InlineData("Scoring.DevelopmentIssuer")]
    [InlineData("Scoring.Portal", "Scoring.Client", "Scoring.Processes", "Scoring.Telemetry")]
    [InlineData("Scoring.Gateway", "Scoring.Grains.Interfaces", "Scoring.Hosting", "Scoring.Processes", "Scoring.Telemetry")]
    [InlineData("Scoring.Core", "Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Grains", "Scoring.Core", "Scoring.Grains.Interfaces")]
    [InlineData(
        "Scoring.Silo", "Scoring.Grains", "Scoring.Core", "Scoring.Grains.Interfaces", "Scoring.Hosting", "Scoring.Processes",
        "Scoring.Telemetry")]
    public void A_compiled_assembly_references_allowed_assemblies_only(string assembly, params string[] allowed) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Scoring.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(allowed);

    [Theory]
    [InlineData("Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Core")]
    [InlineData("Scoring.Grains")]
    [InlineData("Scoring.Processes")]
    [InlineData("Scoring.Hosting")]
    [InlineData("Scoring.Telemetry")]
    [InlineData("Scoring.DevelopmentIssuer")]
    [InlineData("Scoring.Portal")]
    public void Only_the_silo_and_the_cluster_of_a_gateway_know_PostgreSQL(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .ShouldNotContain(reference => reference.Name == "Npgsql");

    /// <summary>The portal takes them, and is a client of the platform alone; a bridge exports what it measures.</summary>
    [Theory]
    [InlineData("Scoring.Processes")]
    [InlineData("Scoring.Telemetry")]
    public void What_all_processes_have_knows_no_Orleans(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .ShouldNotContain(reference => reference.Name!.StartsWith("Orleans", StringComparison.Ordinal));

    [Theory]
    [InlineData("Scoring.Grains.Interfaces")]
    [InlineData("Scoring.Core")]
    [InlineData("Scoring.Grains")]
    public void Grains_know_no_HTTP(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies()
            .ShouldNotContain(reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
