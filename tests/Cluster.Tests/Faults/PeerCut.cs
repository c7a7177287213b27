using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>Cuts a silo off from the other silos and the gateways for some seconds. It still reaches PostgreSQL.</summary>
internal sealed class PeerCut : Fault
{
    public override string Name => "silo-without-peers";

    public override ClusterFeatures Needs => ClusterFeatures.PeerNetwork;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var number = context.Draw.Next(context.Cluster.Silos.Count);
        await context.Cluster.Network!.Link(number + 1, up: false);
        try
        {
            await context.Wait(1, 15, cancellationToken);
        }
        finally
        {
            await context.Cluster.Network.Link(number + 1, up: true);
        }
        return context.Cluster.Silos[number].Name;
    }
}
