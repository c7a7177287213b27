using Scoring.Faults;
using Scoring.Soaks;

namespace Scoring.Cluster;

/// <summary>A short run of the fault suite. The long one is <c>./test soak</c>.</summary>
public sealed class FaultTests
{
    private const int Seed = 4711;
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(3);
    private static readonly string[] Kinds = ["connections-cut", "gateway-kill", "postgres-kill", "silo-kill", "two-activations"];

    [Fact]
    public async Task Under_load_and_faults_nothing_is_lost_doubled_wrong_or_stale()
    {
        using var timeout = new CancellationTokenSource(TimeMax);
        var options = new SoakOptions(Seed)
        {
            Faults = [.. Fault.All.Where(fault => Kinds.Contains(fault.Name))],
            Silos = 2,
            People = 20,
            EventsPerSecond = 300,
            QueriesPerSecond = 10,
            PauseSecondsMax = 0.5,
        };
        options.Faults.Count.ShouldBe(Kinds.Length);
        var output = TestContext.Current.TestOutputHelper!;
        var report = await new SoakRun(options, output.WriteLine).Run(timeout.Token);
        foreach (var line in report.Lines()) output.WriteLine(line);
        report.HasPassed.ShouldBeTrue(string.Join('\n', report.Lines()));
        report.Recoveries.Count.ShouldBe(Kinds.Length);
        report.Result.Acknowledged.ShouldBeGreaterThan(0);
        report.Result.Answers.ShouldBeGreaterThan(0);
    }
}
