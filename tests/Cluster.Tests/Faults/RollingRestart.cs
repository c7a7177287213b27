namespace Scoring.Faults;

/// <summary>
/// Stops and starts every silo and every gateway, one after another, with this build. When the cluster began with an earlier build, the
/// first time is the upgrade to this one, and each later time goes to the other build: back, to this one again, and so on.
/// </summary>
internal sealed class RollingRestart : Fault
{
    public override string Name => "rolling-restart";

    public override int Weight => 1;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var cluster = context.Cluster;
        var isUpgrade = cluster.Members.Any(member => member.Build is not null);
        var isWayBack = cluster.EarlierBuild is not null && !isUpgrade;
        // Silos are upgraded first and go back last, because a newer gateway may call what an older silo does not have.
        foreach (var member in isWayBack ? cluster.Gateways.Concat(cluster.Silos) : cluster.Members)
        {
            member.Build = isWayBack ? cluster.EarlierBuild : null;
            await SiloStop.Stop(context, member, cancellationToken);
            await context.Wait(0, 1, cancellationToken);
        }
        return isUpgrade ? "all, from the earlier build to this one" : isWayBack ? "all, from this build back to the earlier one" : "all";
    }
}
