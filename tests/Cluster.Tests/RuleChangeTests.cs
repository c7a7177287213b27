using Scoring.City.Commands;
using Scoring.Testing;

namespace Scoring.Cluster;

/// <summary>Tests a change of rules on three silos, which read it at different times.</summary>
public sealed class RuleChangeTests
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_rule_set_comes_into_force_on_its_day_on_three_silos()
    {
        using var timeout = new CancellationTokenSource(TimeMax);
        await using var cluster = new PlatformCluster();
        try
        {
            await cluster.Prepare(timeout.Token);
            for (var silo = 0; silo < 3; silo++) cluster.StartSilo(("Programmes:RefreshSeconds", "1"));
            await cluster.UntilActive(3, timeout.Token);
            var address = await cluster.StartGateway(timeout.Token);
            using var session = new Session(cluster.Clients(address), [], "rule-change", 4);
            await new RuleChange(session).Run(timeout.Token);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(cluster.Tails);
            throw;
        }
    }
}
