using Scoring.City.Commands;
using Scoring.Testing;

namespace Scoring.Cluster;

/// <summary>A change of rules on three silos that come to know of it one after the other.</summary>
public sealed class RuleChangeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_rule_set_comes_into_force_on_its_day_on_three_silos_as_on_one()
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var cluster = new PlatformCluster();
        try
        {
            await cluster.Prepare(patience.Token);
            for (var silo = 0; silo < 3; silo++) cluster.StartSilo(("Programmes:RefreshSeconds", "1"));
            await cluster.UntilActive(3, patience.Token);
            var address = await cluster.StartGateway(patience.Token);
            using var session = new Session(cluster.Clients(address), [], "rule-change", 4);
            await new RuleChange(session).Run(patience.Token);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(cluster.Tails);
            throw;
        }
    }
}
