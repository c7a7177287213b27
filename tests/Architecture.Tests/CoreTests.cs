using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Scoring.Architecture;

/// <summary>The core — rules, fold, explanation — is plain C#: values in, values out.</summary>
public sealed class CoreTests
{
    private static readonly ArchUnitNET.Domain.Architecture Architecture =
        new ArchLoader().LoadAssemblies(System.Reflection.Assembly.Load("Scoring.Grains")).Build();

    private static readonly IObjectProvider<IType> Core = Types().That()
        .ResideInNamespaceMatching(@"^Scoring\.(Rules|Scores)$")
        .And().DoNotHaveNameEndingWith("Grain")
        .And().DoNotHaveNameMatching("^(CurrentRuleBook|RuleBookOptions|.*Log|OrleansCodeGen|Codec_|Copier_|Activator_|Invokable_|Proxy_)")
        .As("the core");

    [Theory]
    [InlineData(@"^System\.Threading\.Tasks($|\.)")]
    [InlineData(@"^System\.Net($|\.)")]
    [InlineData(@"^Orleans\.(Runtime|Streams)($|\.)")]
    [InlineData(@"^Microsoft\.Extensions\.")]
    public void The_core_has_no_task_no_network_and_no_grain(string forbidden) =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(forbidden)).ShouldBeEmpty();

    [Fact]
    public void The_core_opens_no_file() =>
        Violations(Types().That().Are(Core).Should().NotDependOnAnyTypesThat()
            .HaveFullNameMatching(@"^System\.IO\.(File|Directory|FileStream)$")).ShouldBeEmpty();

    [Fact]
    public void The_core_asks_no_clock() =>
        Violations(Types().That().Are(Core).Should().NotDependOnAny(typeof(TimeProvider))).ShouldBeEmpty();

    private static IEnumerable<string> Violations(IArchRule rule) =>
        rule.Evaluate(Architecture).Where(result => !result.Passed).Select(result => result.Description);
}
