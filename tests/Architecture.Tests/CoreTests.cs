using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Scoring.Architecture;

/// <summary>Holds the core to plain C#: values in, values out. Each rule applies to every type of the assembly.</summary>
public sealed class CoreTests
{
    private static readonly Assembly Assembly = Assembly.Load("Scoring.Core");

    private static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader().LoadAssemblies(Assembly).Build();

    private static readonly IObjectProvider<IType> Core = Types().That().ResideInAssembly(Assembly).As("the core");

    /// <summary>The compiler already refuses a project or a package that the core does not reference.</summary>
    [Fact]
    public void The_core_refers_to_the_contracts_and_to_the_runtime_of_NET_alone() =>
        Assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBe(["Scoring.Grains.Interfaces"]);

    [Fact]
    public void The_rules_cover_every_pure_type() =>
        new[] { "ProgrammeRules", "FoldState", "MerkleLog", "ContestSteps", "MonthTally", "Simulator", "ConsentReceipt" }
            .ShouldBeSubsetOf(Core.GetObjects(Architecture).Select(type => type.Name));

    [Theory]
    [InlineData(@"^System\.Threading\.Tasks($|\.)")]
    [InlineData(@"^System\.Threading\.Channels($|\.)")]
    [InlineData(@"^System\.Net($|\.)")]
    [InlineData(@"^System\.IO\.(Pipes|Pipelines|Compression)($|\.)")]
    [InlineData(@"^Microsoft\.")]
    [InlineData(@"^Npgsql($|\.)")]
    [InlineData(@"^Orleans($|\.)")]
    public void The_core_has_no_task_no_network_no_container_and_no_grain(string forbidden) =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(forbidden)).ShouldBeEmpty();

    [Fact]
    public void The_core_opens_no_file() =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat()
            .HaveFullNameMatching(@"^System\.IO\.(File|Directory|Drive|Path|Stream(Reader|Writer)|RandomAccess)")).ShouldBeEmpty();

    [Fact]
    public void The_core_reads_no_clock() =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat()
            .HaveFullNameMatching(@"^System\.(TimeProvider|Diagnostics\.Stopwatch|Threading\.(Periodic)?Timer)$")).ShouldBeEmpty();

    [Fact]
    public void The_core_draws_nothing_at_random() =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat()
            .HaveFullNameMatching(@"^System\.(Random|Security\.Cryptography\.RandomNumberGenerator)$")).ShouldBeEmpty();

    private static IEnumerable<string> Violations(IArchRule rule) =>
        rule.Evaluate(Architecture).Where(result => !result.Passed).Select(result => result.Description);
}
