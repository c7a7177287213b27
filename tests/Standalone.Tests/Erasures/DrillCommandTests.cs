using Scoring.City.Demos;
using Scoring.City.Drills;

namespace Scoring.Erasures;

/// <summary>A small run of <c>./run drill</c>.</summary>
public sealed class DrillCommandTests
{
    private const int People = 15;

    [Fact]
    public async Task After_a_restore_the_erased_stay_erased_and_every_checkpoint_from_before_verifies()
    {
        using var report = new StringWriter();
        var options = new DrillOptions(People, TimeSpan.FromSeconds(1), "drill-test");
        var code = await DrillCommand.Run(
            StandaloneChild.BuiltAssembly(), options, report, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        code.ShouldBe(0, report.ToString());
    }
}
