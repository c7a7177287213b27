using Scoring.Processes;

namespace Scoring.Faults.Databases;

/// <summary>
/// Cuts a silo off from PostgreSQL for some seconds. Its peers still reach it. Its connections then go on, or are closed.
/// </summary>
internal sealed class DatabaseCut : Fault
{
    public override string Name => "silo-without-database";

    public override ClusterFeatures Needs => ClusterFeatures.DatabaseRelay;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var silo = context.One(context.Cluster.Silos);
        var relays = context.Cluster.RelaysOf(silo);
        foreach (var relay in relays) relay.Cut();
        try
        {
            await context.Wait(1, 20, cancellationToken);
        }
        finally
        {
            var close = context.Draw.Next(2) == 0;
            foreach (var relay in relays) relay.Heal(close);
        }
        return silo.Name;
    }
}
